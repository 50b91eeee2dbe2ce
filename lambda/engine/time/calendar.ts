import type { QuotaPeriod } from '../../../lib/contract';

/** The day, week (from Monday) or month that a time is in, from and to, by the calendar of UTC. */
export function calendarSpan(period: QuotaPeriod, at: number): readonly [start: number, end: number] {
  const date = new Date(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const monday = day - ((date.getUTCDay() + 6) % 7);
  switch (period) {
    case 'day':
      return [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)];
    case 'week':
      return [Date.UTC(year, month, monday), Date.UTC(year, month, monday + 7)];
    case 'month':
      return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
  }
}

/** `YYYY-MM-DD` */
export const dayName = (at: number): string => new Date(at).toISOString().slice(0, 10);
