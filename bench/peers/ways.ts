import { Child, CORES } from '../processes';
import { PEERS } from './index';
import { OWN } from './gateways/own';
import type { Peer, PeerChain, PeerTarget } from './gateways/peer';

/** A way from the client to the hosts. */
export interface Way {
  readonly name: string;
  readonly setUp: string;
  /** Why it cannot be measured here. */
  readonly missing?: string;
  /** From the start of its process to its first sign of life. */
  readonly startMs?: number;
  readonly pid?: number;
  /** How its process ended, where nobody stopped it. */
  readonly ended?: (() => string | undefined) | undefined;
  /** Undefined for chains it has no notion of. */
  target(chain: PeerChain): PeerTarget | undefined;
  stop(): Promise<void>;
}

export const DIRECT = 'no gateway';
export const PASS_THROUGH = 'pass-through';
const KEY = { 'x-api-key': 'bench' };

export async function startWays(upstreamPort: number, chains: readonly PeerChain[]): Promise<readonly Way[]> {
  const ways: Way[] = [direct(), await passThrough(upstreamPort)];
  for (const peer of [...OWN, ...PEERS]) ways.push(await wayOf(peer, chains));
  return ways;
}

function direct(): Way {
  return {
    name: DIRECT,
    setUp: 'the client speaks to the host',
    target: ({ hosts }) => (hosts.length === 1 ? { url: hosts[0]!.url, headers: KEY, model: '' } : undefined),
    stop: () => Promise.resolve(),
  };
}

async function passThrough(upstreamPort: number): Promise<Way> {
  const started = performance.now();
  const child = new Child('pass-through', CORES.measured, { UPSTREAM_PORT: String(upstreamPort) });
  const port = await child.hears<number>();
  return {
    name: PASS_THROUGH,
    setUp: 'a node:http server piped to a keep-alive agent',
    startMs: performance.now() - started,
    pid: child.pid,
    target: ({ hosts }) =>
      hosts.length === 1 ? { url: `http://127.0.0.1:${port}`, headers: KEY, model: '' } : undefined,
    stop: () => Promise.resolve(child.stop()),
  };
}

async function wayOf(peer: Peer, chains: readonly PeerChain[]): Promise<Way> {
  const base = { name: `${peer.name} ${peer.version}`.trim(), setUp: peer.setUp };
  try {
    const folder = await peer.install();
    const started = performance.now();
    const running = await peer.start(folder, chains, CORES.measured);
    return {
      ...base,
      startMs: performance.now() - started,
      pid: running.pid,
      ended: running.ended,
      target(chain) {
        const target = running.target(chain);
        return typeof target === 'string' ? undefined : target;
      },
      stop: () => running.stop(),
    };
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    return { ...base, missing, target: () => undefined, stop: () => Promise.resolve() };
  }
}
