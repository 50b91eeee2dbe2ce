import { HEALTH_KINDS } from '../../../../lib/contract';
import { dynamoTable } from '../../../aws/dynamo-table';
import type { Env } from '../../../runtime/require-env';

/** Amounts by name, of one team, from all processes. */
export type Amounts = Readonly<Record<string, number>>;

/** Where processes add up what their teams use. Rejects when the table cannot be used. */
export interface LedgerStore {
  /** Adds to a team's amounts, forgets those that are over, and says what all of them are then: in one step, so that two never miss each other. */
  add(team: string, amounts: Amounts, over: readonly string[], endsAt: number): Promise<Amounts>;
}

const TIMEOUT_MS = 1000;

export function createLedgerStore(tableName: string, env: Env): LedgerStore {
  const table = dynamoTable(tableName, env, TIMEOUT_MS);
  return {
    async add(team, amounts, over, endsAt) {
      const key = { kind: HEALTH_KINDS.limits, entry: `team#${team}` };
      const item = await table.tally(key, amounts, { expires: Math.ceil(endsAt / 1000) }, over);
      const { kind: _, entry: __, expires: ___, ...all } = item;
      return Object.fromEntries(Object.entries(all).map(([name, amount]) => [name, Number(amount)]));
    },
  };
}
