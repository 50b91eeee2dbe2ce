import type { Arrivals } from '../../engine/limits/fair-part';
import { errorText } from '../../runtime/error-text';
import type { CounterStore } from './counter-store';

/** Arrivals are counted in windows of this length, in the same ones by every process. */
export const WINDOW_MS = 5000;
const WINDOW_S = WINDOW_MS / 1000;
/** A window's counter is read in the one after the next. */
const KEPT_MS = 60_000;

/** What one process tells the others of its clients' requests, and learns of theirs. Nothing waits for it. */
export class SharedCounts {
  #store: Promise<CounterStore> | undefined;

  constructor(
    private readonly open: () => Promise<CounterStore>,
    private readonly alone: (problem: string) => void,
  ) {}

  /**
   * Tells what came to a client in a window that is over, and learns what came to it from everywhere in the one before, by when
   * all have told theirs. Undefined where the table cannot be used.
   */
  async arrivals(client: string, window: number, own: { last: number; before: number }): Promise<Arrivals | undefined> {
    const name = (which: number): string => `rate#${client}#${which}`;
    return this.#use(async (store) => {
      const endsAt = window * WINDOW_MS + KEPT_MS;
      if (own.last > 0) await store.add(name(window), { requests: own.last, processes: 1 }, endsAt);
      const { requests, processes } = await store.read(name(window - 1));
      const before = own.before / WINDOW_S;
      return { own: before, all: Math.max(requests / WINDOW_S, before), processes };
    });
  }

  /** Adds to what a client has used of a quota, and says what all processes have. Undefined where the table cannot be used. */
  async used(client: string, span: string, requests: number, endsAt: number): Promise<number | undefined> {
    const name = `quota#${client}#${span}`;
    return this.#use(async (store) => {
      const counter =
        requests > 0 ? await store.add(name, { requests, processes: 0 }, endsAt + KEPT_MS) : await store.read(name);
      return counter.requests;
    });
  }

  async #use<T>(work: (store: CounterStore) => Promise<T>): Promise<T | undefined> {
    try {
      this.#store ??= this.open();
      return await work(await this.#store);
    } catch (error) {
      this.alone(`limits of clients: ${errorText(error)}`);
      return undefined;
    }
  }
}
