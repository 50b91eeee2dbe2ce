import { accountStoreOf, kindsOf, stateOf } from '../../lambda/gateway/spend/table/account-store';
import { dynamoTable } from '../../lambda/aws/dynamo-table';
import type { SimulatedTable } from '../../local/health-table/health-table';
import { ENV } from './host-setups';

/** Millionths of a dollar, by scope and window, as `team#tester|monthly 2026-11-01`. */
export interface Books {
  readonly [account: string]: { readonly spent: number; readonly held: number };
}

export const tableOf = (table: SimulatedTable) =>
  dynamoTable(table.name, { ...ENV, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint }, 2000);

/** What the table has, once nothing of it is on its way any more. */
export async function books(table: SimulatedTable): Promise<Books> {
  let last = '';
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    const now = await read(table);
    if (JSON.stringify(now) === last) return now;
    last = JSON.stringify(now);
  }
}

async function read(table: SimulatedTable): Promise<Books> {
  const items = await Promise.all(kindsOf(ENV.AWS_REGION).map((kind) => tableOf(table).query(kind)));
  return Object.fromEntries(
    items.flat().map((item) => {
      const { used, spent } = stateOf(item);
      const [scope, window] = String(item['entry']).split('|');
      return [`${scope}|${window}`, { spent, held: used - spent }];
    }),
  );
}

/** One account's, whatever its window is. */
export async function spentBy(table: SimulatedTable, scope: string, period: string): Promise<number> {
  const found = Object.entries(await books(table)).filter(([name]) => name.startsWith(`${scope}|${period} `));
  return found.reduce((sum, [, { spent }]) => sum + spent, 0);
}

/** As if others had spent it. */
export async function spendElsewhere(table: SimulatedTable, item: string, amount: number): Promise<void> {
  const store = accountStoreOf(tableOf(table), () => 4e9);
  await store.change(item, {
    process: 'elsewhere',
    from: undefined,
    to: '0:1',
    used: amount,
    spent: amount,
    room: undefined,
  });
}
