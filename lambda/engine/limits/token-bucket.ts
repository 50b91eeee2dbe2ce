/** Lets through so many a second on average, and so many at once. */
export class TokenBucket {
  #tokens: number;
  #rate: number;
  #burst: number;
  #at: number;

  /** `rate`: a second, above 0. `burst`: at least 1. */
  constructor(
    private readonly whole: { readonly rate: number; readonly burst: number },
    now: number,
  ) {
    this.#rate = whole.rate;
    this.#burst = whole.burst;
    this.#tokens = whole.burst;
    this.#at = now;
  }

  /** How many may come at once here. */
  get burst(): number {
    return this.#burst;
  }

  /** Where several buckets share one rate: what falls to this one, at least a thousandth. */
  allow(rate: number, now: number): void {
    this.#fill(now);
    const part = Math.min(1, Math.max(rate / this.whole.rate, LEAST_PART));
    this.#rate = this.whole.rate * part;
    this.#burst = Math.max(1, this.whole.burst * part);
    this.#tokens = Math.min(this.#tokens, this.#burst);
  }

  /** Takes one: 0, or in how many milliseconds there will be one. */
  take(now: number): number {
    this.#fill(now);
    if (this.#tokens < 1) return ((1 - this.#tokens) / this.#rate) * 1000;
    this.#tokens -= 1;
    return 0;
  }

  left(now: number): number {
    this.#fill(now);
    return Math.floor(this.#tokens);
  }

  /** When nothing is missing, if nothing more is taken. */
  fullAt(now: number): number {
    this.#fill(now);
    return now + ((this.#burst - this.#tokens) / this.#rate) * 1000;
  }

  #fill(now: number): void {
    // A clock that is set back takes nothing away, and gives nothing twice.
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + seconds * this.#rate);
  }
}

const LEAST_PART = 0.001;
