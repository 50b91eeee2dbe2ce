import type { Random } from './clock';

/** A wait drawn evenly below `maxMs`: clients that failed together do not come back together. */
export function fullJitter(maxMs: number, random: Random): number {
  return random() * maxMs;
}
