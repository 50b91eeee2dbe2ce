/** A token bucket: full at first, filled without pause, and never over its size. */
export class Bucket {
  #level: number;
  #filledAt = 0;

  constructor(
    private readonly size: number,
    private readonly perTick: number,
  ) {
    this.#level = size;
  }

  has(amount: number, tick: number): boolean {
    this.#level = Math.min(this.size, this.#level + (tick - this.#filledAt) * this.perTick);
    this.#filledAt = tick;
    return this.#level >= amount;
  }

  /** May leave it in debt; a negative amount gives back. */
  take(amount: number): void {
    this.#level -= amount;
  }
}
