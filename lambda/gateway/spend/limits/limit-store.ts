import * as v from 'valibot';
import { HEALTH_KINDS, SPEND_PERIODS, type StoredSpendLimit } from '../../../../lib/contract';
import type { DynamoTable } from '../../../aws/dynamo-table';

/** Limits that operators have set, where every process reads them. All reject when the table cannot be used. */
export interface LimitStore {
  list(): Promise<StoredSpendLimit[]>;
  put(limit: StoredSpendLimit): Promise<void>;
  remove(limit: Pick<StoredSpendLimit, 'scope' | 'period'>): Promise<void>;
}

const stored = v.object({
  scope: v.string(),
  period: v.picklist(SPEND_PERIODS),
  cents: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  createdAt: v.number(),
  updatedAt: v.number(),
  by: v.string(),
}) satisfies v.GenericSchema<unknown, StoredSpendLimit>;

export function limitStoreOf(table: DynamoTable): LimitStore {
  const entry = ({ scope, period }: Pick<StoredSpendLimit, 'scope' | 'period'>): string => `${scope}#${period}`;
  return {
    async list() {
      const items = await table.query(HEALTH_KINDS.spend);
      return items.flatMap((item) => {
        const read = v.safeParse(stored, item);
        return read.success ? [read.output] : [];
      });
    },
    async put(limit) {
      await table.put({ kind: HEALTH_KINDS.spend, entry: entry(limit), ...limit });
    },
    remove: (limit) => table.delete(HEALTH_KINDS.spend, entry(limit)),
  };
}
