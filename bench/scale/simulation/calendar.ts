/** No entry is made further ahead. */
const TICKS = 2 ** 17;

/** What is to happen at later ticks. */
export class Calendar<Entry> {
  readonly #entries: (Entry[] | undefined)[] = new Array<Entry[] | undefined>(TICKS);

  add(tick: number, entry: Entry): void {
    const page = this.#entries[tick % TICKS];
    if (page === undefined) this.#entries[tick % TICKS] = [entry];
    else page.push(entry);
  }

  /** Everything at this tick, which is then crossed out. */
  at(tick: number): readonly Entry[] {
    const page = this.#entries[tick % TICKS];
    this.#entries[tick % TICKS] = undefined;
    return page ?? [];
  }
}
