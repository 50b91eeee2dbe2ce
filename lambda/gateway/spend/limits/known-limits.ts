import type { Clock } from '../../../engine/time/clock';
import { errorText } from '../../../runtime/error-text';
import type { LimitStore } from './limit-store';
import type { Limits } from './limits';

/** What operators set is known to every process within so long. */
const REFRESH_MS = 5000;
/** What was read longer ago, because Lambda stood still, is read again first. */
const STALE_MS = 15_000;
/** While the table does not answer, it is not asked with every request. */
const AGAIN_MS = 1000;

/** The limits of the configuration, with those that operators have set. */
export class KnownLimits {
  #readAt = -Infinity;
  #askedAt = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(
    readonly limits: Limits,
    /** Undefined where there is no table, so that no operator can set any. */
    private readonly store: LimitStore | undefined,
    private readonly clock: Clock,
    private readonly alone: (problem: string) => void,
  ) {}

  /** At once, where they are known well enough. Where the table cannot be used, by what is known. */
  whenKnown<T>(use: (limits: Limits) => T): T | Promise<T> {
    const now = this.clock.now();
    if (this.store === undefined) return use(this.limits);
    const isDue = now - this.#readAt >= REFRESH_MS && now - this.#askedAt >= AGAIN_MS;
    if (isDue) this.#reading ??= this.#read(this.store);
    if (now - this.#readAt < STALE_MS || this.#reading === undefined) return use(this.limits);
    return this.#reading.then(() => use(this.limits));
  }

  /** As they are now. Rejects where the table cannot be used. */
  async look(): Promise<Limits> {
    if (this.store) this.#learned(await this.store.list());
    return this.limits;
  }

  async #read(store: LimitStore): Promise<void> {
    this.#askedAt = this.clock.now();
    try {
      this.#learned(await store.list());
    } catch (error) {
      this.alone(`spend limits: ${errorText(error)}`);
    } finally {
      this.#reading = undefined;
    }
  }

  #learned(stored: Parameters<Limits['learn']>[0]): void {
    this.limits.learn(stored);
    this.#readAt = this.clock.now();
  }
}
