import { Duration } from 'aws-cdk-lib';
import { CANARY_METRICS, regionAsHost } from '../../contract';
import type { AlarmDefinition } from './alarm-definition';
import { AlarmSeverity } from './alarm-options';
import type { WatchedCanary } from './watched-canary';

const EVERY_MINUTE = Duration.minutes(1);
/** Longer than a region takes that can still tell by itself. */
const window = ({ interval = EVERY_MINUTE }: WatchedCanary): Duration =>
  Duration.minutes(Math.max(10, 5 * interval.toMinutes()));

/** Every look of that time has failed: whoever lives there has had the time to tell. */
export const otherRegionSilent = (region: string, canary: WatchedCanary): AlarmDefinition => ({
  id: 'OtherRegion',
  heading: 'Other region silent',
  severity: AlarmSeverity.PAGE,
  threshold: 1,
  period: window(canary),
  metric: (metrics) => metrics.ofHost(CANARY_METRICS.hostFailures, regionAsHost(region), { statistic: 'Minimum' }),
  symptom: `The gateway in ${region} does not answer, as seen from here, and none of its own alarms has paged. Route 53 sends its clients here.`,
  causes:
    'the region is down, its stack was deleted or never deployed, its domain or certificate, its canary and alarms too.',
  check: () => `npx claude-failover doctor --region ${region}`,
});

/** Tells nobody: while it is on, the page here is held back. */
export const otherRegionTold = (region: string, { interval = EVERY_MINUTE }: WatchedCanary): AlarmDefinition => ({
  id: 'OtherRegionTold',
  heading: 'Service down',
  severity: AlarmSeverity.NOTICE,
  threshold: 1,
  // So that it stays on between two rounds.
  period: Duration.minutes(Math.max(5, 2 * interval.toMinutes() + 1)),
  metric: (metrics) => metrics.of(CANARY_METRICS.otherRegionTold),
  symptom: `The gateway in ${region} has paged, so that the page of this one waits: one page for what both see.`,
  causes: 'hosts that are down for both.',
  check: () => `npx claude-failover doctor --region ${region}`,
});
