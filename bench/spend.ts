import { ENV, type RouterConfig } from '../lib/contract';
import { compare, type Figure } from './figures/figure';
import { median, spread } from './figures/statistics';
import { Child, CORES } from './processes';
import { TABLE } from './roles/table';
import { anthropicHost, configOf, routerEnv } from './setups';
import type { RunResult } from './workload';

/** The same requests with limits that are far away, and without any. */
const WAYS = ['plain', 'limited'] as const;
type Way = (typeof WAYS)[number];
type Millis = Readonly<Record<Way, number>>;

const LIMITS: RouterConfig['spend'] = { daily: 1e6, monthly: 1e7, perTeam: { monthly: 1e6 }, perUser: { daily: 1e6 } };
const WARM_UP = 500;
const IN_A_ROW = 50;
const TURNS = 12;

/** What spend limits add to an answer, with a table that takes 5 ms for each write. */
export async function measureSpend(rounds: number): Promise<Figure[]> {
  const upstream = new Child('upstream', CORES.others);
  const client = new Child('client', CORES.others);
  const table = new Child('table', CORES.others);
  const routers: Child[] = [];
  try {
    const [port, tablePort] = await Promise.all([
      upstream.hears<number>(),
      table.hears<number>(),
      client.hears<number>(),
    ]);
    const ports = {} as Record<Way, number>;
    for (const way of WAYS) {
      const config = configOf([anthropicHost(port)]);
      const env = routerEnv(way === 'limited' ? { ...config, spend: LIMITS } : config);
      const shared = { [ENV.HEALTH_TABLE]: TABLE, AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${tablePort}` };
      const router = new Child('router', CORES.measured, { ...env, ...shared });
      routers.push(router);
      ports[way] = await router.hears<number>();
    }
    const ask = async (way: Way, count: number): Promise<number> => {
      const run = { workload: 'short', stream: false, count, concurrency: 1, port: ports[way] } as const;
      return (await client.ask<RunResult>(run)).p50Ms;
    };
    for (const way of WAYS) await ask(way, WARM_UP);
    const seen: Millis[] = [];
    for (let turn = 0; turn < rounds * TURNS; turn += 1) {
      const order = turn % 2 === 0 ? WAYS : WAYS.toReversed();
      const millis = {} as Record<Way, number>;
      for (const way of order) millis[way] = await ask(way, IN_A_ROW);
      seen.push(millis);
    }
    return [
      {
        what: 'unary p50 with spend limits',
        unit: 'ms',
        base: median(seen.map(({ plain }) => plain)),
        value: median(seen.map(({ limited }) => limited)),
        comparison: '+',
        measured: spread(seen.map(({ plain, limited }) => compare(limited, plain, '+'))),
        target: { atMost: 0.3 },
      },
    ];
  } finally {
    for (const child of [upstream, client, table, ...routers]) child.stop();
  }
}
