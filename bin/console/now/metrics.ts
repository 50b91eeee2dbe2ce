import * as v from 'valibot';
import { DIMENSIONS, type MetricName, METRICS_NAMESPACE } from '../../../lib/contract';
import { callAwsJson } from '../../../lambda/aws/call-aws-json';
import type { Place } from '../place';
import { type Meter, USD } from '../prices';

/** Statistic of a metric, of one host or of all requests. */
export interface MetricAsk {
  readonly name: MetricName;
  readonly stat: 'Sum' | 'SampleCount' | 'Minimum' | 'Average' | 'p50' | 'p95';
  readonly host?: string;
}
export interface Point {
  /** When its period began. */
  readonly at: number;
  readonly value: number;
}
export interface Periods {
  readonly from: number;
  readonly to: number;
  /** Whole minutes. */
  readonly periodMs: number;
}
export type Points = (name: MetricName, stat: MetricAsk['stat'], host?: string) => readonly Point[];

const results = v.object({
  MetricDataResults: v.array(
    v.object({ Id: v.string(), Timestamps: v.array(v.number()), Values: v.array(v.nullable(v.number())) }),
  ),
});

/** All of them in one call. */
export async function readMetrics(
  asks: readonly MetricAsk[],
  { from, to, periodMs }: Periods,
  { service, stack: { region }, env }: Pick<Place, 'service' | 'stack' | 'env'>,
  meter: Meter,
): Promise<Points> {
  const MetricDataQueries = asks.map(({ name, stat, host }, index) => ({
    Id: `m${index}`,
    MetricStat: {
      Metric: { Namespace: METRICS_NAMESPACE, MetricName: name, Dimensions: dimensions(service, host) },
      Period: periodMs / 1000,
      Stat: stat,
    },
  }));
  const body = { StartTime: Math.floor(from / 1000), EndTime: Math.ceil(to / 1000), MetricDataQueries };
  meter.charge(asks.length * USD.metric);
  const target = 'GraniteServiceVersion20100801.GetMetricData';
  const json = await callAwsJson({ service: 'monitoring', region, target, body }, env);
  const { MetricDataResults: found } = v.parse(results, json);
  return (name, stat, host) => {
    const index = asks.findIndex((ask) => ask.name === name && ask.stat === stat && ask.host === host);
    const { Timestamps = [], Values = [] } = found.find(({ Id }) => Id === `m${index}`) ?? {};
    return Timestamps.flatMap((seconds, at) => {
      const value = Values[at];
      return value === null || value === undefined ? [] : [{ at: seconds * 1000, value }];
    });
  };
}

const dimensions = (service: string, host: string | undefined) => [
  { Name: DIMENSIONS.service, Value: service },
  ...(host === undefined ? [] : [{ Name: DIMENSIONS.host, Value: host }]),
];

export const total = (points: readonly Point[]): number => points.reduce((sum, { value }) => sum + value, 0);
