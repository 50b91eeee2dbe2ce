import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmSeverity } from './alarm-options';
import { CANARY_METRICS, ENDPOINT_HOST, regionAsHost } from '../../contract';
import type { OutsideView } from '../canary/outside-view';
import type { WatchedCanary } from './watched-canary';
import type { AlarmDefinition } from './alarm-definition';

const { PAGE, NOTICE } = AlarmSeverity;
/** CloudWatch's limit of metrics in an alarm. */
const MOST_METRICS = 10;

const canaryLines = (host: string): string =>
  `Logs Insights on the canary's log group: filter message="canary" and outcome!="ok" and host="${host}" | stats count() by model, shape, finding, remedy`;

/** Longer than the canary takes to come back to a model or to the endpoint, so that what is broken does not look whole in between. */
const untilAskedAgain = (interval: Duration, least: number): Duration =>
  Duration.minutes(Math.max(least, 5 * interval.toMinutes()));

/** Two rounds have to be missed where they are rare. */
const silentMinutes = (interval: Duration): number => Math.max(5, 2 * interval.toMinutes() + 1);

const canarySilent = (interval: Duration): AlarmDefinition => ({
  id: 'CanarySilent',
  heading: 'Canary silent',
  severity: PAGE,
  threshold: 1,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  period: Duration.minutes(1),
  periods: silentMinutes(interval),
  silenceBreaches: true,
  warmUpPeriods: silentMinutes(interval),
  metric: (metrics) => metrics.of(CANARY_METRICS.runs),
  symptom: 'The canary does not run: nobody would notice a broken fallback, and calls may fail unseen.',
  causes: 'its schedule is off, its function fails or is throttled, metrics do not arrive.',
  check: () => "aws logs tail <the canary's log group> --since 30m",
});

const endpointBroken = (interval: Duration): AlarmDefinition => ({
  id: 'EndpointBroken',
  heading: 'Endpoint broken',
  severity: PAGE,
  meansDown: true,
  threshold: 1,
  period: untilAskedAgain(interval, 5),
  metric: (metrics) => metrics.ofHost(CANARY_METRICS.hostFailures, ENDPOINT_HOST),
  symptom: "The canary's request through the public endpoint failed, and failed again when it was repeated.",
  causes: 'all hosts down, API Gateway, authorizer, domain or certificate, firewall, a gateway key that is gone.',
  check: () => canaryLines(ENDPOINT_HOST),
});

const drainedHost = (interval: Duration): AlarmDefinition => ({
  id: 'DrainedHost',
  heading: 'Drained host forgotten',
  severity: NOTICE,
  threshold: 24,
  period: untilAskedAgain(interval, 5),
  metric: (metrics) => metrics.of(CANARY_METRICS.drainedHours),
  symptom: 'A host has been drained for {threshold} hours or more. The chain is shorter than it looks.',
  causes: 'somebody drained it for maintenance or in an incident, and it was not undone.',
  check: () => 'npx claude-failover doctor, then npx claude-failover undrain <host>',
});

/** Of the smallest. */
const quotaHeadroom = (hosts: readonly string[]): AlarmDefinition => ({
  id: 'QuotaHeadroom',
  heading: 'Quota headroom',
  severity: NOTICE,
  threshold: 100,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  period: Duration.hours(1),
  metric: (metrics) => {
    const headroom = hosts.slice(0, MOST_METRICS).map((host) => metrics.ofHost(CANARY_METRICS.hostQuotaHeadroom, host));
    if (headroom.length === 1) return headroom[0]!;
    const using = Object.fromEntries(headroom.map((metric, index) => [`host${index}`, metric]));
    return metrics.math('MIN(METRICS())', using, 'Smallest quota, percent of the peak');
  },
  symptom: 'A host could not carry the whole traffic now: its quota is smaller than the recent peak of all requests.',
  causes: 'traffic has grown, a quota was never raised, the canary was told a wrong quota.',
  check: () => 'The dashboard shows the host; aws service-quotas list-service-quotas --service-code bedrock',
});

const EVERY_MINUTE = Duration.minutes(1);

/** What only the canary can tell: nobody calls a fallback before it is needed. */
export const canaryAlarms = ({ interval = EVERY_MINUTE, endpointCheck = false, quotaHosts = [] }: WatchedCanary) => ({
  canarySilent: canarySilent(interval),
  drainedHost: drainedHost(interval),
  ...(endpointCheck && { endpointBroken: endpointBroken(interval) }),
  ...(quotaHosts.length > 0 && { quotaHeadroom: quotaHeadroom(quotaHosts) }),
});

/** One a fallback: which one is the news. */
export const fallbackBroken = (host: string, { interval = EVERY_MINUTE }: WatchedCanary): AlarmDefinition => ({
  id: host,
  heading: 'Fallback broken',
  severity: NOTICE,
  threshold: 1,
  period: untilAskedAgain(interval, 15),
  metric: (metrics) => metrics.ofHost(CANARY_METRICS.hostFailures, host),
  symptom: `Host ${host} fails the canary's checks. Clients do not feel it until it is needed.`,
  causes:
    'an outage there, a stale model id, a model that is not enabled, an expired or placeholder credential, a wrong region, missing quota, a network path.',
  namesStatusPages: true,
  check: () => canaryLines(host),
});

/** A look that did not come counts like one that failed, but not before there can have been one. */
export const outsideBroken = (view: OutsideView): AlarmDefinition => ({
  id: 'OutsideBroken',
  heading: 'Outside view broken',
  severity: PAGE,
  threshold: 100,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  period: view.interval,
  periods: 2,
  silenceBreaches: true,
  warmUpPeriods: 3,
  metric: () => view.metricSuccessPercent(),
  symptom: 'The gateway did not answer a client on the internet as it should, or nobody looked: two times in a row.',
  causes:
    'DNS, domain or certificate, firewall, API Gateway, authorizer, a gateway key that is gone; all hosts down; the Synthetics canary is stopped or cannot run.',
  check: () => `aws synthetics get-canary-runs --name ${view.canary.canaryName} --max-results 2`,
});

/** Longer than a region takes that can still tell by itself. */
const window = ({ interval = EVERY_MINUTE }: WatchedCanary): Duration =>
  Duration.minutes(Math.max(10, 5 * interval.toMinutes()));

/** Every look of that time has failed: whoever lives there has had the time to tell. */
export const otherRegionSilent = (region: string, canary: WatchedCanary): AlarmDefinition => ({
  id: 'OtherRegion',
  heading: 'Other region silent',
  severity: PAGE,
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
  severity: NOTICE,
  threshold: 1,
  // So that it stays on between two rounds.
  period: Duration.minutes(Math.max(5, 2 * interval.toMinutes() + 1)),
  metric: (metrics) => metrics.of(CANARY_METRICS.otherRegionTold),
  symptom: `The gateway in ${region} has paged, so that the page of this one waits: one page for what both see.`,
  causes: 'hosts that are down for both.',
  check: () => `npx claude-failover doctor --region ${region}`,
});
