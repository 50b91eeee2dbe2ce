/** What came in a while that is over: to one process, to all, and to how many. */
export interface Arrivals {
  readonly own: number;
  readonly all: number;
  readonly processes: number;
}

/**
 * How much of a common rate falls to one process, all in requests a second. What came to it, and of what is left over as much as to
 * anybody else; where more came than the rate allows, by what came. What all processes get adds up to the rate.
 */
export function fairPart(rate: number, { own, all, processes }: Arrivals): number {
  // Who was not there yet has no part, and has to begin somewhere.
  if (own === 0) return rate / (processes + 1);
  if (all >= rate) return (rate * own) / all;
  return own + (rate - all) / Math.max(processes, 1);
}
