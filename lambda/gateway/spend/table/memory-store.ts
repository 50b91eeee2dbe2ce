import { type AccountState, type AccountStore, EMPTY } from '../../../engine/allowance/account-state';

/** Accounts of a process that shares them with nobody, as there is no table. */
export function memoryStore(items: Map<string, AccountState>): AccountStore {
  const of = (item: string): AccountState => items.get(item) ?? EMPTY;
  return {
    change: (item, { process, to, used, spent, room }) => {
      const before = of(item);
      if (room !== undefined && before.used > room) return Promise.resolve(undefined);
      const slots = new Map([[process, to]]);
      const after = { ...before, used: before.used + used, spent: before.spent + spent, slots };
      items.set(item, after);
      return Promise.resolve(after);
    },
    read: (item) => Promise.resolve(of(item)),
    notice: (item) => {
      const { noticed } = of(item);
      items.set(item, { ...of(item), noticed: true });
      return Promise.resolve(!noticed);
    },
    // Nobody else is there.
    sweep: () => Promise.resolve(false),
    spread: () => Promise.resolve(false),
  };
}
