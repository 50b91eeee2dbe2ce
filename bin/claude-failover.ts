#!/usr/bin/env node
import { Command } from 'commander';
import { configJsonSchema } from '../lambda/gateway/config/config-json-schema';
import { auditCommand } from './cli/audit/audit-command';
import { compareCommand } from './cli/compare-command';
import { consoleCommand } from './cli/console-command';
import { demoCommand } from './cli/demo-command';
import { doctorCommand } from './cli/doctor-command';
import { drainCommand, undrainCommand } from './cli/overrides/drain-commands';
import { drillCommand } from './cli/drill-command';
import { serveCommand } from './cli/serve-command';
import { spendCommand } from './cli/spend/spend-command';
import { weightsCommand } from './cli/overrides/weights-command';

const program = new Command('claude-failover').description('A Claude endpoint that survives the death of its primary.');

program.addCommand(demoCommand());
program.addCommand(serveCommand());
program
  .command('schema')
  .description('print the JSON Schema of the router configuration')
  .action(() => console.log(JSON.stringify(configJsonSchema(), null, 2)));
program.addCommand(consoleCommand());
program.addCommand(doctorCommand());
program.addCommand(drillCommand());
program.addCommand(compareCommand());
program.addCommand(drainCommand());
program.addCommand(undrainCommand());
program.addCommand(weightsCommand());
program.addCommand(auditCommand());
program.addCommand(spendCommand());

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? `claude-failover: ${error.message}` : error);
  process.exitCode = 1;
}
