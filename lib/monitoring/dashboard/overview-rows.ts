import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS } from '../../contract';
import type { FailoverAlarms } from '../alarms/failover-alarms';
import type { RouterMetrics } from '../router-metrics';
import { GREY, graph, hostColor, logTable, RED, ROW } from './widgets';

interface OverviewOptions {
  readonly alarms?: FailoverAlarms;
  readonly statusPages: Readonly<Record<string, string>>;
}

/** What clients feel: requests, those that failed, and who had to step in. */
export function overviewRows(metrics: RouterMetrics, { alarms, statusPages }: OverviewOptions): cloudwatch.IWidget[][] {
  const { router } = metrics;
  const [primary = ''] = router.hostNames;
  return [
    [title(primary, statusPages)],
    ...(alarms === undefined ? [] : [[alarmStates(alarms)]]),
    [figures(metrics)],
    [
      graph({
        title: 'Requests',
        label: 'in 5 minutes',
        metrics: [
          metrics.of(METRICS.requests, { label: 'requests', color: GREY }),
          metrics.of(METRICS.failovers, { label: 'answered by a fallback', color: hostColor(1) }),
          metrics.of(METRICS.exhausted, { label: 'no host could serve', color: RED }),
          metrics.of(METRICS.streamDied, { label: 'stream died', color: '#e07f3a' }),
        ],
      }),
      graph({
        title: 'Attempts a request',
        label: 'attempts',
        metrics: [attemptsPerRequest(metrics)],
        marks: [{ value: 1, label: 'the first host answers', color: GREY }],
      }),
      logTable({
        title: 'Failovers and their reasons',
        logGroupName: router.logGroupName,
        width: 8,
        lines: [
          "filter message = 'attempt' and outcome not in ['ok', 'client-gone']",
          'stats count(*) as failures by host, outcome',
          'sort failures desc',
          'limit 20',
        ],
      }),
    ],
  ];
}

function title(primary: string, statusPages: OverviewOptions['statusPages']): cloudwatch.TextWidget {
  const links = Object.entries(statusPages).map(([name, url]) => `[${name}](${url})`);
  return new cloudwatch.TextWidget({
    markdown: `# Claude failover\nFirst host: **${primary}**. Status pages, for people and never for routing: ${links.join(' · ')}`,
    width: ROW,
    height: 2,
    background: cloudwatch.TextWidgetBackground.TRANSPARENT,
  });
}

function alarmStates({ alarms, serviceDown }: FailoverAlarms): cloudwatch.AlarmStatusWidget {
  const all = serviceDown === undefined ? alarms : [serviceDown, ...alarms];
  return new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: all, width: ROW, height: 3 });
}

function figures(metrics: RouterMetrics): cloudwatch.SingleValueWidget {
  const hour = metrics.every(Duration.hours(1));
  const rate = hour.math(
    'IF(requests > 0, 100 * (exhausted + died) / requests, 0)',
    {
      requests: hour.of(METRICS.requests),
      exhausted: hour.of(METRICS.exhausted),
      died: hour.of(METRICS.streamDied),
    },
    'failed, percent',
  );
  return new cloudwatch.SingleValueWidget({
    title: 'The last hour',
    metrics: [
      hour.of(METRICS.requests, { label: 'requests' }),
      rate,
      hour.of(METRICS.failovers, { label: 'answered by a fallback' }),
      hour.of(METRICS.timeToFirstContent, { label: 'first content, ms, p50' }),
      hour.of(METRICS.cost, { label: 'tokens, USD' }),
      hour.of(METRICS.credentialFailures, { label: 'credential failures' }),
    ],
    width: ROW,
    height: 3,
  });
}

function attemptsPerRequest(metrics: RouterMetrics): cloudwatch.IMetric {
  const { hostNames } = metrics.router;
  const attempts = Object.fromEntries(
    hostNames.map((host, index) => [
      `a${index}`,
      metrics.ofHost(METRICS.hostFailures, host, { statistic: 'SampleCount' }),
    ]),
  );
  return metrics.math(
    `(${hostNames.map((_, index) => `FILL(a${index}, 0)`).join(' + ')}) / requests`,
    { ...attempts, requests: metrics.of(METRICS.requests) },
    'attempts a request',
  );
}
