import type { Child } from '../processes';
import type { BenchRun, RunResult } from '../workload';
import { BULK_BYTES } from '../workload';
import type { PeerChain } from './gateways/peer';
import { usageOf } from './usage';
import type { Way } from './ways';

/** Through which chain a run goes: its only host sound, or the first of two dead. */
export type ChainName = 'sound' | 'broken';

interface Experiment {
  readonly run: Omit<BenchRun, 'port' | 'target'>;
  readonly chain: ChainName;
}

const EXPERIMENTS = {
  unary: { chain: 'sound', run: { workload: 'short', stream: false, count: 500, concurrency: 1, maxMs: 2000 } },
  load: { chain: 'sound', run: { workload: 'short', stream: false, count: 8000, concurrency: 32, maxMs: 2500 } },
  first: { chain: 'sound', run: { workload: 'first', stream: true, count: 100, concurrency: 1, maxMs: 2000 } },
  paced: { chain: 'sound', run: { workload: 'paced', stream: true, count: 4, concurrency: 1 } },
  steady: { chain: 'sound', run: { workload: 'steady', stream: true, count: 64, concurrency: 64 } },
  burst: { chain: 'sound', run: { workload: 'burst', stream: true, count: 1000, concurrency: 4, maxMs: 2000 } },
  bulk: { chain: 'sound', run: { workload: 'bulk', stream: true, count: 5, concurrency: 1, maxMs: 2000 } },
  open: { chain: 'broken', run: { workload: 'short', stream: false, count: 200, concurrency: 1, maxMs: 2000 } },
} as const satisfies Readonly<Record<string, Experiment>>;
type Name = keyof typeof EXPERIMENTS;

interface Sample extends RunResult {
  readonly cpuMicros: number;
  readonly rssBytes: number;
}
/** One round of one way; what failed is not there. */
export type Samples = Partial<Readonly<Record<Name, Sample>>>;
export type PeerRound = ReadonlyMap<string, Samples>;

/** Every experiment in turn, and in each one every way, every time in another order. */
export async function runPeerRound(
  client: () => Child,
  ways: readonly Way[],
  chains: Readonly<Record<ChainName, PeerChain>>,
  number: number,
): Promise<PeerRound> {
  const round = new Map<string, Record<string, Sample>>(ways.map(({ name }) => [name, {}]));
  for (const [name, { chain, run }] of Object.entries(EXPERIMENTS)) {
    for (const [at] of ways.entries()) {
      const way = ways[(at + number) % ways.length]!;
      const sample = await perform(client(), way, chains[chain], run);
      if (sample) round.get(way.name)![name] = sample;
    }
  }
  return round;
}

async function perform(client: Child, way: Way, chain: PeerChain, run: Experiment['run']): Promise<Sample | undefined> {
  const target = way.target(chain);
  if (!target) return undefined;
  const { port, pathname } = new URL(target.url);
  const { headers, model } = target;
  const path = pathname.replace(/\/$/, '');
  const before = way.pid === undefined ? 0 : usageOf(way.pid).cpuMicros;
  const started = performance.now();
  try {
    const result = await client.ask<RunResult>({
      ...run,
      port: Number(port),
      target: { path, headers, model: model || chain.model },
    });
    const after = way.pid === undefined ? { cpuMicros: 0, rssBytes: 0 } : usageOf(way.pid);
    const requests = Math.max(1, Math.round((result.perSecond * (performance.now() - started)) / 1000));
    return { ...result, cpuMicros: (after.cpuMicros - before) / requests, rssBytes: after.rssBytes };
  } catch {
    // Told in the table as a cell without a figure: an answer that is not whole counts as none.
    return undefined;
  }
}

export const bulkSpeed = ({ perSecond }: Sample): number => (perSecond * BULK_BYTES) / 1e6;
