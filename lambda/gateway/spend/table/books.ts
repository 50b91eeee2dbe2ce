import type { DynamoTable } from '../../../aws/dynamo-table';
import type { AccountState } from '../../../engine/allowance/account-state';
import { keyOf, kindsOf, stateOf } from './account-store';

/** What is spent in one scope and window, in millionths of a dollar. */
export interface Counted {
  /** As it is counted under: users by their digest. */
  readonly scope: string;
  /** `<period> <first day>`. */
  readonly window: string;
  readonly spent: number;
}

/** Everything that is counted in this region. Rejects when the table cannot be used. */
export type Books = () => Promise<Counted[]>;

export const tableBooks =
  (table: DynamoTable, region: string): Books =>
  async () => {
    const items = await Promise.all(kindsOf(region).map((kind) => table.query(kind)));
    return summed(items.flat().map((item) => [String(item['entry']), stateOf(item)]));
  };

export const memoryBooks =
  (items: ReadonlyMap<string, AccountState>): Books =>
  () =>
    Promise.resolve(summed([...items].map(([item, state]) => [keyOf(item).entry, state])));

/** Over the items of each. */
function summed(entries: readonly (readonly [entry: string, state: AccountState])[]): Counted[] {
  const all = Map.groupBy(entries, ([entry]) => entry.slice(0, entry.lastIndexOf('|')));
  return [...all].map(([account, items]) => {
    const at = account.lastIndexOf('|');
    const spent = items.reduce((sum, [, state]) => sum + state.spent, 0);
    return { scope: account.slice(0, at), window: account.slice(at + 1), spent };
  });
}
