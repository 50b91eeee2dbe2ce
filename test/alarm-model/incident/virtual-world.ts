import type { Clock } from '../../../lambda/core/clock';

/** While it runs, who asks for the date gets the clock's, and who fetches is answered. Resolves with the lines that were printed. */
export async function inVirtualWorld(clock: Clock, answer: typeof fetch, run: () => Promise<void>): Promise<string[]> {
  const { now } = Date;
  const { fetch } = globalThis;
  const { write } = process.stdout;
  const printed: string[] = [];
  Date.now = () => clock.now();
  globalThis.fetch = answer;
  process.stdout.write = (chunk: string | Uint8Array): boolean => printed.push(chunk.toString()) > 0;
  try {
    await run();
  } finally {
    Date.now = now;
    globalThis.fetch = fetch;
    process.stdout.write = write;
  }
  return printed.join('').split('\n');
}

/** The same numbers in every run, spread evenly enough for jitter. */
export function repeatableRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
