import type { Clock } from '../../engine/time/clock';

/** How long a request would still rather wait; none once its client is gone. */
export class Patience {
  constructor(
    private readonly clock: Clock,
    private readonly until: number,
    readonly signal: AbortSignal,
  ) {}

  covers(ms: number): boolean {
    return !this.signal.aborted && ms <= this.until - this.clock.now();
  }
}
