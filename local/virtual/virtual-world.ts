import http, { type Agent } from 'node:http';
import type { Clock } from '../../lambda/engine/time/clock';

export interface VirtualWorld {
  readonly clock: Clock;
  /** Whatever is printed, to either stream. */
  print(text: string): void;
  readonly fetch: typeof fetch;
  /** Of all requests that bring none of their own. */
  readonly agent: Agent;
}

/** While it runs, who asks for the date, prints, fetches or speaks HTTP has to do with this world. */
export async function inVirtualWorld(
  { clock, print, fetch, agent }: VirtualWorld,
  run: () => Promise<void>,
): Promise<void> {
  const { stdout, stderr } = process;
  const before = {
    now: Date.now,
    fetch: globalThis.fetch,
    agent: http.globalAgent,
    out: stdout.write,
    err: stderr.write,
  };
  const write = (chunk: string | Uint8Array): boolean => {
    print(chunk.toString());
    return true;
  };
  Date.now = () => clock.now();
  globalThis.fetch = fetch;
  http.globalAgent = agent;
  stdout.write = write;
  stderr.write = write;
  try {
    await run();
  } finally {
    Date.now = before.now;
    globalThis.fetch = before.fetch;
    http.globalAgent = before.agent;
    stdout.write = before.out;
    stderr.write = before.err;
  }
}

/** The same numbers in every run, spread evenly enough for jitter. */
export function repeatableRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
