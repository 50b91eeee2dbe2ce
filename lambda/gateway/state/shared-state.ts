import type { HealthEntry, RouterEntry } from '../../../lib/contract';
import type { Clock } from '../../engine/time/clock';
import type { Health } from '../../engine/health/health';
import type { Overrides } from '../../engine/health/overrides';
import { errorText } from '../../runtime/error-text';
import type { HealthStore } from './health-store';

interface Parts {
  readonly health: Health;
  readonly overrides: Overrides;
  readonly clock: Clock;
  /** Told at most once a minute. */
  alone(problem: string): void;
}

const REFRESH_MS = 5000;
/** How long an answer that is complete may be kept from ending. */
const SETTLE_MS = 1000;
const TELL_AGAIN_MS = 60_000;

/** The tie between this environment's knowledge and the table. Nothing waits for it; without the table, only sharing ends. */
export class SharedState {
  readonly #writes = new Set<Promise<unknown>>();
  #store: Promise<HealthStore> | undefined;
  #isReading = false;
  #askedAt = -Infinity;
  #toldAt = -Infinity;
  #misses = 0;
  #entries: readonly RouterEntry[] = [];
  #readAt: number | undefined;

  constructor(
    private readonly open: () => Promise<HealthStore>,
    private readonly parts: Parts,
  ) {}

  /** What was read last, and when; for `GET /health`. */
  get lastRead(): { readonly at: number | undefined; readonly entries: readonly RouterEntry[] } {
    return { at: this.#readAt, entries: this.#entries };
  }

  /** With every request, because between them Lambda stands still. Starts a read when the last one is old. */
  refresh(): void {
    const now = this.parts.clock.now();
    if (this.#isReading || now - this.#askedAt < REFRESH_MS) return;
    this.#askedAt = now;
    this.#isReading = true;
    void this.#read();
  }

  /** Begins to write. */
  tell(entry: HealthEntry): void {
    const write = this.#use((store) => store.write(entry)).catch((error: unknown) => this.#failed(error));
    this.#writes.add(write);
    void write.then(() => this.#writes.delete(write));
  }

  /** Until all is written, or a second has passed. Undefined when there is nothing to wait for. */
  settle(): Promise<void> | undefined {
    if (this.#writes.size === 0) return undefined;
    return new Promise((resolve) => {
      const timer = this.parts.clock.timer(SETTLE_MS, resolve);
      void Promise.all(this.#writes).then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  async #read(): Promise<void> {
    const { health, overrides, clock } = this.parts;
    try {
      const entries = await this.#use((store) => store.read());
      this.#entries = entries;
      this.#readAt = clock.now();
      this.#misses = 0;
      health.learn(entries, this.#readAt);
      overrides.replace(entries);
    } catch (error) {
      this.#misses += 1;
      // A read that was frozen midway fails when it thaws, and says nothing about the table.
      if (this.#misses > 1) this.#failed(error);
    } finally {
      this.#isReading = false;
    }
  }

  #use<T>(work: (store: HealthStore) => Promise<T>): Promise<T> {
    this.#store ??= this.open();
    return this.#store.then(work);
  }

  #failed(error: unknown): void {
    const now = this.parts.clock.now();
    if (now - this.#toldAt < TELL_AGAIN_MS) return;
    this.#toldAt = now;
    this.parts.alone(errorText(error));
  }
}
