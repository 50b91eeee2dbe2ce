import { money } from './columns';
import { comparedBy, type Day } from './days';

/** By the average day of the seven before. */
export const TIMES = 2;
/** A shorter past has no average that a day could be held against. */
const FEWEST_DAYS = 3;
/** USD. A day below it is nobody's business, whatever it is compared with. */
const SMALLEST_USD = 1;

export interface Anomaly {
  readonly team: string;
  readonly text: string;
}

/** Teams whose last day cost twice their average day, or more. */
export function anomalies(days: readonly Day[]): readonly Anomaly[] {
  return comparedBy('team', days).flatMap(([team, { yesterday, averageUsd, days: known }]) => {
    const usual = Math.max(averageUsd, SMALLEST_USD / 2);
    if (known < FEWEST_DAYS || yesterday.usd < SMALLEST_USD || yesterday.usd < TIMES * usual) return [];
    const times = (yesterday.usd / usual).toFixed(1);
    const text = `${team}: ${money(yesterday.usd)} USD, ${times} times its average day of the ${known} before (${money(averageUsd)} USD)`;
    return [{ team, text }];
  });
}
