/** A stream that has been committed and still flows. */
export interface LiveStream {
  readonly since: number;
}

interface Death extends LiveStream {
  readonly at: number;
}

/** Longer than this, a stream that lives on has outlived one that broke off. */
const OUTLIVED = 1.5;
const LEAST_OUTLIVED_MS = 500;
const LONGEST_MS = 3_600_000;
/** Of the streams that began since the first of the dead. Fewer are chance, however many a busy hour brings together. */
const SHARE = 0.1;
/** More tell nothing new, and each is looked at with each death. */
const MANY = 100;

/**
 * Streams of one link that broke off after the commit point, with nothing that speaks for the host since. Many flow at a time,
 * and those that began before the trouble end well: so a death is taken back only by a stream that began no earlier than the
 * dead one and has outlived it, or that began after it and is whole.
 */
export class StreamDeaths {
  /** In the order in which they began. */
  readonly #live = new Set<LiveStream>();
  #dead: readonly Death[] = [];

  /** How many have died in a row; none while nearly all of their time live on. */
  get inRow(): number {
    if (this.#dead.length === 0) return 0;
    const first = Math.min(...this.#dead.map(({ since }) => since));
    let living = 0;
    for (const { since } of this.#live) if (since >= first) living += 1;
    return this.#dead.length < SHARE * (this.#dead.length + living) ? 0 : this.#dead.length;
  }

  begun(now: number): LiveStream {
    for (const old of this.#live) {
      if (now - old.since <= LONGEST_MS) break;
      // Nobody has told of its end, and none is left that could.
      this.#live.delete(old);
    }
    const stream = { since: now };
    this.#live.add(stream);
    return stream;
  }

  /** It says nothing: its client left, or had no more time. */
  left(stream: LiveStream): void {
    this.#live.delete(stream);
  }

  whole(stream: LiveStream, now: number): void {
    this.#live.delete(stream);
    const lived = now - stream.since;
    this.#dead = this.#dead.filter(
      ({ since, at }) => stream.since < at && (stream.since < since || lived < at - since),
    );
  }

  /** How many have died in a row by now. */
  died(stream: LiveStream, now: number): number {
    this.#live.delete(stream);
    const dead = [...this.#dead, { since: stream.since, at: now }];
    this.#dead = dead.filter((death) => !this.#isOutlived(death, now)).slice(-MANY);
    return this.inRow;
  }

  #isOutlived(dead: Death, now: number): boolean {
    const outlived = Math.max(LEAST_OUTLIVED_MS, OUTLIVED * (dead.at - dead.since));
    // The first is the oldest of those that count.
    for (const { since } of this.#live) if (since >= dead.since) return now - since > outlived;
    return false;
  }
}
