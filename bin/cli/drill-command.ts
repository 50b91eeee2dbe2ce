import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../lambda/runtime/system-clock';
import { ask } from '../../local/client/ask';
import { reportHtml, reportJson, reportText } from '../drill/report';
import { runDrill, type DrillPlan } from '../drill/run-drill';
import { callByName, type Called } from './call-by-name';
import { duration } from './duration';
import { openGateway, type GatewayAccess } from './gateway-access';
import { openOverrideStore } from './override-store';
import { findStack, regionOption, stackOption, type StackOptions } from './stack-option';

interface DrillOptions extends StackOptions {
  readonly host: string;
  readonly for: number;
  readonly calm: number;
  readonly return: number;
  readonly rate: number;
  readonly model?: string;
  readonly out?: string;
}

/** Enough to see who answers, and soon. */
const MAX_TOKENS = 16;
/** Routers read the health table every 5 s: so long they may still skip a host that was drained or drilled a moment ago. */
const SETTLE_MS = 7000;
const ASK_AGAIN_MS = 500;

export const drillCommand = (): Command =>
  new Command('drill')
    .description(
      'break a host on purpose and see what clients feel: steady traffic, an outage, a report with a picture',
    )
    .requiredOption('--host <name>', 'the host to break')
    .option('--for <time>', 'how long it is broken', duration, duration('5m'))
    .option('--calm <time>', 'steady traffic before that', duration, duration('30s'))
    .option('--return <time>', 'longest wait for its full return', duration, duration('3m'))
    .option('--rate <number>', 'requests a second', rate, 1)
    .option('--model <id>', 'model to ask', undefined)
    .option('--out <folder>', 'where the report goes')
    .addOption(stackOption())
    .addOption(regionOption())
    .action(drill);

async function drill(options: DrillOptions): Promise<void> {
  const { stack } = await findStack(options);
  const gateway = await openGateway(stack);
  const model = await readyToBreak(gateway, options);
  const overrides = openOverrideStore(stack);
  const plan: DrillPlan = {
    host: options.host,
    model,
    calmMs: options.calm,
    brokenMs: options.for,
    returnMs: options.return,
    everyMs: 1000 / options.rate,
  };
  const started = Date.now();
  const stop = new AbortController();
  process.once('SIGINT', () => {
    console.error('stopping; the host is being restored ...');
    stop.abort();
  });
  const record = await runDrill(
    plan,
    {
      clock: systemClock,
      // Each is a conversation of its own, so that a ramp takes its share of them.
      ask: (count) =>
        ask(gateway.client, {
          model,
          text: `Drill ${started}, conversation ${count}: answer with one word.`,
          stream: true,
          commit: 'first-content',
          maxTokens: MAX_TOKENS,
        }),
      breakHost: (until) => overrides.set({ host: options.host, action: 'drill', until }),
      healHost: () => overrides.clear(options.host),
      tell: (line) => console.error(`${new Date().toISOString().slice(11, 19)}  ${line}`),
    },
    stop.signal,
  );
  const folder =
    options.out ?? `drill-${options.host}-${new Date(started).toISOString().slice(0, 16).replace(/\D/g, '')}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.html'), reportHtml(record));
  await writeFile(join(folder, 'report.json'), reportJson(record));
  console.log(`${reportText(record)}\n\n  ${join(folder, 'report.html')}`);
  if (record.samples.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

/** The model of the drill. Refused where clients would feel it, or where there is nothing to see. */
async function readyToBreak(gateway: GatewayAccess, { host, model }: DrillOptions): Promise<string> {
  const { hosts, models } = gateway;
  if (!hosts.includes(host)) throw new Error(`there is no host ${host}; the hosts are ${hosts.join(', ')}`);
  if (model !== undefined && !models.includes(model)) {
    throw new Error(`${model} is not served by this gateway; it serves ${models.join(', ')}`);
  }
  const called = await Promise.all(
    hosts.map((name) => (name === host ? settled(gateway, host) : callByName(gateway, name))),
  );
  const own = called.find((each) => each.host === host);
  if (own?.problem !== undefined)
    throw new Error(`${host} is broken already, so there is nothing to see: ${own.problem.detail}`);
  const others = called.filter((each) => each.host !== host);
  if (!others.some(({ problem }) => problem === undefined)) {
    const why =
      others.map(({ host: name, problem }) => `\n  ${name}: ${problem?.detail}`).join('') || ' it is the only host';
    throw new Error(`no fallback of ${host} is healthy, so clients would feel the drill:${why}`);
  }
  return model ?? own?.model ?? models[0]!;
}

async function settled(gateway: GatewayAccess, host: string): Promise<Called> {
  const giveUp = Date.now() + SETTLE_MS;
  for (;;) {
    const called = await callByName(gateway, host);
    if (called.problem === undefined || Date.now() > giveUp) return called;
    await sleep(ASK_AGAIN_MS);
  }
}

function rate(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 50) return value;
  throw new InvalidArgumentError(`'${text}' is not a rate; use requests a second, above 0 and up to 50`);
}
