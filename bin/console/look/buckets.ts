import { METRICS, type MetricName } from '../../../lib/contract';
import type { Bucket } from '../../../console/view/series';
import type { Points } from '../now/metrics';
import type { Slots } from './slots';

type Counts = Readonly<Record<string, number>>;

/** What CloudWatch has counted, stretch by stretch; `reasons` are from elsewhere. */
export function bucketsOfMetrics(
  points: Points,
  hosts: readonly string[],
  slots: Slots,
  reasons: readonly Counts[],
): Bucket[] {
  const sums = (name: MetricName): readonly number[] => slots.sums(points(name, 'Sum'));
  const [requests, exhausted, died] = [sums(METRICS.requests), sums(METRICS.exhausted), sums(METRICS.streamDied)];
  const [failovers, costs] = [sums(METRICS.failovers), sums(METRICS.cost)];
  const p50 = slots.averages(points(METRICS.timeToFirstContent, 'p50'));
  const p95 = slots.greatest(points(METRICS.timeToFirstContent, 'p95'));
  const answers = hosts.map((host) => [host, answersOf(host, points, slots)] as const);
  return slots.starts.map((at, index) => {
    const [middle, slow] = [p50[index], p95[index]];
    return {
      at,
      requests: requests[index] ?? 0,
      failed: (exhausted[index] ?? 0) + (died[index] ?? 0),
      failovers: failovers[index] ?? 0,
      costUsd: costs[index] ?? 0,
      answers: countsAt(answers, index),
      reasons: reasons[index] ?? {},
      firstContent: middle === undefined || slow === undefined ? undefined : { p50: middle, p95: slow },
    };
  });
}

/** Where nobody has looked into the log for the reasons. */
export function failuresByHost(points: Points, hosts: readonly string[], slots: Slots): Counts[] {
  const failed = hosts.map(
    (host) => [`${host}:failed`, slots.sums(points(METRICS.hostFailures, 'Sum', host))] as const,
  );
  return slots.starts.map((_, index) => countsAt(failed, index));
}

/** A datapoint an attempt, which is 1 for a failure. */
function answersOf(host: string, points: Points, slots: Slots): number[] {
  const failed = slots.sums(points(METRICS.hostFailures, 'Sum', host));
  return slots
    .sums(points(METRICS.hostFailures, 'SampleCount', host))
    .map((count, index) => count - (failed[index] ?? 0));
}

const countsAt = (named: readonly (readonly [name: string, counts: readonly number[]])[], index: number): Counts =>
  Object.fromEntries(
    named.flatMap(([name, counts]) => {
      const count = counts[index] ?? 0;
      return count > 0 ? [[name, count]] : [];
    }),
  );
