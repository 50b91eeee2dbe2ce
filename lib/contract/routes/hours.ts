export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** When a route is open, by the clock on the wall of a time zone. */
export interface HoursConfig {
  /** `HH:MM`, the first minute of it. */
  readonly from: string;
  /** `HH:MM`, the first minute after it; earlier than `from` for hours that end on the next day. `24:00` is the end of the day. */
  readonly to: string;
  /** IANA's name of the time zone, such as `Europe/Berlin`. */
  readonly zone: string;
  /** Days on which the hours begin. @default - every day */
  readonly days?: readonly Day[];
}

/** Whether it is open at that moment. A minute that the wall's clock skips in spring is never there; one that it shows twice counts twice. */
export function isOpen({ from, to, zone, days = DAYS }: HoursConfig, now: number): boolean {
  const { weekday, hour, minute } = Object.fromEntries(
    formatIn(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  ) as Record<'weekday' | 'hour' | 'minute', string>;
  const time = `${hour}:${minute}`;
  const today = DAYS.findIndex((day) => weekday.toLowerCase() === day);
  const beginsOn = (place: number): boolean => days.includes(DAYS[(place + DAYS.length) % DAYS.length]!);
  if (from < to) return from <= time && time < to && beginsOn(today);
  return (from <= time && beginsOn(today)) || (time < to && beginsOn(today - 1));
}

/** One takes far longer to make than to use. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

export function formatIn(zone: string): Intl.DateTimeFormat {
  let format = FORMATS.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    FORMATS.set(zone, format);
  }
  return format;
}
