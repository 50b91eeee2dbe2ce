const BUCKETS = 10;

/** Requests and failures of the last `windowMs`, in a ring of buckets: constant time, nothing allocated per request. */
export class ErrorWindow {
  readonly #requests = new Uint32Array(BUCKETS);
  readonly #failures = new Uint32Array(BUCKETS);
  readonly #bucketMs: number;
  #tick = 0;
  #totalRequests = 0;
  #totalFailures = 0;

  constructor(windowMs: number) {
    this.#bucketMs = windowMs / BUCKETS;
  }

  record(failed: boolean, now: number): void {
    this.#advance(Math.floor(now / this.#bucketMs));
    const bucket = this.#tick % BUCKETS;
    this.#requests[bucket]!++;
    this.#totalRequests++;
    if (failed) {
      this.#failures[bucket]!++;
      this.#totalFailures++;
    }
  }

  get failures(): number {
    return this.#totalFailures;
  }

  /** Share of failures, or 0 while there are fewer than `minRequests`. */
  rate(minRequests: number): number {
    return this.#totalRequests < Math.max(1, minRequests) ? 0 : this.#totalFailures / this.#totalRequests;
  }

  clear(): void {
    this.#requests.fill(0);
    this.#failures.fill(0);
    this.#totalRequests = 0;
    this.#totalFailures = 0;
  }

  /** A clock that was set back stays in the current bucket. */
  #advance(tick: number): void {
    if (tick <= this.#tick) return;
    if (tick - this.#tick >= BUCKETS) this.clear();
    else {
      for (let passed = this.#tick + 1; passed <= tick; passed++) {
        const bucket = passed % BUCKETS;
        this.#totalRequests -= this.#requests[bucket]!;
        this.#totalFailures -= this.#failures[bucket]!;
        this.#requests[bucket] = 0;
        this.#failures[bucket] = 0;
      }
    }
    this.#tick = tick;
  }
}
