import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type Comparison, type Figure, type FigureTarget } from './figures/figure';
import { Child, CORES } from './processes';
import { anthropicHost, configOf, routerEnv } from './setups';
import { spread } from './figures/statistics';
import type { ProcessUsage, BenchRun, RunResult } from './workload';

const SAMPLE_MS = 50;
const WARM_UP = { workload: 'burst', stream: true, count: 300, concurrency: 4 } as const;
const SLOW = { workload: 'slow', stream: true, count: 1, concurrency: 1 } as const;
const CROWD = { workload: 'crowd', stream: true, count: 64, concurrency: 64 } as const;

/** What a gateway holds of long answers whose readers are slower than their host: of one, and of many at a time. */
export async function measureMemory(): Promise<Figure[]> {
  const upstream = new Child('upstream', CORES.others);
  const port = await upstream.hears<number>();
  try {
    const passThrough = () => new Child('pass-through', CORES.measured, { UPSTREAM_PORT: String(port) });
    const router = () => new Child('router', CORES.measured, routerEnv(configOf([anthropicHost(port)])));
    const one = { base: await growths(passThrough(), SLOW), router: await growths(router(), SLOW) };
    const many = { base: await growths(passThrough(), CROWD), router: await growths(router(), CROWD) };
    return [
      figure('memory grown by a slowly read 200 MB stream', one.base.second, one.router.second, '=', { atMost: 30 }),
      figure('the same, by the first one of a process', one.base.first, one.router.first, '='),
      figure('memory grown by 64 slow streams of 20 MB', many.base.first, many.router.first, '+', { atMost: 30 }),
      figure('the same, once more', many.base.second, many.router.second, '+', { atMost: 30 }),
    ];
  } finally {
    upstream.stop();
  }
}

function figure(what: string, base: number, value: number, comparison: Comparison, target?: FigureTarget): Figure {
  const measured = spread([compare(value, base, comparison)]);
  return { what, unit: 'MB', base, value, comparison, measured, ...(target && { target }) };
}

interface Growths {
  readonly first: number;
  readonly second: number;
}

/** The first long answer makes room for buffers that V8 has not collected yet; from then on that room is used again. */
async function growths(gateway: Child, reading: Omit<BenchRun, 'port'>): Promise<Growths> {
  const client = new Child('client', CORES.others);
  try {
    const [port] = await Promise.all([gateway.hears<number>(), client.hears<number>()]);
    await client.ask<RunResult>({ ...WARM_UP, port });
    const run = { ...reading, port };
    return { first: await growth(gateway, client, run), second: await growth(gateway, client, run) };
  } finally {
    client.stop();
    gateway.stop();
  }
}

/** By how many megabytes a gateway grows at the most while a client reads. */
export async function growth(gateway: Child, client: Child, run: BenchRun): Promise<number> {
  const rss = async (): Promise<number> => (await gateway.ask<ProcessUsage>({})).rssBytes / 1e6;
  const before = await rss();
  let peak = before;
  let isReading = true;
  const reading = client.ask<RunResult>(run).finally(() => (isReading = false));
  while (isReading) {
    peak = Math.max(peak, await rss());
    await Promise.race([reading, sleep(SAMPLE_MS)]);
  }
  await reading;
  return peak - before;
}
