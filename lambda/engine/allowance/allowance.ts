import { Account, type AccountDeps } from './account';
import { type AccountState, writersOf } from './account-state';
import { type Reservation, sum } from './batch';

/** With more writers, an item is larger than the kilobyte that one write costs, and too hot. */
const MOST_WRITERS = 30;
const MOST_SHARDS = 64;
/** Until then those that have moved are still seen where they were. */
const SPREAD_AGAIN_MS = 120_000;
/** What is seen counts as known. */
const KNOWN_MS = 5000;
/** Where little is left, what is on the other items has to be known better. */
const CLOSE_MS = 250;
/** Below that part of a limit it is far away. */
const FAR = 0.8;

/** What is held for one request. */
export interface Held {
  readonly account: Account;
  readonly reservation: Reservation;
}

/** What may be spent in one scope and window, by all processes. Spread on several items where many processes write it. */
export class Allowance {
  readonly #accounts: Account[] = [];

  /** `items`: names of its items, of which the first says how many there are. `place`: of this process among them, in [0, 1). */
  constructor(
    private readonly itemOf: (shard: number) => string,
    private readonly deps: AccountDeps,
    private readonly place: number,
  ) {}

  get #head(): Account {
    return this.#account(0);
  }

  /** Where this process writes while the limit is far away. */
  get #home(): Account {
    // So that half of an item's writers stay where they are when there are twice as many items.
    return this.#account(Math.floor(this.place * MOST_SHARDS) % this.#shards);
  }

  get #shards(): number {
    return this.#head.seen?.state.shards ?? 1;
  }

  /** Nothing of it waits to be written. */
  get isIdle(): boolean {
    return this.#all().every(({ isIdle }) => isIdle);
  }

  get isDown(): boolean {
    return this.#head.isDown;
  }

  /** What is known to be used, with what this process is about to add; undefined where that was seen too long ago. */
  known(maxAgeMs = KNOWN_MS): number | undefined {
    const now = this.deps.clock.now();
    const accounts = this.#all().slice(0, this.#shards);
    if (accounts.length < this.#shards) return undefined;
    if (accounts.some(({ seen }) => seen === undefined || now - seen.at > maxAgeMs)) return undefined;
    return sum(accounts, ({ seen, waiting }) => seen!.state.used + waiting);
  }

  /** Whether nobody has to wait to know that there is room. */
  isFar(amount: number, limit: number): boolean {
    const known = this.known();
    return known !== undefined && known + amount <= limit * FAR;
  }

  /** Whether there is room for it below `limit`. Rejects where the table cannot be used. `isPatient`: nobody waits to hear that. */
  async reserve(amount: number, limit: number, taken: (held: Held) => void, isPatient = false): Promise<boolean> {
    if (this.#shards === 1) return this.#take(this.#head, amount, limit, taken, isPatient);
    if (this.known() === undefined) await this.#look(KNOWN_MS);
    if (this.isFar(amount, limit)) return this.#take(this.#home, amount, Infinity, taken, isPatient);
    const [, ...others] = await this.#look(CLOSE_MS);
    return this.#take(this.#head, amount, limit - sum(others, ({ used }) => used), taken, isPatient);
  }

  settle(cost: number, held: Held | undefined): void {
    const account = held?.account ?? this.#home;
    account.settle({ kind: 'settle', cost, reservation: held?.reservation });
  }

  /** What all items have together, as they are now. */
  async look(maxAgeMs: number): Promise<Pick<AccountState, 'used' | 'spent' | 'noticed'>> {
    const states = await this.#look(maxAgeMs);
    return {
      noticed: states[0]!.noticed,
      used: sum(states, ({ used }) => used),
      spent: sum(states, ({ spent }) => spent),
    };
  }

  async flushed(): Promise<void> {
    await Promise.all(this.#all().map((account) => account.flushed()));
  }

  /** True for the only one who is to tell. */
  notice(): Promise<boolean> {
    return this.deps.store.notice(this.itemOf(0));
  }

  /** Every item. The first one says how many there are. */
  async #look(maxAgeMs: number): Promise<AccountState[]> {
    const head = await this.#head.look(maxAgeMs);
    const others = Array.from({ length: head.shards - 1 }, (_, index) => this.#account(index + 1).look(maxAgeMs));
    return [head, ...(await Promise.all(others))];
  }

  #take(
    account: Account,
    amount: number,
    limit: number,
    taken: (held: Held) => void,
    isPatient: boolean,
  ): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const reservation = account.reserve(amount, limit, isPatient);
      taken({ account, reservation });
      const answered = (): void => {
        resolve(reservation.state === 'granted');
        if (reservation.state === 'granted') void this.#spread(account).catch(() => {});
      };
      if (reservation.state !== 'waiting') return answered();
      reservation.answered = answered;
      reservation.failed = reject;
    });
  }

  async #spread(account: Account): Promise<void> {
    const { store, clock } = this.deps;
    const now = clock.now();
    const seen = account.seen;
    const head = this.#head.seen?.state;
    if (!seen || !head || head.shards >= MOST_SHARDS || now - head.spreadAt < SPREAD_AGAIN_MS) return;
    if (writersOf(seen.state, now) <= MOST_WRITERS) return;
    await store.spread(this.itemOf(0), head.shards, head.shards * 2, now);
  }

  #all(): readonly Account[] {
    return this.#accounts.filter((account) => account !== undefined);
  }

  #account(shard: number): Account {
    return (this.#accounts[shard] ??= new Account(this.itemOf(shard), this.deps));
  }
}
