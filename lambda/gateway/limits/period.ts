import type { QuotaPeriod } from '../../../lib/contract';

const DAY_MS = 86_400_000;

export interface Span {
  /** First day, `YYYY-MM-DD`. */
  readonly name: string;
  readonly endsAt: number;
}

/** The day, week (from Monday) or month that a time is in, by UTC. */
export function spanOf(period: QuotaPeriod, now: number): Span {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  const starts: Readonly<Record<QuotaPeriod, number>> = {
    day: Date.UTC(year, month, day),
    week: Date.UTC(year, month, day - sinceMonday),
    month: Date.UTC(year, month, 1),
  };
  const start = starts[period];
  const ends: Readonly<Record<QuotaPeriod, number>> = {
    day: start + DAY_MS,
    week: start + 7 * DAY_MS,
    month: Date.UTC(year, month + 1, 1),
  };
  return { name: new Date(start).toISOString().slice(0, 10), endsAt: ends[period] };
}
