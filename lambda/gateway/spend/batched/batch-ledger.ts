import * as v from 'valibot';
import { HEALTH_KINDS } from '../../../../lib/contract';
import type { DynamoTable } from '../../../aws/dynamo-table';
import type { Clock } from '../../../engine/time/clock';
import { parseJson } from '../../../engine/json';
import { errorText } from '../../../runtime/error-text';
import type { ChargedAccount } from './charged-account';

/** Estimates of batches that somebody else keeps, by their ids, until their results are read. While the table cannot be used, they stand. */
export interface BatchLedger {
  charge(id: string, accounts: readonly ChargedAccount[]): Promise<void>;
  /** Whether its estimate still stands. */
  isCharged(id: string): Promise<boolean>;
  /** For one caller only; undefined for everybody after it. */
  take(id: string): Promise<readonly ChargedAccount[] | undefined>;
}

const KIND = `${HEALTH_KINDS.spend}#batches`;
/** Results are there for 29 days. */
const KEPT_MS = 40 * 86_400_000;
/** Of a process that shares them with nobody. */
const MOST = 10_000;

const accounts = v.array(
  v.object({ scope: v.string(), window: v.string(), micros: v.number(), model: v.exactOptional(v.string()) }),
);

export function tableLedger(
  table: DynamoTable,
  clock: Pick<Clock, 'now'>,
  alone: (problem: string) => void,
): BatchLedger {
  const unless = (error: unknown): undefined => alone(`estimates of batches: ${errorText(error)}`) as undefined;
  return {
    async charge(id, charged) {
      const expires = Math.ceil((clock.now() + KEPT_MS) / 1000);
      const item = { kind: KIND, entry: id, accounts: JSON.stringify(charged), settled: 0, expires };
      await table.put(item).catch(unless);
    },
    async isCharged(id) {
      const item = await table.get(KIND, id).catch(unless);
      return item?.['settled'] === 0;
    },
    async take(id) {
      const settled = { yes: 1, no: 0 };
      const taken = table.update({ kind: KIND, entry: id }, 'SET #settled = :yes', settled, '#settled = :no');
      const item = await taken.catch(unless);
      return item && v.parse(accounts, parseJson(String(item['accounts'])));
    },
  };
}

export function memoryLedger(): BatchLedger {
  const kept = new Map<string, readonly ChargedAccount[]>();
  return {
    charge(id, charged) {
      // The one that came first.
      if (kept.size >= MOST) kept.delete(kept.keys().next().value!);
      kept.set(id, charged);
      return Promise.resolve();
    },
    isCharged: (id) => Promise.resolve(kept.has(id)),
    take(id) {
      const charged = kept.get(id);
      kept.delete(id);
      return Promise.resolve(charged);
    },
  };
}
