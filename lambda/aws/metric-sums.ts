import * as v from 'valibot';
import type { Env } from '../runtime/require-env';
import { callAwsJson } from './call-aws-json';

export interface MetricQuery<Id extends string> {
  readonly namespace: string;
  /** Their names, by what the result is to call them. */
  readonly metrics: Readonly<Record<Id, string>>;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly periodMs: number;
  /** Times in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}
export interface MetricSum {
  /** When its period began. */
  readonly at: number;
  readonly value: number;
}

const results = v.object({
  MetricDataResults: v.array(
    v.object({ Id: v.string(), Timestamps: v.array(v.number()), Values: v.array(v.number()) }),
  ),
});

/** What was counted of each metric, period by period. An answer has room for 100,800 periods, so that there is no second page to ask for. */
export async function metricSums<Id extends string>(
  { namespace, metrics, dimensions, periodMs, from, to }: MetricQuery<Id>,
  region: string,
  env: Env,
): Promise<(id: Id) => readonly MetricSum[]> {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const MetricDataQueries = Object.entries(metrics).map(([id, name]) => ({
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions },
      Period: periodMs / 1000,
      Stat: 'Sum',
    },
  }));
  const body = { StartTime: Math.floor(from / 1000), EndTime: Math.floor(to / 1000), MetricDataQueries };
  const target = 'GraniteServiceVersion20100801.GetMetricData';
  const json = await callAwsJson({ service: 'monitoring', region, target, body }, env);
  const { MetricDataResults: found } = v.parse(results, json);
  return (id) => {
    // A metric that nobody has published may be missing.
    const { Timestamps = [], Values = [] } = found.find((result) => result.Id === id) ?? {};
    return Timestamps.map((seconds, index) => ({ at: seconds * 1000, value: Values[index] ?? 0 }));
  };
}
