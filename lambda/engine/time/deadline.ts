import type { Clock } from './clock';

/** One point in time that covers everything a request does. */
export class Deadline {
  /** Milliseconds since the epoch. */
  readonly at: number;

  constructor(
    private readonly clock: Clock,
    ms: number,
  ) {
    this.at = clock.now() + ms;
  }

  remaining(): number {
    return Math.max(0, this.at - this.clock.now());
  }
}

/** Waits, or ends early when the signal is aborted: the caller looks at the signal. Leaves no listener and no timer behind. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const until = clock.now() + ms;
    const end = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    // Timers may fire a millisecond early, and what was waited for would not be there yet.
    const fire = (): void => {
      const left = until - clock.now();
      if (left > 0) timer = clock.timer(left, fire);
      else end();
    };
    let timer = clock.timer(ms, fire);
    signal.addEventListener('abort', end, { once: true });
  });
}
