import { Command } from 'commander';
import { limitCommands } from './limit-commands';
import { reportCommand } from './report/report-command';

/** What tokens cost, and what they may. */
export function spendCommand(): Command {
  const command = new Command('spend').description('what may be spent, and what has been');
  for (const each of [...limitCommands(), reportCommand()]) command.addCommand(each);
  return command;
}
