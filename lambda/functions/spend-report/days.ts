import { MOST_ROWS, spendQuery, type SpendKey } from '../../../lib/contract/governance/spend-report';
import type { LogsResult } from '../../aws/logs-query';
import { type Cost, type CostRow, costRows, costsBy, NOTHING, total } from './costs';

export const DAY_MS = 86_400_000;
const DAYS_BEFORE = 7;

export interface Day {
  /** `YYYY-MM-DD`, by UTC. */
  readonly date: string;
  readonly rows: readonly CostRow[];
  /** There were more groups than Logs Insights tells. */
  readonly isCut: boolean;
  readonly bytesScanned: number;
}
export interface DayQuery {
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

/** The last day that is over, behind the seven before it. A query each: a row more than Logs Insights gives would be lost. */
export async function readDays(now: number, ask: (query: DayQuery) => Promise<LogsResult>): Promise<readonly Day[]> {
  const today = now - (now % DAY_MS);
  const query = spendQuery(['team', 'model', 'host']);
  const begins = Array.from({ length: DAYS_BEFORE + 1 }, (_, index) => today - (DAYS_BEFORE + 1 - index) * DAY_MS);
  return Promise.all(
    begins.map(async (from) => {
      const { rows, bytesScanned } = await ask({ query, from, to: from + DAY_MS });
      return { date: dateOf(from), rows: costRows(rows), isCut: rows.length >= MOST_ROWS, bytesScanned };
    }),
  );
}

export const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** What a day is held against. */
export interface Compared {
  readonly yesterday: Cost;
  readonly before: Cost;
  /** USD of an average day of those before it, from the first that had any request. */
  readonly averageUsd: number;
  /** How many those are. */
  readonly days: number;
}

/** Day by day; the last is the one that is told of. */
export function compared(costs: readonly Cost[]): Compared {
  const [yesterday, before] = [costs.at(-1) ?? NOTHING, costs.at(-2) ?? NOTHING];
  const past = costs.slice(0, -1);
  const first = past.findIndex(({ requests }) => requests > 0);
  const known = first < 0 ? [] : past.slice(first);
  return { yesterday, before, averageUsd: total(known).usd / Math.max(1, known.length), days: known.length };
}

/** Everybody of the key that there was, the dearest of the last day first. */
export function comparedBy(key: SpendKey, days: readonly Day[]): readonly (readonly [string, Compared])[] {
  const byDay = days.map(({ rows }) => costsBy(key, rows));
  const names = new Set(byDay.toReversed().flatMap((costs) => [...costs.keys()]));
  return [...names].map((name) => [name, compared(byDay.map((costs) => costs.get(name) ?? NOTHING))]);
}
