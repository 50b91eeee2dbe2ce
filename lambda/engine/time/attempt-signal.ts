import type { Clock, Timer } from './clock';
import type { Deadline } from './deadline';

export type TimerName = 'headers' | 'first-content' | 'idle' | 'deadline';

/** What an attempt is aborted with when one of its timers ends. */
export class TimeoutReason extends Error {
  override readonly name = 'TimeoutReason';
  constructor(readonly timer: TimerName) {
    super(`the ${timer} timer ended`);
  }
}

/** Costs nothing to raise: no stack, no DOMException. */
const OVER = 'the attempt is over';

/**
 * The signal of one attempt: the request's own, the deadline and whichever timer its phase has.
 * One real timer serves all of them. It is moved only when the new time is earlier; when it fires too early, it is set again.
 */
export class AttemptSignal {
  readonly #controller = new AbortController();
  readonly #startedAt: number;
  #timer: Timer | undefined;
  #firesAt = Infinity;
  #phase: TimerName = 'deadline';
  #since = 0;
  #limitMs = Infinity;
  #timedOut: TimerName | undefined;
  #isFinished = false;
  #contentMs: number | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly parent: AbortSignal,
    private readonly deadline: Deadline,
  ) {
    this.#startedAt = clock.now();
    if (parent.aborted) this.#controller.abort(parent.reason);
    else parent.addEventListener('abort', this.#onParentAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Which timer aborted the attempt. */
  get timedOut(): TimerName | undefined {
    return this.#timedOut;
  }

  /** How long the first content took; undefined before it, and where an answer comes in one piece. */
  get contentMs(): number | undefined {
    return this.#contentMs;
  }

  armHeaders(ms: number): void {
    this.#enter('headers', this.#startedAt, ms);
  }

  /** `ms` counts from the attempt's start. */
  headersArrived(firstContentMs: number): void {
    this.#enter('first-content', this.#startedAt, firstContentMs);
  }

  contentArrived(idleMs: number): void {
    const now = this.clock.now();
    this.#contentMs ??= now - this.#startedAt;
    this.#enter('idle', now, idleMs);
  }

  /** Bytes came. Called for every chunk: only notes the time. */
  progress(): void {
    if (this.#phase === 'idle') this.#since = this.clock.now();
  }

  /** The host is not asked for more now: its silence does not count until the next `progress`. */
  rest(): void {
    if (this.#phase === 'idle') this.#since = Infinity;
  }

  #abort(reason: unknown): void {
    this.finish();
    this.#controller.abort(reason);
  }

  /** The answer is here to its last byte: nothing is left that could be given up. */
  finish(): void {
    this.#isFinished = true;
    this.#timer?.cancel();
    this.parent.removeEventListener('abort', this.#onParentAbort);
  }

  /** Ends the attempt: whatever of it is still open is given up. */
  dispose(): void {
    if (!this.#isFinished) this.#abort(OVER);
  }

  readonly #onParentAbort = (): void => this.#abort(this.parent.reason);

  readonly #onTimer = (): void => {
    const now = this.clock.now();
    if (now < this.#due()) this.#schedule(now);
    else {
      this.#timedOut = this.deadline.at <= now ? 'deadline' : this.#phase;
      this.#abort(new TimeoutReason(this.#timedOut));
    }
  };

  #enter(phase: TimerName, since: number, limitMs: number): void {
    if (this.signal.aborted) return;
    this.#phase = phase;
    this.#since = since;
    this.#limitMs = limitMs;
    if (this.#due() < this.#firesAt) this.#schedule(this.clock.now());
  }

  #due(): number {
    return Math.min(this.#since + this.#limitMs, this.deadline.at);
  }

  /** While resting nothing is due; but a `progress` must find the timer no later than its own time would be. */
  #schedule(now: number): void {
    this.#timer?.cancel();
    this.#firesAt = Math.min(this.#due(), now + this.#limitMs);
    this.#timer = this.clock.timer(Math.max(0, this.#firesAt - now), this.#onTimer);
  }
}
