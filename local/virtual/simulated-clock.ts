import type { Clock, Timer } from '../../lambda/engine/time/clock';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
  cancelled: boolean;
}

/** Time that passes as fast as there is nothing to do in it. Everything waited for must be a timer of this clock. */
export class SimulatedClock implements Clock {
  /** A heap, the next one first. */
  readonly #waiting: Waiting[] = [];
  #now: number;
  #order = 0;
  #held = 0;

  constructor(start: number) {
    this.#now = start;
  }

  /** May be handed on without its clock, as the log writer does. */
  readonly now = (): number => this.#now;

  timer(ms: number, fire: () => void): Timer {
    // Whole milliseconds, as the date has them.
    const waiting = { at: Math.ceil(this.#now + Math.max(0, ms)), order: this.#order++, fire, cancelled: false };
    this.#push(waiting);
    return { cancel: () => void (waiting.cancelled = true) };
  }

  /** Rejects when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => () => {
        timer.cancel();
        signal.removeEventListener('abort', aborted);
        settle();
      };
      const aborted = end(() => reject(signal.reason));
      const timer = this.timer(ms, end(resolve));
      if (signal.aborted) return aborted();
      signal.addEventListener('abort', aborted);
    });
  }

  /** No time passes until what is returned is called: for exchanges that take none, and many turns of the event loop. */
  hold(): () => void {
    this.#held += 1;
    return () => void (this.#held -= 1);
  }

  /** Lets time pass; what a timer sets off is finished before the next one fires. */
  async runUntil(end: number): Promise<void> {
    await this.#settled();
    for (let next = this.#waiting[0]; next !== undefined && next.at <= end; next = this.#waiting[0]) {
      this.#pop();
      if (next.cancelled) continue;
      this.#now = next.at;
      next.fire();
      await this.#settled();
    }
    this.#now = end;
  }

  /** Promises are through that wait for nothing but each other, or for a file: AWS's SDK looks for its settings in some. */
  async #settled(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#held > 0 || process.getActiveResourcesInfo().some((resource) => FILE_WORK.test(resource)));
  }

  #push(waiting: Waiting): void {
    const heap = this.#waiting;
    let at = heap.length;
    for (let above = (at - 1) >> 1; at > 0 && isBefore(waiting, heap[above]!); above = (at - 1) >> 1) {
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = waiting;
  }

  #pop(): void {
    const heap = this.#waiting;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++;
      if (!isBefore(heap[below]!, last)) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
  }
}

const isBefore = (one: Waiting, other: Waiting): boolean =>
  one.at !== other.at ? one.at < other.at : one.order < other.order;

const FILE_WORK = /^(FSReq|CloseReq)/;
