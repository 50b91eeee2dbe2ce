import type { Clock, Timer } from '../../engine/time/clock';
import { errorText } from '../../runtime/error-text';
import { CALL_BYTES, type PutLines } from './firehose';

export interface SpoolParts {
  readonly put: PutLines;
  readonly clock: Clock;
  /** Lines wait for more of them; else each is written when somebody settles. */
  readonly servesMany: boolean;
  /** Before a try. */
  flushing(): void;
  /** So many could not be written just now, and wait. */
  waiting(lines: number, problem: string): void;
  /** So many are gone for good. */
  lost(lines: number, problem: string): void;
}

const BATCH_LINES = 500;
const BATCH_MS = 1_000;
/** Of what waits while Firehose is down. */
const MOST_BYTES = 16 * 1024 * 1024;
/** How soon a stream that was down is tried again. */
const AGAIN_MS = 1_000;

/** Lines on their way into the trail. What could not be written is tried again, within a bound. */
export class Spool {
  #lines: string[] = [];
  #bytes = 0;
  #timer: Timer | undefined;
  #flush: Promise<void> | undefined;
  #failedAt: number | undefined;
  #isClosed = false;

  constructor(private readonly parts: SpoolParts) {}

  /** The last try has failed. */
  get isDown(): boolean {
    return this.#failedAt !== undefined;
  }

  add(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > MOST_BYTES) return this.parts.lost(1, 'as much waits as there is room for');
    this.#lines.push(line);
    this.#bytes += bytes;
    if (this.parts.servesMany) this.#schedule();
  }

  /** Tries to write all that waits; never rejects. A stream that has just failed is tried again only for the `last` time. */
  flush(last = false): Promise<void> {
    const { clock, flushing } = this.parts;
    flushing();
    const isTooSoon = this.#failedAt !== undefined && clock.now() - this.#failedAt < AGAIN_MS;
    if (isTooSoon && !last) return Promise.resolve();
    this.#timer?.cancel();
    this.#timer = undefined;
    return (this.#flush ??= this.#writeAll().finally(() => {
      this.#flush = undefined;
      if (this.#lines.length > 0 && this.parts.servesMany) this.#schedule();
    }));
  }

  /** Tries once more. What is then left is lost: the process ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.flush(true);
    if (this.#lines.length > 0) this.parts.lost(this.#lines.length, 'the process ends');
    this.#lines = [];
    this.#bytes = 0;
  }

  #schedule(): void {
    if (this.#flush !== undefined || this.#isClosed) return;
    if (!this.isDown && (this.#lines.length >= BATCH_LINES || this.#bytes >= CALL_BYTES)) return void this.flush();
    this.#timer ??= this.parts.clock.timer(this.isDown ? AGAIN_MS : BATCH_MS, () => {
      this.#timer = undefined;
      void this.flush();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#lines.length > 0) {
      const batch = this.#take();
      let problem = 'Firehose has not taken all of it';
      const left = await this.parts.put(batch).catch((error: unknown) => {
        problem = errorText(error);
        return batch;
      });
      if (left.length === 0) {
        this.#failedAt = undefined;
        continue;
      }
      this.#lines.unshift(...left);
      this.#bytes += sizeOf(left);
      this.#failedAt = this.parts.clock.now();
      return this.parts.waiting(this.#lines.length, problem);
    }
  }

  #take(): string[] {
    let bytes = 0;
    let count = 0;
    for (const line of this.#lines) {
      bytes += Buffer.byteLength(line);
      if (count === BATCH_LINES || (bytes > CALL_BYTES && count > 0)) break;
      count += 1;
    }
    const batch = this.#lines.splice(0, count);
    this.#bytes -= sizeOf(batch);
    return batch;
  }
}

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
