import { isLeased, leasedTotal, leaseSlotAt } from '../../../engine/limits/leases';
import { isLive, type Slots } from '../../../engine/limits/slots';
import type { Amounts, LedgerStore } from './ledger-store';

/** What is counted, by the letter that its names begin with. */
export type Kind = 'requests' | 'tokens' | 'leases';
const LETTERS: Readonly<Record<Kind, string>> = { requests: 'r', tokens: 't', leases: 'c' };
const KEPT_MS = 120_000;

/** A team's use as this process knows it: what the table has said, and what the table has yet to be told. */
export class Ledger {
  #known: Amounts = {};
  #untold = new Map<string, number>();
  /** On its way to the table. */
  #telling = new Map<string, number>();
  #leaseSlot = 0;
  #held = 0;
  #readAt = -Infinity;

  constructor(private readonly team: string) {}

  get held(): number {
    return this.#held;
  }
  get hasNews(): boolean {
    return [...this.#untold.values()].some((amount) => amount !== 0);
  }
  ageMs(now: number): number {
    return now - this.#readAt;
  }

  add(kind: 'requests' | 'tokens', slot: number, amount: number): void {
    this.#add(LETTERS[kind] + slot, amount);
  }

  /** Leases that this process holds: one more, or one less. */
  hold(change: number, now: number): void {
    this.renew(now);
    this.#held += change;
    this.#add(LETTERS.leases + this.#leaseSlot, change);
  }

  /** Moves them to where they last longer. */
  renew(now: number): void {
    const slot = leaseSlotAt(now);
    if (slot === this.#leaseSlot) return;
    this.#add(LETTERS.leases + this.#leaseSlot, -this.#held);
    this.#add(LETTERS.leases + slot, this.#held);
    this.#leaseSlot = slot;
  }

  slots(kind: Kind): Slots {
    const slots = new Map<number, number>();
    const sources = [Object.entries(this.#known), this.#telling, this.#untold];
    for (const source of sources) {
      for (const [name, amount] of source) {
        if (!name.startsWith(LETTERS[kind])) continue;
        const slot = Number(name.slice(1));
        slots.set(slot, (slots.get(slot) ?? 0) + amount);
      }
    }
    return slots;
  }

  leased(now: number): number {
    return leasedTotal(this.slots('leases'), now);
  }

  /** Tells the table, and takes over what it says. Where that fails, everything is still to be told. */
  async exchange(store: LedgerStore, now: number): Promise<void> {
    const telling = (this.#telling = this.#untold);
    this.#untold = new Map();
    try {
      const over = Object.keys(this.#known).filter((name) => !isOf(name, now) && !telling.has(name));
      const news = Object.fromEntries([...telling].filter(([name]) => isOf(name, now)));
      // There has to be something to add, also for who only wants to know.
      const amounts = Object.keys(news).length > 0 ? news : { [LETTERS.leases + leaseSlotAt(now)]: 0 };
      this.#known = await store.add(this.team, amounts, over, now + KEPT_MS);
      this.#readAt = now;
    } catch (error) {
      for (const [name, amount] of telling) this.#add(name, amount);
      throw error;
    } finally {
      this.#telling = new Map();
    }
  }

  /** Where nobody else counts. */
  keepToItself(now: number): void {
    for (const [name, amount] of this.#untold) if (!isOf(name, now) || amount === 0) this.#untold.delete(name);
    this.#readAt = now;
  }

  #add(name: string, amount: number): void {
    if (amount !== 0) this.#untold.set(name, (this.#untold.get(name) ?? 0) + amount);
  }
}

/** Whether it still counts. */
function isOf(name: string, now: number): boolean {
  const slot = Number(name.slice(1));
  return name.startsWith(LETTERS.leases) ? isLeased(slot, now) : isLive(slot, now);
}
