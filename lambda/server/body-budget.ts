import { totalmem } from 'node:os';

/** Up to here a body is small: the last eighth of the budget is kept for such, so that large ones never shut them out. */
export const SMALL_BYTES = 256 * 1024;
const FOR_SMALL = 1 / 8;
/** Room for one body of the largest size any host takes, and for small ones beside it. */
export const MIN_BUDGET_BYTES = 40 * 1024 * 1024;
const MAX_DEFAULT_BYTES = 256 * 1024 * 1024;

/** Bytes of request bodies that a process holds at a time. */
export class BodyBudget {
  #taken = 0;
  #turn = Promise.resolve();

  constructor(readonly bytes: number = defaultBudget()) {}

  /** Bytes of a body of which the process then holds `whole`; false where there is no room. */
  take(bytes: number, whole: number): boolean {
    const limit = whole > SMALL_BYTES ? this.bytes * (1 - FOR_SMALL) : this.bytes;
    if (this.#taken + bytes > limit) return false;
    this.#taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }

  /** Parsing a large body takes a tenth of a second: one a turn of the event loop, so that small requests come between. */
  turn(): Promise<void> {
    this.#turn = this.#turn.then(() => new Promise((resolve) => setImmediate(resolve)));
    return this.#turn;
  }
}

/** A body costs about three times its bytes: as it came, as text, and parsed. Three quarters of the memory are for the rest. */
function defaultBudget(): number {
  const constrained = process.constrainedMemory();
  const memory = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.max(MIN_BUDGET_BYTES, Math.min(MAX_DEFAULT_BYTES, Math.floor(memory / 12)));
}
