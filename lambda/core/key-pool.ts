import type { Reason } from './failure';

export interface KeyState {
  readonly key: string;
  /** The one requests go to now. */
  readonly current: boolean;
  /** Why it is set aside, and until when; undefined while it is usable. */
  readonly reason: Reason | undefined;
  readonly until: number | undefined;
}

/** The keys of one host, by id. Stays on one key while it works and moves on only when that key is in trouble. */
export class KeyPool {
  readonly #cooldowns = new Map<string, { readonly until: number; readonly reason: Reason }>();
  #current = 0;

  constructor(private readonly keys: readonly string[]) {}

  /** The key for the next attempt, or undefined when all are cooling or were tried by this request. */
  pick(now: number, tried: ReadonlySet<string>): string | undefined {
    for (let step = 0; step < this.keys.length; step++) {
      const key = this.keys[(this.#current + step) % this.keys.length]!;
      if (!tried.has(key) && !this.#cooling(key, now)) return key;
    }
    return undefined;
  }

  /** Sets a key aside; a running cooldown is never shortened. */
  cool(key: string, until: number, reason: Reason): void {
    const running = this.#cooldowns.get(key);
    if (running === undefined || until > running.until) this.#cooldowns.set(key, { until, reason });
    if (this.keys[this.#current] === key) this.#current = (this.#current + 1) % this.keys.length;
  }

  /** When a key is usable again: `now` if one is; undefined without keys. */
  nextAvailable(now: number): number | undefined {
    if (this.keys.length === 0) return undefined;
    return Math.min(...this.keys.map((key) => (this.#cooling(key, now) ? this.#cooldowns.get(key)!.until : now)));
  }

  snapshot(now: number): KeyState[] {
    const current = this.pick(now, new Set());
    return this.keys.map((key) => {
      const cooldown = this.#cooling(key, now) ? this.#cooldowns.get(key) : undefined;
      return { key, current: key === current, reason: cooldown?.reason, until: cooldown?.until };
    });
  }

  #cooling(key: string, now: number): boolean {
    const cooldown = this.#cooldowns.get(key);
    return cooldown !== undefined && now < cooldown.until;
  }
}
