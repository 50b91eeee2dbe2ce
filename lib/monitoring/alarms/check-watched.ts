import type { Construct } from 'constructs';
import { FORMS } from '../../contract';
import type { IMonitoredRouter } from '../../router/monitored-router';
import { ValidationError } from '../../validation-error';
import { wholeMinutes } from '../canary/whole-minutes';
import type { WatchedCanary } from './watched-canary';

const NEEDED = ['serviceName', 'hostNames', 'functionName', 'logGroupName', 'maxDuration'] as const;

/** What only an import or another language than TypeScript lets through: alarms and widgets would be about nothing. */
export function checkMonitored(scope: Construct, router: IMonitoredRouter): void {
  const missing = NEEDED.filter((name) => (router as Partial<IMonitoredRouter>)[name] === undefined);
  if (missing.length === 0) return;
  throw new ValidationError(
    scope,
    `'router' at "${router.node.path}" has no ${missing.map((name) => `'${name}'`).join(', ')}, by which its metrics are found; give a ` +
      'FailoverRouter, or an IMonitoredRouter with all of them: an import by function ARN alone does not know them',
  );
}

/** A time that schedules have, and names that hosts can have. */
export function checkCanary(scope: Construct, { interval, quotaHosts = [] }: WatchedCanary): void {
  if (interval !== undefined) wholeMinutes(scope, 'canary.interval', interval);
  const [form, right] = FORMS.hostName;
  const wrong = (quotaHosts as (string | undefined)[]).findIndex((host) => host === undefined || !form.test(host));
  if (wrong < 0) return;
  throw new ValidationError(
    scope,
    `'canary': quota ${wrong + 1} is for host '${quotaHosts[wrong]}'; a host's name is up to 63 ${right}`,
  );
}
