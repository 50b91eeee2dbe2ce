interface Waiting<Item> {
  readonly team: string;
  readonly item: Item;
  /** Where it stands on a time that goes by what is served: the earliest is next. */
  readonly start: number;
}

/**
 * Start-time fair queueing: each team's requests stand one behind the other on a common time, at a distance of what they cost. Who has
 * many under way is far ahead, and who has one begins at now: it is next, whatever the others have waiting.
 */
export class FairQueue<Item> {
  readonly #waiting: Waiting<Item>[] = [];
  readonly #ends = new Map<string, number>();
  #now = 0;

  get size(): number {
    return this.#waiting.length;
  }

  /** What need not wait is the team's all the same. */
  pass(team: string, cost: number): void {
    this.#now = this.#startOf(team, cost);
  }

  push(team: string, cost: number, item: Item): void {
    const start = this.#startOf(team, cost);
    const behind = this.#waiting.findIndex((other) => other.start > start);
    this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, { team, item, start });
  }

  shift(): Item | undefined {
    const next = this.#waiting.shift();
    if (next === undefined) return undefined;
    this.#now = Math.max(this.#now, next.start);
    return next.item;
  }

  /** It does not wait any more. */
  remove(item: Item): void {
    const at = this.#waiting.findIndex((each) => each.item === item);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #startOf(team: string, cost: number): number {
    const start = Math.max(this.#now, this.#ends.get(team) ?? 0);
    this.#ends.set(team, start + cost);
    return start;
  }
}
