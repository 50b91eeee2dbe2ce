/** The keys of one host, by id. Stays on one key while it works and moves on only when that key is in trouble. */
export class KeyPool {
  readonly #cooldowns = new Map<string, number>();
  #current = 0;

  constructor(private readonly keys: readonly string[]) {}

  get size(): number {
    return this.keys.length;
  }

  /** The key for the next attempt, or undefined when all are cooling or were tried by this request. */
  pick(now: number, tried: ReadonlySet<string>): string | undefined {
    for (let step = 0; step < this.keys.length; step++) {
      const key = this.keys[(this.#current + step) % this.keys.length]!;
      if (!tried.has(key) && now >= this.#coolUntil(key)) return key;
    }
    return undefined;
  }

  /** Sets a key aside; a running cooldown is never shortened. */
  cool(key: string, until: number): void {
    this.#cooldowns.set(key, Math.max(until, this.#coolUntil(key)));
    if (this.keys[this.#current] === key) this.#current = (this.#current + 1) % this.keys.length;
  }

  /** When a key is usable again: `now` if one is; undefined without keys. */
  nextAvailable(now: number): number | undefined {
    if (this.keys.length === 0) return undefined;
    return Math.max(now, Math.min(...this.keys.map((key) => this.#coolUntil(key))));
  }

  #coolUntil(key: string): number {
    return this.#cooldowns.get(key) ?? 0;
  }
}
