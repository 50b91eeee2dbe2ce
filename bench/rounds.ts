import { Child, CORES } from './processes';
import { anthropicHost, closedPort, configOf, deadHost, routerEnv } from './setups';
import type { BenchRun, RunResult, ProcessUsage } from './workload';

/** A way from the client to the upstream. `direct again` shows what two measurements of the same thing differ by. */
export type WayName =
  | 'direct'
  | 'direct again'
  | 'pass-through'
  | 'router'
  | 'router, JSON upstream'
  | 'router, logs and metrics off'
  | 'router, breaker open';

export interface WaySample extends RunResult {
  /** CPU the gateway used for one request. */
  readonly cpuMicros: number;
}

interface Experiment {
  readonly run: Omit<BenchRun, 'port'>;
  readonly ways: readonly WayName[];
}

const GATEWAYS: readonly WayName[] = ['direct', 'pass-through', 'router'];

const EXPERIMENTS = {
  unary: {
    run: { workload: 'short', stream: false, count: 1500, concurrency: 1 },
    ways: [...GATEWAYS, 'direct again', 'router, JSON upstream', 'router, breaker open'],
  },
  load: {
    run: { workload: 'short', stream: false, count: 8000, concurrency: 32 },
    ways: [...GATEWAYS, 'router, JSON upstream', 'router, logs and metrics off'],
  },
  /** What a streamed answer costs even a gateway that does nothing: the router's unary requests have to read one. */
  streamedLoad: { run: { workload: 'short', stream: true, count: 8000, concurrency: 32 }, ways: GATEWAYS },
  firstEvent: { run: { workload: 'first', stream: true, count: 200, concurrency: 1 }, ways: GATEWAYS },
  paced: { run: { workload: 'paced', stream: true, count: 4, concurrency: 1 }, ways: GATEWAYS },
  burst: {
    run: { workload: 'burst', stream: true, count: 600, concurrency: 8 },
    ways: [...GATEWAYS, 'router, logs and metrics off'],
  },
  bulk: { run: { workload: 'bulk', stream: true, count: 10, concurrency: 1 }, ways: GATEWAYS },
} as const satisfies Readonly<Record<string, Experiment>>;

export type ExperimentName = keyof typeof EXPERIMENTS;
/** Everything measured within one round. */
export type Round = Readonly<Record<ExperimentName, ReadonlyMap<WayName, WaySample>>>;

/** The first round warms up and is thrown away; in each one the ways take turns, every time in another order. */
export async function runRounds(count: number, onRound: (round: number) => void): Promise<Round[]> {
  const upstream = new Child('upstream', CORES.others);
  const client = new Child('client', CORES.others);
  const [upstreamPort] = await Promise.all([upstream.hears<number>(), client.hears<number>()]);
  const gateways = await startGateways(upstreamPort);
  try {
    const rounds: Round[] = [];
    for (let number = 0; number <= count; number++) {
      onRound(number);
      const round = await runRound(client, upstreamPort, gateways, number);
      if (number > 0) rounds.push(round);
    }
    return rounds;
  } finally {
    for (const child of [upstream, client, ...[...gateways.values()].map(({ child }) => child)]) child.stop();
  }
}

interface Gateway {
  readonly child: Child;
  readonly port: number;
}

async function startGateways(upstreamPort: number): Promise<ReadonlyMap<WayName, Gateway>> {
  const host = anthropicHost(upstreamPort);
  const brokenFirst = [deadHost(await closedPort(), { openMs: 3_600_000 }), host];
  const children: ReadonlyMap<WayName, Child> = new Map([
    ['pass-through', new Child('pass-through', CORES.measured, { UPSTREAM_PORT: String(upstreamPort) })],
    ['router', routerOf(configOf([host]))],
    ['router, JSON upstream', routerOf(configOf([host], { route: { unaryAsStream: false } }))],
    ['router, logs and metrics off', routerOf(configOf([host], { telemetry: false }))],
    ['router, breaker open', routerOf(configOf(brokenFirst))],
  ]);
  const gateways = new Map<WayName, Gateway>();
  for (const [way, child] of children) gateways.set(way, { child, port: await child.hears<number>() });
  return gateways;
}

function routerOf(config: Parameters<typeof routerEnv>[0]): Child {
  return new Child('router', CORES.measured, routerEnv(config));
}

async function runRound(
  client: Child,
  upstreamPort: number,
  gateways: ReadonlyMap<WayName, Gateway>,
  number: number,
): Promise<Round> {
  const measure = async ({ run, ways }: Experiment): Promise<ReadonlyMap<WayName, WaySample>> => {
    const samples = new Map<WayName, WaySample>();
    for (const [at] of ways.entries()) {
      const way = ways[(at + number) % ways.length]!;
      samples.set(way, await perform(client, run, upstreamPort, gateways.get(way)));
    }
    return samples;
  };
  const { unary, load, streamedLoad, firstEvent, paced, burst, bulk } = EXPERIMENTS;
  return {
    unary: await measure(unary),
    load: await measure(load),
    streamedLoad: await measure(streamedLoad),
    firstEvent: await measure(firstEvent),
    paced: await measure(paced),
    burst: await measure(burst),
    bulk: await measure(bulk),
  };
}

async function perform(
  client: Child,
  run: Omit<BenchRun, 'port'>,
  upstreamPort: number,
  gateway: Gateway | undefined,
): Promise<WaySample> {
  if (!gateway) return { ...(await client.ask<RunResult>({ ...run, port: upstreamPort })), cpuMicros: 0 };
  const before = await gateway.child.ask<ProcessUsage>({});
  const result = await client.ask<RunResult>({ ...run, port: gateway.port });
  const after = await gateway.child.ask<ProcessUsage>({});
  return { ...result, cpuMicros: (after.cpuMicros - before.cpuMicros) / run.count };
}
