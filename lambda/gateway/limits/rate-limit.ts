import { fairPart } from '../../engine/limits/fair-part';
import { TokenBucket } from '../../engine/limits/token-bucket';
import { WINDOW_MS, type SharedCounts } from './shared-counts';

/** After so long without word of the others a process takes itself for the only one. */
const FORGET_MS = 60_000;

/** A client's requests a second: exact in this process, and by what the table says of the others. */
export class RateLimit {
  readonly bucket: TokenBucket;
  readonly #came = new Map<number, number>();
  #window = -1;
  #learnedAt: number;

  constructor(
    private readonly client: string,
    private readonly rate: number,
    burst: number,
    private readonly counts: SharedCounts | undefined,
    now: number,
  ) {
    this.bucket = new TokenBucket({ rate, burst }, now);
    this.#learnedAt = now;
  }

  /** 0, or in how many milliseconds there is room. What is refused is counted too: the others are to leave room for it. */
  take(now: number): number {
    const window = Math.floor(now / WINDOW_MS);
    if (this.counts && window !== this.#window) {
      this.#window = window;
      void this.#learn(this.counts, window, now);
      for (const old of this.#came.keys()) if (old < window - 2) this.#came.delete(old);
    }
    this.#came.set(window, (this.#came.get(window) ?? 0) + 1);
    return this.bucket.take(now);
  }

  async #learn(counts: SharedCounts, window: number, now: number): Promise<void> {
    const own = { last: this.#came.get(window - 1) ?? 0, before: this.#came.get(window - 2) ?? 0 };
    const arrivals = await counts.arrivals(this.client, window - 1, own);
    if (arrivals !== undefined) {
      this.#learnedAt = now;
      this.bucket.allow(fairPart(this.rate, arrivals), now);
    } else if (now - this.#learnedAt > FORGET_MS) {
      this.bucket.allow(this.rate, now);
    }
  }
}
