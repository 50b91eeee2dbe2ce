import type { QuotaPeriod } from '../../../lib/contract';
import { calendarSpan, dayName } from '../../engine/time/calendar';

export interface Span {
  /** First day, `YYYY-MM-DD`. */
  readonly name: string;
  readonly endsAt: number;
}

/** The day, week (from Monday) or month that a time is in, by UTC. */
export function spanOf(period: QuotaPeriod, now: number): Span {
  const [start, endsAt] = calendarSpan(period, now);
  return { name: dayName(start), endsAt };
}
