/** A running timer. */
export interface Timer {
  cancel(): void;
}

/** Time as an argument: the real one in the shells, a virtual one in tests. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  timer(ms: number, fire: () => void): Timer;
}

/** A number in [0, 1). */
export type Random = () => number;
