import { SPEND_FIELDS, SPEND_KEYS, type SpendKey } from '../../../lib/contract/governance/spend-report';
import type { LogsRow } from '../../aws/logs-query';

export interface Cost {
  readonly requests: number;
  /** Of `requests`, those that no price is known of, or no tokens: they are not in `usd`. */
  readonly unpriced: number;
  readonly tokens: number;
  readonly usd: number;
}
export type CostRow = Cost & Readonly<Partial<Record<SpendKey, string>>>;

/** Rows of `spendQuery`, each weighed by the share of lines that were written. */
export function costRows(rows: readonly LogsRow[]): readonly CostRow[] {
  return rows.map((row) => {
    const share = Number(row['sampled'] || 1);
    const number = (field: string): number => Number(row[field] || 0) / share;
    const keys = SPEND_KEYS.flatMap((key) => {
      const value = row[SPEND_FIELDS[key]];
      return value ? [[key, value] as const] : [];
    });
    const [requests, tokens, usd] = [number('requests'), number('tokens'), number('usd')];
    return { ...Object.fromEntries(keys), requests, unpriced: requests - number('priced'), tokens, usd };
  });
}

export const NOTHING: Cost = { requests: 0, unpriced: 0, tokens: 0, usd: 0 };
const sum = (one: Cost, other: Cost): Cost => ({
  requests: one.requests + other.requests,
  unpriced: one.unpriced + other.unpriced,
  tokens: one.tokens + other.tokens,
  usd: one.usd + other.usd,
});

export const total = (rows: readonly Cost[]): Cost => rows.reduce(sum, NOTHING);

/** Where a line does not say. */
export const UNTOLD = '(not told)';

/** The dearest first. */
export function costsBy(key: SpendKey, rows: readonly CostRow[]): ReadonlyMap<string, Cost> {
  const costs = new Map<string, Cost>();
  for (const row of rows) {
    const name = row[key] ?? UNTOLD;
    costs.set(name, sum(costs.get(name) ?? NOTHING, row));
  }
  return new Map([...costs].sort(([, one], [, other]) => other.usd - one.usd || other.requests - one.requests));
}
