/** Read ahead of a slow client before the host is told to wait. */
const HIGH_WATER_BYTES = 64 * 1024;
/** Beyond it a copy costs more than it saves. */
const TOGETHER_BYTES = 16 * 1024;

interface Waiting {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: Error): void;
}

/** Where bytes come from. */
export interface ByteSource {
  pause(): unknown;
  resume(): unknown;
  destroy(): unknown;
}

/** The bytes of an answer as they arrive. Its source pushes them and says how they end. */
export class AnswerBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: ByteSource;
  #isPaused = false;
  readonly #chunks: Uint8Array[] = [];
  #queuedBytes = 0;
  #waiting: Waiting | undefined;
  #end: { readonly error: Error | undefined } | undefined;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  push(chunk: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#chunks.push(chunk);
    this.#queuedBytes += chunk.length;
    // Whoever waits takes it in this very turn.
    if (!this.#isPaused && this.#waiting === undefined && this.#queuedBytes >= HIGH_WATER_BYTES) {
      this.#isPaused = true;
      this.#source.pause();
    }
    // Whatever else the packet brought comes before the next microtask.
    if (this.#waiting !== undefined && this.#chunks.length === 1) queueMicrotask(this.#deliver);
  }

  /** Whatever comes first ends it. An error that nobody needs would cost its stack. */
  end(error?: () => Error): void {
    if (this.#end !== undefined) return;
    this.#end = { error: error?.() };
    // Chunks that are still queued are delivered first; their reader then asks for the end.
    if (this.#waiting === undefined || this.#chunks.length > 0) return;
    const { resolve, reject } = this.#waiting;
    this.#waiting = undefined;
    if (this.#end.error !== undefined) reject(this.#end.error);
    else resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#chunks.length > 0) return Promise.resolve({ done: false, value: this.#take() });
    if (this.#end === undefined) return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
    if (this.#end.error !== undefined) return Promise.reject(this.#end.error);
    return Promise.resolve({ done: true, value: undefined });
  }

  /** A consumer that stops early gives up the connection too: the rest of the answer may be long. */
  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#chunks.length = 0;
    if (this.#end === undefined) {
      this.#end = { error: undefined };
      this.#source.destroy();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #deliver = (): void => {
    if (this.#waiting === undefined || this.#chunks.length === 0) return;
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve({ done: false, value: this.#take() });
  };

  /** Small chunks that came together go on together: each on its own would cost its way through the router anew. */
  #take(): Uint8Array {
    let count = 1;
    let bytes = this.#chunks[0]!.length;
    while (count < this.#chunks.length && bytes + this.#chunks[count]!.length <= TOGETHER_BYTES) {
      bytes += this.#chunks[count++]!.length;
    }
    const taken = this.#chunks.splice(0, count);
    this.#queuedBytes -= bytes;
    if (this.#isPaused && this.#queuedBytes < HIGH_WATER_BYTES) {
      this.#isPaused = false;
      this.#source.resume();
    }
    return count === 1 ? taken[0]! : Buffer.concat(taken, bytes);
  }
}
