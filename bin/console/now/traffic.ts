import { CANARY_METRICS, METRICS } from '../../../lib/contract';
import { quantile } from '../../../local/report/quantile';
import type { LinkNow, TrafficNow } from '../../../console/view/now';
import { type MetricAsk, type Points, total } from './metrics';

/** Of all requests. */
const OF_REQUESTS: readonly MetricAsk[] = [
  { name: METRICS.requests, stat: 'Sum' },
  { name: METRICS.exhausted, stat: 'Sum' },
  { name: METRICS.streamDied, stat: 'Sum' },
  { name: METRICS.failovers, stat: 'Sum' },
  { name: METRICS.cost, stat: 'Sum' },
  { name: METRICS.timeToFirstContent, stat: 'p50' },
  { name: METRICS.timeToFirstContent, stat: 'p95' },
];

/** What the first screen is made of. */
export const asksOfNow = (hosts: readonly string[]): MetricAsk[] => [
  ...OF_REQUESTS,
  ...hosts.flatMap((host): MetricAsk[] => [
    ...ofHost(host),
    { name: CANARY_METRICS.hostQuotaHeadroom, stat: 'Minimum', host },
  ]),
];

/** And what a while is. */
export const asksOfSeries = (hosts: readonly string[]): MetricAsk[] => [
  ...OF_REQUESTS,
  { name: METRICS.cacheHitRate, stat: 'Average' },
  ...hosts.flatMap(ofHost),
];

/** A datapoint an attempt, which is 1 for a failure. */
const ofHost = (host: string): MetricAsk[] => [
  { name: METRICS.hostFailures, stat: 'SampleCount', host },
  { name: METRICS.hostFailures, stat: 'Sum', host },
];

export function trafficNow(points: Points, minutes: number): TrafficNow {
  const sum = (name: Parameters<Points>[0]): number => total(points(name, 'Sum'));
  const [p50, p95] = [values(points, 'p50'), values(points, 'p95')];
  return {
    minutes,
    requests: sum(METRICS.requests),
    failed: sum(METRICS.exhausted) + sum(METRICS.streamDied),
    failovers: sum(METRICS.failovers),
    costUsd: sum(METRICS.cost),
    // A percentile of percentiles is none: this is the minute in the middle, and the worst one.
    ...(p50.length > 0 && p95.length > 0 && { firstContent: { p50: quantile(p50, 0.5), p95: Math.max(...p95) } }),
  };
}

const values = (points: Points, stat: 'p50' | 'p95'): number[] =>
  points(METRICS.timeToFirstContent, stat).map(({ value }) => value);

export interface HostTraffic extends Pick<LinkNow, 'share' | 'headroom'> {
  readonly failed: number;
}

export function hostTraffic(points: Points, hosts: readonly string[]): ReadonlyMap<string, HostTraffic> {
  const failed = (host: string): number => total(points(METRICS.hostFailures, 'Sum', host));
  const answered = (host: string): number => total(points(METRICS.hostFailures, 'SampleCount', host)) - failed(host);
  const all = hosts.reduce((sum, host) => sum + answered(host), 0);
  return new Map(
    hosts.map((host) => {
      const headrooms = points(CANARY_METRICS.hostQuotaHeadroom, 'Minimum', host).map(({ value }) => value);
      const share = all === 0 ? 0 : answered(host) / all;
      const headroom = headrooms.length > 0 && { headroom: Math.min(...headrooms) };
      return [host, { share, failed: failed(host), ...headroom }];
    }),
  );
}
