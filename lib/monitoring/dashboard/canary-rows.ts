import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CANARY_METRICS, ENDPOINT_HOST } from '../../contract';
import type { RouterMetrics } from '../router-metrics';
import { GREY, graph, heading, hostColor, logTable, RED } from './widgets';

/** What the fallbacks are good for, before anybody needs them. */
export function canaryRows(metrics: RouterMetrics, logGroupName: string): cloudwatch.IWidget[][] {
  const { hostNames } = metrics.router;
  const [, ...fallbacks] = hostNames;
  const hourly = metrics.every(Duration.hours(1));
  return [
    [heading('Canary')],
    [
      graph({
        title: 'Checks that failed twice',
        label: 'in 5 minutes',
        metrics: [...hostNames, ENDPOINT_HOST].map((host, index) =>
          metrics.ofHost(CANARY_METRICS.hostFailures, host, {
            statistic: 'Sum',
            label: host === ENDPOINT_HOST ? 'through the endpoint' : host,
            color: host === ENDPOINT_HOST ? GREY : hostColor(index),
          }),
        ),
      }),
      graph({
        title: 'Quota headroom',
        label: "percent of the first host's peak",
        metrics: fallbacks.map((host, index) =>
          hourly.ofHost(CANARY_METRICS.hostQuotaHeadroom, host, {
            label: host,
            color: hostColor(index + 1),
          }),
        ),
        marks: [{ value: 100, label: 'just enough', color: RED }],
      }),
      logTable({
        title: 'Host by form of request: the last outcome',
        logGroupName,
        width: 8,
        lines: [
          "filter message = 'canary'",
          'stats latest(outcome) as last, latest(finding) as why, count(*) as checks by host, shape',
          'sort host, shape',
          'limit 100',
        ],
      }),
    ],
  ];
}
