import type { Clock } from '../../engine/time/clock';

/** How long a request would still rather wait; none once its client is gone. */
export class Patience {
  constructor(
    private readonly clock: Clock,
    private readonly until: number,
    readonly signal: AbortSignal,
  ) {}

  get leftMs(): number {
    return Math.max(0, this.until - this.clock.now());
  }

  covers(ms: number): boolean {
    return !this.signal.aborted && ms <= this.leftMs;
  }
}
