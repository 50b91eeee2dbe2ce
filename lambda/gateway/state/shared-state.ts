import {
  type BreakerConfig,
  type FigureEntry,
  type HealthEntry,
  REGION_HOST,
  type RouterEntry,
} from '../../../lib/contract';
import type { Clock } from '../../engine/time/clock';
import type { Health } from '../../engine/health/health';
import type { Overrides } from '../../engine/health/overrides';
import { errorText } from '../../runtime/error-text';
import { outOfBounds } from './health-bounds';
import type { Orders } from '../order/create-orders';
import type { HealthStore } from './health-store';

interface Parts {
  readonly health: Health;
  readonly overrides: Overrides;
  /** Undefined where no route has an order. */
  readonly orders?: Promise<Pick<Orders, 'learn'>> | undefined;
  readonly clock: Clock;
  /** Of every host, by its name. */
  readonly breakers: ReadonlyMap<string, BreakerConfig>;
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
  /** Of the entries that were not believed, those that somebody has been told of. */
  #disbelieved: ReadonlySet<string> = new Set();

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
  tell(entry: HealthEntry | FigureEntry): void {
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
    const { health, overrides, orders, clock } = this.parts;
    try {
      const read = await this.#use((store) => store.read());
      const now = clock.now();
      const entries = this.#believed(read, now);
      this.#entries = entries;
      this.#readAt = now;
      this.#misses = 0;
      health.learn(entries, now);
      overrides.replace(entries);
      void orders?.then(({ learn }) => learn(entries, now));
    } catch (error) {
      this.#misses += 1;
      // A read that was frozen midway fails when it thaws, and says nothing about the table.
      if (this.#misses > 1) this.#failed(error);
    } finally {
      this.#isReading = false;
    }
  }

  /** Whatever a clock or a hand has put into the table, no host is lost for longer than its failure would cost it. */
  #believed(entries: readonly RouterEntry[], now: number): readonly RouterEntry[] {
    const known = new Set<string>();
    const believed = entries.filter((entry) => {
      const breaker = entry.host === REGION_HOST ? {} : this.parts.breakers.get(entry.host);
      // Of a host that this router does not have, whatever it says.
      const problem = breaker && outOfBounds(entry, breaker, now);
      if (problem === undefined) return true;
      const key = JSON.stringify(entry);
      if (this.#disbelieved.has(key) || this.#tell(`ignored: ${problem}`)) known.add(key);
      return false;
    });
    this.#disbelieved = known;
    return believed;
  }

  #use<T>(work: (store: HealthStore) => Promise<T>): Promise<T> {
    this.#store ??= this.open();
    return this.#store.then(work);
  }

  #failed(error: unknown): void {
    this.#tell(errorText(error));
  }

  /** False where it is too soon after the last time. */
  #tell(problem: string): boolean {
    const now = this.parts.clock.now();
    if (now - this.#toldAt < TELL_AGAIN_MS) return false;
    this.#toldAt = now;
    this.parts.alone(problem);
    return true;
  }
}
