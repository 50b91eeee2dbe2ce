import { Command } from 'commander';
import { doctorChecks } from '../doctor/doctor-checks';
import { runDoctor, worst } from '../doctor/run-doctor';
import { diagnosisTable } from '../doctor/diagnosis-table';
import { findStack, type StackOptions } from './find-stack';
import { regionOption, stackOption } from './stack-option';

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description(
      'look at a deployed gateway, read-only but for --page: what would not work in an outage, and what to do about it',
    )
    .option(
      '--page',
      'send a test page by one of the alarms, and see whether CloudWatch could: it pages whoever is on call',
    )
    .option('--json', 'the findings as JSON, for machines')
    .addOption(stackOption())
    .addOption(regionOption())
    .addHelpText('after', '\nEnds with code 0 when all is well, 1 with a problem; a warning alone is 0.')
    .action(doctor);

interface DoctorOptions extends StackOptions {
  readonly json?: boolean;
  readonly page?: boolean;
}

async function doctor({ json = false, page = false, ...options }: DoctorOptions): Promise<void> {
  const found = await findStack(options);
  const findings = await runDoctor(await doctorChecks(found, page), (name, done) => {
    if (json || !process.stderr.isTTY) return;
    process.stderr.write(done === undefined ? `  ...   ${name}` : `\r\u001b[K`);
  });
  if (json) console.log(JSON.stringify({ stack: options.stack, status: worst(findings), findings }, null, 2));
  else console.log(diagnosisTable(findings, process.stdout.hasColors?.() ?? false));
  if (worst(findings) === 'problem') process.exitCode = 1;
}
