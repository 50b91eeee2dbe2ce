import type { RouterConfig } from '../lib/contract';
import { MODEL, OTHER_MODEL } from './answers';
import { compare, type Figure, type FigureTarget } from './figures/figure';
import { median, spread } from './figures/statistics';
import { Child, CORES } from './processes';
import { anthropicHost, closedPort, configOf, deadHost, routerEnv } from './setups';
import type { RunResult } from './workload';

/** By whom a request is answered: a host on Claude's wire, one on the other, each by its name, and the other behind a chain that is down. */
const WAYS = {
  direct: { model: MODEL, headers: { 'x-failover-only': 'anthropic' } },
  translated: { model: MODEL, headers: { 'x-failover-only': 'openai' } },
  lastResort: { model: 'claude-haiku-5-5', headers: {} },
} as const;
type Way = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as readonly Way[];
type Millis = Readonly<Record<Way, number>>;

const WARM_UP = 500;
/** So few in a row that the machine's mood is the same for every way. */
const IN_A_ROW = 25;
const TURNS = 8;
/** A process has one first answer. */
const PROCESSES = 5;

/** What a last resort adds to the first token, and what its translation does: nothing but the way through the router differs. */
export async function measureTranslated(rounds: number): Promise<Figure[]> {
  const upstream = new Child('upstream', CORES.others);
  const client = new Child('client', CORES.others);
  try {
    const [port] = await Promise.all([upstream.hears<number>(), client.hears<number>()]);
    const env = routerEnv(await configFor(port));
    const first: Millis[] = [];
    for (let count = 0; count < PROCESSES; count++) first.push(await firstAnswers(env, client));
    const later = await laterAnswers(env, client, rounds);
    return [
      figure('first token of a translated stream', later, 'translated', 'direct', { atMost: 0.3 }),
      figure('the same, the first answer of a process', first, 'translated', 'direct'),
      figure('the same, as a last resort of a chain that is down', later, 'lastResort', 'translated'),
    ];
  } finally {
    upstream.stop();
    client.stop();
  }
}

async function configFor(port: number): Promise<RouterConfig> {
  const hosts = [
    deadHost(await closedPort(), { consecutiveFailures: 1, openMs: 3_600_000 }),
    anthropicHost(port),
    { name: 'openai', kind: 'openai', endpoint: `http://127.0.0.1:${port}/v1`, keys: [{ env: 'BENCH_KEY' }] },
  ] as const;
  const lastResort = [{ host: 'openai', model: OTHER_MODEL }];
  return {
    ...configOf(hosts),
    models: [WAYS.direct.model, WAYS.lastResort.model],
    routes: [
      { models: [WAYS.direct.model], chain: ['anthropic'], lastResort },
      { chain: ['dead'], lastResort },
    ],
    steering: ['only', 'last-resort'],
  };
}

/** Of a process for each way: what is loaded for it, and for a request at all, is in its time. */
async function firstAnswers(env: Readonly<Record<string, string>>, client: Child): Promise<Millis> {
  return eachWay(NAMES, async (way) => {
    const router = new Child('router', CORES.measured, env);
    try {
      return await firstTokenMs(client, await router.hears<number>(), way, 1);
    } finally {
      router.stop();
    }
  });
}

async function laterAnswers(env: Readonly<Record<string, string>>, client: Child, rounds: number): Promise<Millis[]> {
  const router = new Child('router', CORES.measured, env);
  try {
    const port = await router.hears<number>();
    await eachWay(NAMES, (way) => firstTokenMs(client, port, way, WARM_UP));
    const seen: Millis[] = [];
    for (let round = 0; round < rounds * TURNS; round++) {
      const inTurn = NAMES.map((_, at) => NAMES[(at + round) % NAMES.length]!);
      seen.push(await eachWay(inTurn, (way) => firstTokenMs(client, port, way, IN_A_ROW)));
    }
    return seen;
  } finally {
    router.stop();
  }
}

async function eachWay(ways: readonly Way[], measure: (way: Way) => Promise<number>): Promise<Millis> {
  const millis: [Way, number][] = [];
  for (const way of ways) millis.push([way, await measure(way)]);
  return Object.fromEntries(millis) as Record<Way, number>;
}

async function firstTokenMs(client: Child, port: number, way: Way, count: number): Promise<number> {
  const run = { workload: 'first', stream: true, count, concurrency: 1, port, target: WAYS[way] } as const;
  return (await client.ask<RunResult>(run)).p50Ms;
}

function figure(what: string, seen: readonly Millis[], of: Way, over: Way, target?: FigureTarget): Figure {
  return {
    what,
    unit: 'ms',
    base: median(seen.map(({ [over]: ms }) => ms)),
    value: median(seen.map(({ [of]: ms }) => ms)),
    comparison: '+',
    measured: spread(seen.map((ms) => compare(ms[of], ms[over], '+'))),
    ...(target && { target }),
  };
}
