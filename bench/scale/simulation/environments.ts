/** How Lambda grows; ticks are the simulation's unit of time. */
export interface Growth {
  /** Environments at a time. */
  readonly most: number;
  /** New environments a tick, and how many may come at once. */
  readonly perTick: number;
  readonly burst: number;
  /** After which an idle environment is gone. */
  readonly idleTicks: number;
}

export const UNLIMITED: Pick<Growth, 'most' | 'perTick' | 'burst'> = {
  most: Number.MAX_SAFE_INTEGER,
  perTick: Number.MAX_SAFE_INTEGER,
  burst: Number.MAX_SAFE_INTEGER,
};

/** What a new environment remembers. */
export const NEVER = -Infinity;

/** Lambda's environments: one request at a time in each, and the one that was used last is used next. */
export class Environments {
  busy = 0;
  readonly #growth: Growth;
  #allowance: number;
  #allowedAt = 0;
  /** Idle ones, longest idle first: since when, and what each remembers. */
  readonly #idleSince: number[] = [];
  readonly #memories: number[] = [];

  constructor(growth: Growth) {
    this.#growth = growth;
    this.#allowance = growth.burst;
  }

  /** What the environment remembers, NEVER if it is new; `refused` where Lambda would throttle. */
  take(tick: number): number | 'refused' {
    const { idleTicks, most, perTick, burst } = this.#growth;
    const since = this.#idleSince.pop();
    const memory = this.#memories.pop();
    if (since !== undefined && tick - since <= idleTicks) {
      this.busy += 1;
      return memory!;
    }
    // The youngest is too old, and so are all the others.
    this.#idleSince.length = 0;
    this.#memories.length = 0;
    this.#allowance = Math.min(burst, this.#allowance + (tick - this.#allowedAt) * perTick);
    this.#allowedAt = tick;
    if (this.busy >= most || this.#allowance < 1) return 'refused';
    this.#allowance -= 1;
    this.busy += 1;
    return NEVER;
  }

  free(tick: number, memory: number): void {
    this.busy -= 1;
    this.#idleSince.push(tick);
    this.#memories.push(memory);
  }
}
