import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 100;

/** Looks until it is so; fails with the last that was seen. */
export async function until<Seen>(
  look: () => Promise<Seen>,
  isSo: (seen: Seen) => boolean,
  what: string,
  timeoutMs = 20_000,
): Promise<Seen> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}; seen last: ${JSON.stringify(seen)}`);
    await sleep(EVERY_MS);
  }
}

export function equal(seen: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`wanted ${b}, saw ${a}`);
}

export function holds(text: string, ...words: readonly string[]): void {
  const missing = words.filter((word) => !text.includes(word));
  if (missing.length > 0) throw new Error(`"${text}" is without ${missing.map((word) => `"${word}"`).join(', ')}`);
}
