import type { ClientQuota } from '../../../lib/contract';
import { spanOf, type Span } from './period';
import { WINDOW_MS, type SharedCounts } from './shared-counts';

/** A client's requests in a day, week or month, over all processes as far as the table says. */
export class Quota {
  #span: Span;
  /** What the table knows, and what it has not been told yet. */
  #known = 0;
  #untold = 0;
  #toldAt = -Infinity;
  #isTelling = false;

  constructor(
    private readonly client: string,
    private readonly quota: ClientQuota,
    private readonly counts: SharedCounts | undefined,
    now: number,
  ) {
    this.#span = spanOf(quota.period, now);
  }

  get limit(): number {
    return this.quota.limit;
  }

  left(now: number): number {
    this.#turn(now);
    return Math.max(0, this.quota.limit - this.#known - this.#untold);
  }

  endsAt(now: number): number {
    this.#turn(now);
    return this.#span.endsAt;
  }

  take(now: number): void {
    this.#turn(now);
    this.#untold += 1;
  }

  #turn(now: number): void {
    const span = spanOf(this.quota.period, now);
    if (span.name !== this.#span.name) {
      this.#span = span;
      this.#known = this.#untold = 0;
      this.#toldAt = -Infinity;
    }
    if (this.counts && !this.#isTelling && now - this.#toldAt >= WINDOW_MS) void this.#tell(this.counts, span, now);
  }

  async #tell(counts: SharedCounts, span: Span, now: number): Promise<void> {
    this.#isTelling = true;
    this.#toldAt = now;
    const told = this.#untold;
    const used = await counts.used(this.client, `${this.quota.period}#${span.name}`, told, span.endsAt);
    this.#isTelling = false;
    if (used === undefined || span.name !== this.#span.name) return;
    this.#known = used;
    this.#untold -= told;
  }
}
