import { ENV } from '../../../lib/contract';
import type { Clock } from '../../engine/time/clock';
import { errorText } from '../../runtime/error-text';
import type { AnswerStore } from './answer-store';
import type { KeptAnswer } from './kept-answer';

/** After a failure nobody asks for so long, but for whom nothing else is left. */
const REST_MS = 5000;
/** How long an answer that is complete may be kept from ending. */
const SETTLE_MS = 1000;

const missing = (): Promise<never> =>
  Promise.reject(new Error(`there is no table; set ${ENV.CACHE_TABLE}, as docs/cache.md says`));

/** Where the environment names no table. */
export const NO_STORE: AnswerStore = { read: missing, write: missing };

/** A store that keeps nobody waiting: what cannot be had in time is not there. */
export class PatientStore {
  readonly #writes = new Set<Promise<void>>();
  #restsUntil = -Infinity;

  constructor(
    private readonly store: AnswerStore,
    private readonly clock: Clock,
    private readonly failed: (problem: string) => void,
  ) {}

  /** `isLastHope`: it is asked even while it rests. */
  async read(key: string, patienceMs: number, isLastHope = false): Promise<KeptAnswer | undefined> {
    if (!isLastHope && this.clock.now() < this.#restsUntil) return undefined;
    const reading = this.store.read(key);
    // Late, nobody is there to hear of it.
    reading.catch(() => undefined);
    let late: () => void = () => undefined;
    const lateness = new Promise<never>((_, reject) => {
      late = () => reject(new Error(`no answer within ${patienceMs} ms`));
    });
    const timer = this.clock.timer(patienceMs, late);
    try {
      return await Promise.race([reading, lateness]);
    } catch (error) {
      this.#fail(error);
      return undefined;
    } finally {
      timer.cancel();
    }
  }

  /** Begins to write. */
  write(key: string, answer: KeptAnswer, expiresAt: number): void {
    if (this.clock.now() < this.#restsUntil) return;
    const write = this.store.write(key, answer, expiresAt).catch((error: unknown) => this.#fail(error));
    this.#writes.add(write);
    void write.then(() => this.#writes.delete(write));
  }

  /** Until all is written, or a second has passed. */
  async settle(): Promise<void> {
    if (this.#writes.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = this.clock.timer(SETTLE_MS, resolve);
      void Promise.all(this.#writes).then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  #fail(error: unknown): void {
    this.#restsUntil = this.clock.now() + REST_MS;
    this.failed(errorText(error));
  }
}
