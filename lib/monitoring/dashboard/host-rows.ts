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
        metrics: each((host) => served(metrics, host)),
      }),
      graph({
        title: 'Share of the answers',
        label: 'percent',
        metrics: each((host) => share(metrics, host)),
      }),
      graph({
        title: 'Failed attempts',
        label: 'percent of the attempts',
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
            'sum(usage.cache_read_input_tokens) as cached, sum(costUsd) as usd, ' +
            'sum(costUsd) * 1000000 / sum(tokens) as usdPerMillion by host, model',
          'sort usd desc',
          'limit 30',
        ],
      }),
    ],
  ];
}

function served(metrics: RouterMetrics, host: string): cloudwatch.IMetric {
  const { hostNames } = metrics.router;
  const { all, failed, usingMetrics } = attempts(metrics, host);
  return metrics.math(`${all} - ${failed}`, usingMetrics, host).with({ color: hostColor(hostNames.indexOf(host)) });
}

function share(metrics: RouterMetrics, host: string): cloudwatch.IMetric {
  const { hostNames } = metrics.router;
  const each = hostNames.map((name) => attempts(metrics, name));
  const { all, failed } = attempts(metrics, host);
  const total = each.map((one) => `FILL(${one.all}, 0) - FILL(${one.failed}, 0)`).join(' + ');
  const usingMetrics = Object.assign({}, ...each.map((one) => one.usingMetrics)) as Attempts['usingMetrics'];
  return metrics
    .math(`100 * (${all} - ${failed}) / (${total})`, usingMetrics, host)
    .with({ color: hostColor(hostNames.indexOf(host)) });
}

interface Attempts {
  readonly all: string;
  readonly failed: string;
  readonly usingMetrics: Record<string, cloudwatch.IMetric>;
}

/** One datapoint an attempt, 1 where it failed. */
function attempts(metrics: RouterMetrics, host: string): Attempts {
  const index = metrics.router.hostNames.indexOf(host);
  const [all, failed] = [`n${index}`, `f${index}`];
  return {
    all,
    failed,
    usingMetrics: {
      [all]: metrics.ofHost(METRICS.hostFailures, host, { statistic: 'SampleCount' }),
      [failed]: metrics.ofHost(METRICS.hostFailures, host),
    },
  };
}

function errorRate(metrics: RouterMetrics, host: string): cloudwatch.IMetric {
  const { hostNames } = metrics.router;
  const rate = `r${hostNames.indexOf(host)}`;
  return metrics
    .math(`100 * ${rate}`, { [rate]: metrics.ofHost(METRICS.hostFailures, host, { statistic: 'Average' }) }, host)
    .with({ color: hostColor(hostNames.indexOf(host)) });
}
