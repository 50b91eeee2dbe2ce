import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS } from '../../contract';
import type { RouterMetrics } from '../router-metrics';
import { graph, heading, hostColor, logTable } from './widgets';

/** Host by host: who served, how soon, how often not, and for how much. */
export function hostRows(metrics: RouterMetrics): cloudwatch.IWidget[][] {
  const { hostNames, logGroupName } = metrics.router;
  const each = (metricOf: (host: string) => cloudwatch.IMetric): cloudwatch.IMetric[] => hostNames.map(metricOf);
  const firstContent = (host: string, statistic: string): cloudwatch.Metric =>
    metrics.ofHost(METRICS.hostTimeToFirstContent, host, {
      statistic,
      label: host,
      color: hostColor(hostNames.indexOf(host)),
    });
  const quantile = (statistic: string): cloudwatch.IWidget =>
    graph({
      title: `First content, ${statistic}`,
      label: 'milliseconds',
      metrics: each((host) => firstContent(host, statistic)),
    });
  return [
    [heading('Hosts')],
    [
      graph({
        title: 'Who served',
        label: 'answers in 5 minutes',
        isStacked: true,
        width: 12,
        metrics: each((host) => served(metrics, host)),
      }),
      graph({
        title: 'Failed attempts',
        label: 'percent of the attempts',
        width: 12,
        metrics: each((host) => errorRate(metrics, host)),
      }),
    ],
    [quantile('p50'), quantile('p95'), quantile('p99')],
    [
      logTable({
        title: 'Failures by type',
        logGroupName,
        lines: [
          "filter message = 'attempt' and outcome not in ['ok', 'client-gone']",
          'stats count(*) as failures by host, outcome, detail',
          'sort failures desc',
          'limit 30',
        ],
      }),
      logTable({
        title: 'Tokens and cost',
        logGroupName,
        lines: [
          "filter message = 'request' and ispresent(host)",
          'stats count(*) as answers, sum(usage.input_tokens) as input, sum(usage.output_tokens) as output, ' +
            'sum(usage.cache_read_input_tokens) as cached, sum(costUsd) as usd by host, model',
          'sort usd desc',
          'limit 30',
        ],
      }),
    ],
  ];
}

/** One datapoint an attempt, 1 where it failed. */
function served(metrics: RouterMetrics, host: string): cloudwatch.IMetric {
  const { hostNames } = metrics.router;
  const [all, failed] = [`n${hostNames.indexOf(host)}`, `f${hostNames.indexOf(host)}`];
  return metrics
    .math(
      `${all} - ${failed}`,
      {
        [all]: metrics.ofHost(METRICS.hostFailures, host, { statistic: 'SampleCount' }),
        [failed]: metrics.ofHost(METRICS.hostFailures, host),
      },
      host,
    )
    .with({ color: hostColor(hostNames.indexOf(host)) });
}

function errorRate(metrics: RouterMetrics, host: string): cloudwatch.IMetric {
  const { hostNames } = metrics.router;
  const rate = `r${hostNames.indexOf(host)}`;
  return metrics
    .math(`100 * ${rate}`, { [rate]: metrics.ofHost(METRICS.hostFailures, host, { statistic: 'Average' }) }, host)
    .with({ color: hostColor(hostNames.indexOf(host)) });
}
