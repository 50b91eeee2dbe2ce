/** A running timer. `refresh` starts its full time anew. */
export interface Timer {
  refresh(): void;
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
