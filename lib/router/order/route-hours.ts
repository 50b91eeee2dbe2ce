import type { Construct } from 'constructs';
import type { HoursConfig } from '../../contract';
import { hoursProblems } from '../../contract/routes/hours-problems';
import { ValidationError } from '../../validation-error';

/** Days of the week. */
export enum Weekday {
  /** Monday. */
  MONDAY = 'mon',
  /** Tuesday. */
  TUESDAY = 'tue',
  /** Wednesday. */
  WEDNESDAY = 'wed',
  /** Thursday. */
  THURSDAY = 'thu',
  /** Friday. */
  FRIDAY = 'fri',
  /** Saturday. */
  SATURDAY = 'sat',
  /** Sunday. */
  SUNDAY = 'sun',
}

/** When a route takes requests, by the clock on the wall of a time zone. Others go on to the next route. */
export interface RouteHours {
  /** First minute of it, `HH:MM` from `00:00` to `23:59`. */
  readonly from: string;
  /** First minute after it, `HH:MM` up to `24:00`. Earlier than `from`: on the next day. */
  readonly to: string;
  /** Time zone by IANA's name, such as `Europe/Berlin` or `UTC`. */
  readonly zone: string;
  /**
   * Days on which the hours begin.
   * @default - every day
   */
  readonly days?: Weekday[];
}

/** As the router reads it. `at`: where it stands in the props, for messages. */
export function hoursConfig(scope: Construct, at: string, { from, to, zone, days }: RouteHours): HoursConfig {
  const hours: HoursConfig = { from, to, zone, ...(days && { days: days.map((day) => `${day}` as const) }) };
  const [problem] = hoursProblems(hours);
  if (problem === undefined) return hours;
  const [field, what] = problem;
  throw new ValidationError(scope, `'${at}.${field}': ${what}`);
}
