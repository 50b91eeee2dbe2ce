import { compare, type Comparison, type Figure, type FigureTarget } from './figures/figure';
import { spread } from './figures/statistics';
import { growth } from './memory';
import { Child, CORES } from './processes';
import { anthropicHost, configOf, routerEnv } from './setups';
import type { BenchRun, ProcessUsage, RunResult } from './workload';

const WARM_UP = { workload: 'burst', stream: true, count: 300, concurrency: 4 } as const;
/** Agents that think: nearly all of the time nothing comes. */
const IDLE = { workload: 'idle', stream: true, count: 1000, concurrency: 1000 } as const;
/** 50 events a second each, for three seconds. */
const LIVELY = { workload: 'steady', stream: true, count: 1500, concurrency: 500 } as const;
/** What a model writes in ten seconds, as many at a time as an environment of a Web Function takes. */
const LONG = { workload: 'long', stream: true, count: 128, concurrency: 64 } as const;

interface Many {
  readonly idleKb: number;
  readonly longMs: number;
  readonly lively: RunResult;
}

/** What a process is like that serves as many streams at a time as `serve`, a Web Function or a container do. */
export async function measureMany(): Promise<Figure[]> {
  const upstream = new Child('upstream', CORES.others);
  const port = await upstream.hears<number>();
  try {
    const base = await measure(new Child('pass-through', CORES.measured, { UPSTREAM_PORT: String(port) }));
    const router = await measure(new Child('router', CORES.measured, routerEnv(configOf([anthropicHost(port)]))));
    return [
      figure('memory of an idle stream, of 1,000', 'KB', base.idleKb, router.idleKb, '+', { atMost: 60 }),
      figure('CPU of a stream of 300 events in ten seconds, 64 at a time', 'ms', base.longMs, router.longMs, '='),
      figure('way of an event, p99, 500 streams of 50 a second', 'ms', base.lively.p99Ms, router.lively.p99Ms, 'x', {
        atMost: 2,
      }),
      figure('the same, the latest event', 'ms', base.lively.latestMs, router.lively.latestMs, 'x'),
    ];
  } finally {
    upstream.stop();
  }
}

async function measure(gateway: Child): Promise<Many> {
  const client = new Child('client', CORES.others);
  try {
    const [port] = await Promise.all([gateway.hears<number>(), client.hears<number>()]);
    const ask = (run: Omit<BenchRun, 'port'>) => client.ask<RunResult>({ ...run, port });
    await ask(WARM_UP);
    const idleMb = await growth(gateway, client, { ...IDLE, port });
    const longMs = await cpuOf(gateway, () => ask(LONG));
    await ask({ ...LIVELY, count: LIVELY.concurrency });
    return { idleKb: (idleMb * 1000) / IDLE.count, longMs: longMs / LONG.count, lively: await ask(LIVELY) };
  } finally {
    client.stop();
    gateway.stop();
  }
}

/** Milliseconds of the gateway's CPU. */
async function cpuOf(gateway: Child, run: () => Promise<unknown>): Promise<number> {
  const micros = async (): Promise<number> => (await gateway.ask<ProcessUsage>({})).cpuMicros;
  const before = await micros();
  await run();
  return ((await micros()) - before) / 1000;
}

function figure(
  what: string,
  unit: string,
  base: number,
  value: number,
  comparison: Comparison,
  target?: FigureTarget,
): Figure {
  const measured = spread([compare(value, base, comparison)]);
  return { what, unit, base, value, comparison, measured, ...(target && { target }) };
}
