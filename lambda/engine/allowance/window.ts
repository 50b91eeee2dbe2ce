import type { QuotaPeriod, SpendPeriod } from '../../../lib/contract';
import { calendarSpan, dayName } from '../time/calendar';

const UNITS: Readonly<Record<SpendPeriod, QuotaPeriod>> = { daily: 'day', weekly: 'week', monthly: 'month' };

/** A day, week or month of the wall's clock in a time zone. */
export interface Window {
  readonly period: SpendPeriod;
  /** Its first day, `YYYY-MM-DD`. */
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Windows of one time zone. The last of each period is kept: it changes once a day at the most. */
export class Windows {
  readonly #kept = new Map<SpendPeriod, Window>();
  readonly #format: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  }

  of(period: SpendPeriod, now: number): Window {
    const kept = this.#kept.get(period);
    if (kept && kept.startsAt <= now && now < kept.endsAt) return kept;
    const window = this.#find(period, now);
    this.#kept.set(period, window);
    return window;
  }

  #find(period: SpendPeriod, now: number): Window {
    const [start, end] = calendarSpan(UNITS[period], this.#wall(now));
    return {
      period,
      name: dayName(start),
      startsAt: this.#instant(start),
      endsAt: this.#instant(end),
    };
  }

  /** The first moment at which the wall shows that time or, where it skips it, a later one. */
  #instant(wall: number): number {
    let at = wall;
    // The distance between both clocks may be another one there; twice is enough, for it changes once in a night.
    for (let turn = 0; turn < 2; turn += 1) at = wall - (this.#wall(at) - at);
    // Midnight that is skipped: what comes out is before it.
    return this.#wall(at) < wall ? at + (wall - this.#wall(at)) : at;
  }

  /** What the wall shows, as if it were UTC. */
  #wall(at: number): number {
    const parts = Object.fromEntries(this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts as Record<string, number>;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (at % 1000);
  }
}
