import type { Clock } from '../time/clock';
import {
  type AccountChange,
  type AccountState,
  type AccountStore,
  deadSlots,
  EMPTY,
  writtenSlot,
} from './account-state';
import { type Batch, batchOf, type Change, releasedBy, type Reservation, type Settlement, sum } from './batch';

/** All processes together write an item about so often a second: beyond twice as much, DynamoDB refuses. */
const WRITES_A_SECOND = 500;
const SWEEP_MS = 10_000;
/** What nobody waits for is written together with what comes in the meantime. */
const PATIENCE_MS = 50;
/** After a write that failed, whoever comes is told at once that the table is down. */
const DOWN_MS = 1000;
/** For so long what was seen last is enough to refuse by. */
const FRESH_MS = 250;

/** A write that was sent. It may have been done, though nobody has said so. */
interface Sent {
  readonly batch: Batch;
  readonly slot: string;
}

export interface AccountDeps {
  readonly store: AccountStore;
  readonly clock: Clock;
  /** Unlike every other process's. */
  readonly process: string;
}

/**
 * One item of the table, as one process writes it: one write at a time, for all that has come together meanwhile. By its own slot in
 * the item it knows which of its writes were done, however the table's answers were lost: each counts once.
 */
export class Account {
  readonly #waiting: Change[] = [];
  #sent: Sent[] = [];
  #slot: string | undefined;
  #held = 0;
  #stamp = 0;
  /** Of the slot: a process that was taken for dead has lost what it held. */
  #life = 0;
  #state: AccountState | undefined;
  #seenAt = -Infinity;
  #failedAt = -Infinity;
  #sweptAt = -Infinity;
  #nextAt = 0;
  #wroteAt = -Infinity;
  /** Somebody waits for what is to be written. */
  #isUrgent = false;
  #hurry: (() => void) | undefined;
  #writing: Promise<void> | undefined;

  constructor(
    readonly item: string,
    private readonly deps: AccountDeps,
  ) {}

  /** What was seen last, and when. */
  get seen(): { readonly state: AccountState; readonly at: number } | undefined {
    return this.#state && { state: this.#state, at: this.#seenAt };
  }

  /** What waits to be written, if it is let. */
  get waiting(): number {
    return sum(this.#waiting, (each) => (each.kind === 'reserve' ? each.amount : each.cost));
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#writing === undefined;
  }

  /** The table did not answer a moment ago. */
  get isDown(): boolean {
    return this.deps.clock.now() - this.#failedAt < DOWN_MS;
  }

  /** Held back, if there is room below `limit`. `isPatient`: nobody waits to hear whether there is. */
  reserve(amount: number, limit: number, isPatient: boolean): Reservation {
    const now = this.deps.clock.now();
    const isFull =
      this.#state !== undefined && now - this.#seenAt < FRESH_MS && this.#state.used + amount > limit && this.isIdle;
    const reservation: Reservation = { kind: 'reserve', amount, limit, state: isFull ? 'refused' : 'waiting', life: 0 };
    if (!isFull) this.#add(reservation, !isPatient);
    return reservation;
  }

  /** What a request has cost, in place of what was held for it. */
  settle(settlement: Settlement): void {
    this.#add(settlement, false);
  }

  /** Once nothing is under way: what came is written, or the table is down. */
  async flushed(): Promise<void> {
    if (this.#waiting.length > 0) this.#start(true);
    await this.#writing;
  }

  /** Reads it, unless that has just been done. */
  async look(maxAgeMs: number): Promise<AccountState> {
    const { store, clock } = this.deps;
    if (this.#state && clock.now() - this.#seenAt <= maxAgeMs) return this.#state;
    // While a write is under way, what it brings is newer.
    if (this.#writing) await this.#writing;
    else this.#see(await store.read(this.item));
    return this.#state ?? EMPTY;
  }

  #add(change: Change, isUrgent: boolean): void {
    this.#waiting.push(change);
    this.#start(isUrgent);
  }

  #start(isUrgent: boolean): void {
    this.#isUrgent ||= isUrgent;
    this.#writing ??= this.#writeAll();
    if (isUrgent) this.#hurry?.();
  }

  async #pause(): Promise<void> {
    const { clock } = this.deps;
    const until = (): number => Math.max(this.#nextAt, this.#isUrgent ? 0 : this.#wroteAt + PATIENCE_MS);
    for (let wait = until() - clock.now(); wait > 0; wait = until() - clock.now()) {
      await new Promise<void>((resolve) => {
        const timer = clock.timer(wait, resolve);
        this.#hurry = () => {
          timer.cancel();
          resolve();
        };
      });
      this.#hurry = undefined;
    }
    this.#isUrgent = false;
  }

  async #writeAll(): Promise<void> {
    const { clock } = this.deps;
    // What comes in the same turn goes together.
    await Promise.resolve();
    try {
      while (this.#waiting.length > 0) {
        await this.#pause();
        this.#wroteAt = clock.now();
        await this.#write();
        const writers = this.#state?.slots.size ?? 1;
        this.#nextAt = clock.now() + (1000 * writers) / WRITES_A_SECOND;
        if (this.#waiting.length === 0) await this.#sweep();
      }
    } catch (error) {
      this.#failedAt = clock.now();
      // The next request tries again.
      for (const each of this.#waiting) if (each.kind === 'reserve') each.failed?.(error);
    } finally {
      // In the same turn as the last look at what waits.
      this.#writing = undefined;
    }
  }

  async #write(): Promise<void> {
    const { store, process } = this.deps;
    const batch = batchOf(this.#waiting, this.#life);
    if (batch.changes.length === 0) return this.#drop(batch);
    const slot = this.#slotFor(batch);
    const change: AccountChange = {
      process,
      from: this.#slot,
      to: slot,
      used: batch.used,
      spent: batch.spent,
      room: batch.room,
    };
    this.#sent.push({ batch, slot });
    const state = await store.change(this.item, change);
    if (state) return this.#done(batch, slot, state);
    await this.#findOut();
  }

  /** Why a write was not done: because it, or one before it, was done already; because the slot is gone; or because there is no room. */
  async #findOut(): Promise<void> {
    const { store, process } = this.deps;
    const state = await store.read(this.item);
    const slot = state.slots.get(process);
    const done = this.#sent.find((sent) => sent.slot === slot);
    if (done) return this.#done(done.batch, done.slot, state);
    this.#see(state);
    if (slot !== this.#slot) {
      // Taken for dead, and swept away with all that it held.
      this.#slot = slot;
      this.#held = 0;
      this.#life += 1;
      return;
    }
    this.#refuse(state);
  }

  /** Those for which there is no room, in the order in which they came. */
  #refuse({ used }: AccountState): void {
    let total = used;
    for (const each of this.#waiting) {
      if (each.kind === 'settle') total += Math.max(0, each.cost - releasedBy(each, this.#life));
    }
    for (const each of [...this.#waiting]) {
      if (each.kind !== 'reserve') continue;
      if (total + each.amount <= each.limit) total += each.amount;
      else {
        this.#remove(each);
        each.state = 'refused';
        each.answered?.();
      }
    }
  }

  #done(batch: Batch, slot: string, state: AccountState): void {
    this.#slot = slot;
    this.#held += batch.held;
    this.#sent = [];
    this.#see(state);
    for (const each of batch.changes) {
      this.#remove(each);
      if (each.kind !== 'reserve') continue;
      each.state = 'granted';
      each.life = this.#life;
      each.answered?.();
    }
    this.#drop(batch);
  }

  /** What has become pointless: held for a request that is over already. */
  #drop({ pointless }: Batch): void {
    for (const each of pointless) this.#remove(each);
  }

  #remove(change: Change): void {
    const at = this.#waiting.indexOf(change);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #see(state: AccountState): void {
    this.#state = state;
    this.#seenAt = this.deps.clock.now();
  }

  /** Another one with each write, though the clock stands still or goes back. */
  #slotFor({ held }: Batch): string {
    this.#stamp = Math.max(this.#stamp + 1, this.deps.clock.now());
    return writtenSlot({ held: this.#held + held, at: this.#stamp });
  }

  async #sweep(): Promise<void> {
    const { store, clock, process } = this.deps;
    const now = clock.now();
    if (this.#state === undefined || now - this.#sweptAt < SWEEP_MS) return;
    const dead = deadSlots(this.#state, process, now);
    if (dead.size === 0) return;
    this.#sweptAt = now;
    // Somebody else may have done it, or will.
    await store.sweep(this.item, dead).catch(() => false);
  }
}
