import { request } from 'node:http';
import { startSimulatedHost, type Fault, type SimulatedHost } from '../../local/hosts';
import { spread } from '../figures/statistics';
import type { Column } from './metrics';
import type { PeerChain, PeerTarget } from './gateways/peer';
import type { Way } from './ways';

/** What a first host may do that shows at once. How long a gateway waits for one that says nothing is configuration. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'HTTP 529, overloaded': { kind: 'overloaded' },
  'HTTP 429, retry-after: 30': { kind: 'rate-limited', retryAfter: 30 },
  'HTTP 429 without retry-after': { kind: 'rate-limited', retryAfter: 0 },
  'HTTP 500': { kind: 'server-error' },
  'HTTP 503': { kind: 'unavailable' },
  'HTTP 401': { kind: 'expired-credential' },
  'HTTP 400, credit too low': { kind: 'billing' },
  'connection reset': { kind: 'reset' },
  'connection refused': { kind: 'refused' },
  'error in the stream': { kind: 'error-in-stream' },
};
const SAMPLES = 5;
/** A gateway that waits out a retry-after of 30 s is waited for, but once is enough. */
const GIVE_UP_MS = 40_000;
const SAMPLING_MS = 6000;
const FIRST_CONTENT = 'content_block_delta';
const BODY = { max_tokens: 1024, stream: true, messages: [{ role: 'user', content: 'sim:events=20' }] };

export interface FailoverHosts {
  /** One for each sample, so that none knows what happened to another; the last one is sound. */
  readonly chains: readonly PeerChain[];
  readonly first: SimulatedHost;
  close(): Promise<void>;
}

export async function startFailoverHosts(): Promise<FailoverHosts> {
  const [first, second] = await Promise.all(
    ['first', 'second'].map((name) => startSimulatedHost({ kind: 'anthropic', name, deltaDelayMs: 0 })),
  );
  const hosts = [first!, second!].map(({ url }) => ({ kind: 'anthropic' as const, url }));
  return {
    first: first!,
    chains: Array.from({ length: Object.keys(FAULTS).length * SAMPLES + 1 }, (_, at) => ({
      model: `claude-bench-${at}`,
      hosts,
    })),
    async close() {
      await Promise.all([first!.close(), second!.close()]);
    },
  };
}

/** From the request to the fallback's first content, over a request whose first host is sound. */
export async function failoverTimes(
  { chains, first }: FailoverHosts,
  ways: readonly Way[],
  onFault: (fault: string) => void,
): Promise<readonly Column[]> {
  const able = ways.filter(({ target }) => target(chains[0]!) !== undefined);
  await first.setFault();
  const sound = new Map<string, number>();
  for (const way of able) sound.set(way.name, await middle(() => firstContent(way.target(chains.at(-1)!)!)));
  const columns: Column[] = [];
  for (const [at, [what, fault]] of Object.entries(FAULTS).entries()) {
    onFault(what);
    await first.setFault(fault);
    const values: Record<string, ReturnType<typeof spread>> = {};
    for (const way of able) {
      const samples = await sample(way, chains.slice(at * SAMPLES, (at + 1) * SAMPLES));
      // Rescued every time, or not at all.
      const times = samples.filter((ms) => ms !== undefined).map((ms) => ms - sound.get(way.name)!);
      if (times.length === samples.length) values[way.name] = spread(times);
    }
    columns.push({ what, unit: 'ms', better: 'less', values });
  }
  await first.setFault();
  return columns;
}

async function sample(way: Way, chains: readonly PeerChain[]): Promise<readonly (number | undefined)[]> {
  const samples: (number | undefined)[] = [];
  const end = performance.now() + SAMPLING_MS;
  for (const chain of chains) {
    samples.push(await firstContent(way.target(chain)!));
    if (performance.now() > end) break;
  }
  return samples;
}

async function middle(measure: () => Promise<number | undefined>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < SAMPLES * 2; count += 1) times.push((await measure()) ?? NaN);
  return spread(times.slice(SAMPLES)).median;
}

/** Undefined where no content comes. */
function firstContent({ url, headers, model, body }: PeerTarget): Promise<number | undefined> {
  return new Promise((resolve) => {
    const started = performance.now();
    const own = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
    const outgoing = request(`${url}/v1/messages`, { method: 'POST', headers: { ...own, ...headers } }, (answer) => {
      let text = '';
      let firstMs: number | undefined;
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes(FIRST_CONTENT)) firstMs ??= performance.now() - started;
      });
      answer.on('close', () => resolve(firstMs));
    });
    outgoing.setTimeout(GIVE_UP_MS, () => outgoing.destroy());
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(JSON.stringify({ ...BODY, ...body, model }));
  });
}
