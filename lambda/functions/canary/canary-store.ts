import * as v from 'valibot';
import { HEALTH_KINDS, type CanaryResult, type CanarySpend } from '../../../lib/contract';
import { dynamoTable } from '../../aws/dynamo-table';
import type { Env } from '../../runtime/require-env';

/** What the canary remembers in the health table. Every method rejects when the table cannot be used. */
export interface CanaryStore {
  /** What was spent on that day; 0 where nothing is known. */
  spentUsd(day: string): Promise<number>;
  saveSpent(day: string, usd: number): Promise<void>;
  saveResult(result: CanaryResult): Promise<void>;
  results(): Promise<readonly CanaryResult[]>;
}

/** Results of the rarest checks are still there when the next one comes. */
const RESULT_KEPT_MS = 30 * 24 * 3_600_000;
const SPEND_KEPT_MS = 3 * 24 * 3_600_000;
const TIMEOUT_MS = 3000;

const spend = v.object({
  type: v.literal('spend'),
  day: v.string(),
  usd: v.number(),
}) satisfies v.GenericSchema<CanarySpend>;
const result = v.object({
  type: v.literal('result'),
  host: v.string(),
  model: v.string(),
  shape: v.string(),
  outcome: v.string(),
  at: v.number(),
  elapsedMs: v.number(),
}) satisfies v.GenericSchema<CanaryResult>;

export function createCanaryStore(tableName: string, env: Env): CanaryStore {
  const table = dynamoTable(tableName, env, TIMEOUT_MS);
  const read = async <T>(schema: v.GenericSchema<unknown, T>): Promise<T[]> =>
    // What another version has written is passed over.
    (await table.query(HEALTH_KINDS.canary)).flatMap((item) => {
      const parsed = v.safeParse(schema, item);
      return parsed.success ? [parsed.output] : [];
    });
  const put = async (entry: string, expires: number, item: CanaryResult | CanarySpend): Promise<void> => {
    await table.put({ kind: HEALTH_KINDS.canary, entry, expires: Math.ceil(expires / 1000), ...item });
  };
  return {
    spentUsd: async (day) => (await read(spend)).find((item) => item.day === day)?.usd ?? 0,
    saveSpent: (day, usd) => put(`spend#${day}`, Date.parse(day) + SPEND_KEPT_MS, { type: 'spend', day, usd }),
    // A row a check, which the next one replaces: the table does not grow with time.
    saveResult: (item) => put(`result#${item.host}#${item.model}#${item.shape}`, item.at + RESULT_KEPT_MS, item),
    results: () => read(result),
  };
}
