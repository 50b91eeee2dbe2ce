import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../lambda/runtime/system-clock';
import { reportHtml, reportJson, reportText } from '../drill/report';
import { runDrill, type DrillPlan } from '../drill/run-drill';
import { duration } from './duration';
import { hostDrill } from './host-drill';
import { regionDrill } from './region-drill';
import { findStack, type StackOptions } from './find-stack';
import { regionOption, stackOption } from './stack-option';

interface DrillOptions extends StackOptions {
  readonly host?: string;
  readonly for: number;
  readonly calm: number;
  readonly return: number;
  readonly rate: number;
  readonly model?: string;
  readonly out?: string;
}

/** Enough to see who answers, and soon. */
const MAX_TOKENS = 16;
export const drillCommand = (): Command =>
  new Command('drill')
    .description(
      'break a host, or take a whole region out, and see what clients feel: steady traffic, an outage, a report with a picture',
    )
    .option('--host <name>', "the host to break; without it, --region's whole region is taken out")
    .option('--for <time>', 'how long it is broken', duration, duration('5m'))
    .option('--calm <time>', 'steady traffic before that', duration, duration('30s'))
    .option('--return <time>', 'longest wait for its full return', duration, duration('3m'))
    .option('--rate <number>', 'requests a second', rate, 1)
    .option('--model <id>', 'model to ask', undefined)
    .option('--out <folder>', 'where the report goes')
    .addOption(stackOption())
    .addOption(regionOption())
    .action(drill);

async function drill(options: DrillOptions, command: Command): Promise<void> {
  // One that stands in the environment was not meant to be taken out.
  if (options.host === undefined && command.getOptionValueSource('region') !== 'cli') {
    throw new Error('give --host <name>, the host to break, or --region <region>, the region to take out');
  }
  const { stack } = await findStack(options);
  const broken =
    options.host === undefined
      ? await regionDrill(stack, options.model)
      : await hostDrill(stack, options.host, options.model);
  const subject = options.host ?? stack.region;
  const { model } = broken;
  const plan: DrillPlan = {
    host: subject,
    model,
    calmMs: options.calm,
    brokenMs: options.for,
    returnMs: options.return,
    everyMs: 1000 / options.rate,
  };
  const started = Date.now();
  const stop = new AbortController();
  process.once('SIGINT', () => {
    console.error('stopping; what is broken is being restored ...');
    stop.abort();
  });
  const record = await runDrill(
    plan,
    {
      clock: systemClock,
      // Each is a conversation of its own, so that a ramp takes its share of them.
      ask: (count) =>
        broken.ask({ text: `Drill ${started}, conversation ${count}: answer with one word.`, maxTokens: MAX_TOKENS }),
      breakHost: (until) => broken.breakHost(until),
      healHost: () => broken.healHost(),
      tell: (line) => console.error(`${new Date().toISOString().slice(11, 19)}  ${line}`),
    },
    stop.signal,
  );
  const folder = options.out ?? `drill-${subject}-${new Date(started).toISOString().slice(0, 16).replace(/\D/g, '')}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.html'), reportHtml(record));
  await writeFile(join(folder, 'report.json'), reportJson(record));
  console.log(`${reportText(record)}\n\n  ${join(folder, 'report.html')}`);
  if (record.samples.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

function rate(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 50) return value;
  throw new InvalidArgumentError(`'${text}' is not a rate; use requests a second, above 0 and up to 50`);
}
