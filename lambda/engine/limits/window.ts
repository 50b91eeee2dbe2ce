/** What a refusal leaves of the requests that were under way. */
const LESS = 0.7;
/** So long after the last refusal nothing is held back any more. */
const FORGET_MS = 30_000;

/** How many requests may be under way at a time: fewer after each that no host took for its quota, one more for each round that went well. */
export class Window {
  #size: number;
  #failedAt = -Infinity;

  /** `most`: what there may be at the most. */
  constructor(private readonly most: number) {
    this.#size = most;
  }

  hasRoom(underWay: number, now: number): boolean {
    if (this.#size < this.most && now - this.#failedAt > FORGET_MS) this.#size = this.most;
    return underWay < Math.floor(this.#size);
  }

  failed(underWay: number, now: number): void {
    this.#size = Math.max(1, Math.min(this.#size, underWay) * LESS);
    this.#failedAt = now;
  }

  succeeded(): void {
    if (this.#size < this.most) this.#size = Math.min(this.most, this.#size + 1 / this.#size);
  }
}
