/** A stream that has been committed and still flows. */
export interface LiveStream {
  readonly since: number;
}

/** Longer than this, a stream that lives on has outlived one that broke off. */
const OUTLIVED = 1.5;
const LEAST_OUTLIVED_MS = 1000;
const LONGEST_MS = 3_600_000;

/**
 * Streams of one link that broke off after the commit point, one after the other. Many flow at a time, and those that began
 * before the trouble end well: so a run is broken only by a stream that began after its first death, and has outlived the dead.
 */
export class StreamDeaths {
  readonly #live = new Set<LiveStream>();
  #inRow = 0;
  #firstAt = 0;
  #longestMs = 0;

  get inRow(): number {
    return this.#inRow;
  }

  begun(now: number): LiveStream {
    const stream = { since: now };
    this.#live.add(stream);
    return stream;
  }

  /** It says nothing: its client left, or had no more time. */
  left(stream: LiveStream): void {
    this.#live.delete(stream);
  }

  whole(stream: LiveStream): void {
    this.#live.delete(stream);
    if (stream.since >= this.#firstAt) this.#inRow = 0;
  }

  /** How many have died in a row by now. */
  died(stream: LiveStream, now: number): number {
    this.#live.delete(stream);
    const lived = now - stream.since;
    if (this.#inRow === 0 || this.#hasSurvivor(now, lived)) {
      this.#inRow = 0;
      this.#firstAt = now;
      this.#longestMs = 0;
    }
    this.#longestMs = Math.max(this.#longestMs, lived);
    return (this.#inRow += 1);
  }

  #hasSurvivor(now: number, lived: number): boolean {
    const outlived = Math.max(LEAST_OUTLIVED_MS, OUTLIVED * Math.max(this.#longestMs, lived));
    for (const stream of this.#live) {
      const age = now - stream.since;
      // Nobody has told of its end, and none is left that could.
      if (age > LONGEST_MS) this.#live.delete(stream);
      else if (stream.since >= this.#firstAt && age > outlived) return true;
    }
    return false;
  }
}
