import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ValidationError } from '../../validation-error';

/** The minutes between two runs of something on a schedule. */
export function wholeMinutes(scope: Construct, prop: string, interval: Duration): number {
  const minutes = interval.toMinutes({ integral: false });
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 60) return minutes;
  throw new ValidationError(
    scope,
    `'${prop}' must be 1 to 60 whole minutes, got ${interval.toHumanString()}; schedules of AWS know no shorter time`,
  );
}
