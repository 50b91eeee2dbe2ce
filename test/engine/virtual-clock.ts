import type { Clock, Timer } from '../../lambda/engine/time/clock';

/** Time that passes only when a test says so. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<{ at: number; fire: () => void }>();
  #now = 1_700_000_000_000;

  now(): number {
    return this.#now;
  }

  timer(ms: number, fire: () => void): Timer {
    const timer = { at: this.#now + ms, fire };
    this.#timers.add(timer);
    return {
      cancel: () => void this.#timers.delete(timer),
    };
  }

  /** Timers that have neither fired nor been cancelled. */
  get pending(): number {
    return this.#timers.size;
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.fire();
    }
    this.#now = end;
  }
}
