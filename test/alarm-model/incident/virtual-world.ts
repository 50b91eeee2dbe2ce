import type { Clock } from '../../../lambda/core/clock';

export interface VirtualWorld {
  readonly clock: Clock;
  /** Whatever is printed, to either stream. */
  print(text: string): void;
  readonly fetch: typeof fetch;
}

/** While it runs, who asks for the date, prints or fetches has to do with this world. */
export async function inVirtualWorld({ clock, print, fetch }: VirtualWorld, run: () => Promise<void>): Promise<void> {
  const before = { now: Date.now, fetch: globalThis.fetch, out: process.stdout.write, err: process.stderr.write };
  const write = (chunk: string | Uint8Array): boolean => {
    print(chunk.toString());
    return true;
  };
  Date.now = () => clock.now();
  globalThis.fetch = fetch;
  process.stdout.write = write;
  process.stderr.write = write;
  try {
    await run();
  } finally {
    Date.now = before.now;
    globalThis.fetch = before.fetch;
    process.stdout.write = before.out;
    process.stderr.write = before.err;
  }
}

/** The same numbers in every run, spread evenly enough for jitter. */
export function repeatableRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
