import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure, FigureTarget } from './figures/figure';
import { Child, CORES } from './processes';
import { anthropicHost, configOf, routerEnv } from './setups';
import { spread } from './figures/statistics';
import type { RunResult, ProcessUsage } from './workload';

const SAMPLE_MS = 50;
const WARM_UP = { workload: 'burst', stream: true, count: 300, concurrency: 4 } as const;
const SLOW = { workload: 'slow', stream: true, count: 1, concurrency: 1 } as const;

/** What a gateway holds of a long answer whose reader is slower than its host. */
export async function measureMemory(): Promise<Figure[]> {
  const upstream = new Child('upstream', CORES.others);
  const port = await upstream.hears<number>();
  try {
    const base = await growths(new Child('pass-through', CORES.measured, { UPSTREAM_PORT: String(port) }));
    const value = await growths(new Child('router', CORES.measured, routerEnv(configOf([anthropicHost(port)]))));
    return [
      figure('memory grown by a slowly read 200 MB stream', base.second, value.second, { atMost: 30 }),
      figure('the same, by the first one of a process', base.first, value.first),
    ];
  } finally {
    upstream.stop();
  }
}

function figure(what: string, base: number, value: number, target?: FigureTarget): Figure {
  return { what, unit: 'MB', base, value, comparison: '=', measured: spread([value]), ...(target && { target }) };
}

/** The first long answer makes room for buffers that V8 has not collected yet; from then on that room is used again. */
async function growths(gateway: Child): Promise<{ readonly first: number; readonly second: number }> {
  const client = new Child('client', CORES.others);
  try {
    const [port] = await Promise.all([gateway.hears<number>(), client.hears<number>()]);
    await client.ask<RunResult>({ ...WARM_UP, port });
    return { first: await growth(gateway, client, port), second: await growth(gateway, client, port) };
  } finally {
    client.stop();
    gateway.stop();
  }
}

async function growth(gateway: Child, client: Child, port: number): Promise<number> {
  const rss = async (): Promise<number> => (await gateway.ask<ProcessUsage>({})).rssBytes / 1e6;
  const before = await rss();
  let peak = before;
  let isReading = true;
  const reading = client.ask<RunResult>({ ...SLOW, port }).finally(() => (isReading = false));
  while (isReading) {
    peak = Math.max(peak, await rss());
    await Promise.race([reading, sleep(SAMPLE_MS)]);
  }
  await reading;
  return peak - before;
}
