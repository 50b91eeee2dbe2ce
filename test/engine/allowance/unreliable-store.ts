import { type AccountState, type AccountStore, EMPTY, readSlot } from '../../../lambda/engine/allowance/account-state';
import type { Clock } from '../../../lambda/engine/time/clock';

/**
 * What becomes of one call: it is done and said so; nothing comes of it; it is done and nobody hears of it; or it is taken for lost,
 * and done after all, later than what was sent after it.
 */
export type Luck = 'well' | 'lost' | 'unheard' | 'late';

/** The items as DynamoDB would have them, behind a network that is as bad as it is told. */
export class UnreliableStore implements AccountStore {
  readonly items = new Map<string, AccountState>();
  /** Lowest and highest that was ever seen, and whether the sum was ever another than its parts. */
  lowest = 0;
  highestUsed = 0;
  isTorn = false;
  writes = 0;

  constructor(
    private readonly clock: Clock,
    private readonly luck: () => { readonly kind: Luck; readonly ms: number },
  ) {}

  of(item: string): AccountState {
    return this.items.get(item) ?? EMPTY;
  }

  change: AccountStore['change'] = (item, { process, from, to, used, spent, room }) =>
    this.#call(() => {
      const now = this.of(item);
      if (now.slots.get(process) !== from) return undefined;
      if (room !== undefined && now.used > room) return undefined;
      return this.#put(item, {
        ...now,
        used: now.used + used,
        spent: now.spent + spent,
        slots: new Map(now.slots).set(process, to),
      });
    });

  read: AccountStore['read'] = (item) => this.#call(() => this.of(item));

  sweep: AccountStore['sweep'] = (item, slots) =>
    this.#call(() => {
      const now = this.of(item);
      if ([...slots].some(([process, text]) => now.slots.get(process) !== text)) return false;
      const held = [...slots.values()].reduce((total, text) => total + readSlot(text).held, 0);
      const left = [...now.slots].filter(([process]) => !slots.has(process));
      this.#put(item, { ...now, used: now.used - held, slots: new Map(left) });
      return true;
    });

  notice: AccountStore['notice'] = (item) =>
    this.#call(() => {
      const now = this.of(item);
      if (!now.noticed) this.#put(item, { ...now, noticed: true });
      return !now.noticed;
    });

  spread: AccountStore['spread'] = (item, from, to, spreadAt) =>
    this.#call(() => {
      const now = this.of(item);
      if (now.shards !== from) return false;
      this.#put(item, { ...now, shards: to, spreadAt });
      return true;
    });

  #put(item: string, state: AccountState): AccountState {
    this.writes += 1;
    this.items.set(item, state);
    const held = [...state.slots.values()].reduce((total, text) => total + readSlot(text).held, 0);
    this.isTorn ||= state.used !== state.spent + held;
    this.lowest = Math.min(this.lowest, state.used, state.spent, held);
    this.highestUsed = Math.max(this.highestUsed, state.used);
    return state;
  }

  #call<T>(work: () => T): Promise<T> {
    const { kind, ms } = this.luck();
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error('the table did not answer'));
      this.clock.timer(ms / 2, () => {
        if (kind === 'lost') return fail();
        if (kind === 'late') {
          fail();
          this.clock.timer(ms * 3, () => void work());
          return;
        }
        const result = work();
        this.clock.timer(ms / 2, () => (kind === 'unheard' ? fail() : resolve(result)));
      });
    });
  }
}
