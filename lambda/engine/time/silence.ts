import type { Clock, Timer } from './clock';

export const SILENT = Symbol('silent');

/** Notices that what is waited for takes long. One timer serves all waits: it is looked at only when it fires. */
export class Silence {
  #timer: Timer | undefined;
  #since = 0;
  #notice: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly afterMs: number,
  ) {}

  /** The value, or `SILENT` when it is not there in time. The same value may then be waited for again. */
  until<T>(value: Promise<T>): Promise<T | typeof SILENT> {
    this.#since = this.clock.now();
    this.#timer ??= this.clock.timer(this.afterMs, this.#onTimer);
    return new Promise((resolve, reject) => {
      this.#notice = () => resolve(SILENT);
      value.then(resolve, reject);
    });
  }

  end(): void {
    this.#timer?.cancel();
    this.#notice = undefined;
  }

  readonly #onTimer = (): void => {
    const left = this.#since + this.afterMs - this.clock.now();
    this.#timer = undefined;
    if (left > 0) this.#timer = this.clock.timer(left, this.#onTimer);
    else this.#notice?.();
  };
}
