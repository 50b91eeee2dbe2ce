import {
  paginateDescribeAlarms,
  paginateGetMetricData,
  paginateListMetrics,
  type CompositeAlarm,
  type DescribeAlarmsCommandInput,
  type Metric,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { METRICS_NAMESPACE } from '../../../lib/contract';
import { MetricStore } from '../../alarm-model/cloudwatch/metrics/metric-store';
import type { Aws } from '../aws';

export interface DescribedAlarms {
  readonly MetricAlarms: readonly MetricAlarm[];
  readonly CompositeAlarms: readonly CompositeAlarm[];
}

/** Of both types, all pages. */
export async function describeAlarms(
  { cloudWatch: client }: Aws,
  which: DescribeAlarmsCommandInput = {},
): Promise<DescribedAlarms> {
  const MetricAlarms: MetricAlarm[] = [];
  const CompositeAlarms: CompositeAlarm[] = [];
  const request = { ...which, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] } satisfies DescribeAlarmsCommandInput;
  for await (const page of paginateDescribeAlarms({ client }, request)) {
    MetricAlarms.push(...(page.MetricAlarms ?? []));
    CompositeAlarms.push(...(page.CompositeAlarms ?? []));
  }
  return { MetricAlarms, CompositeAlarms };
}

const STATISTICS = ['SampleCount', 'Sum', 'Minimum', 'Maximum'] as const;
type Minute = Partial<Record<(typeof STATISTICS)[number], number>>;

/** What CloudWatch has of the library's metrics, minute by minute. */
export async function readMetrics({ cloudWatch: client }: Aws, from: Date, to: Date): Promise<MetricStore> {
  const metrics = await listMetrics(client);
  const minutes = metrics.map(() => new Map<number, Minute>());
  const queries = metrics.flatMap((Metric, at) =>
    STATISTICS.map((Stat) => ({ Id: `m${at}_${Stat}`, MetricStat: { Metric, Period: 60, Stat } })),
  );
  const request = { MetricDataQueries: queries, StartTime: from, EndTime: to };
  for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, request)) {
    for (const { Id = '', Timestamps = [], Values = [] } of MetricDataResults) {
      const [, index, statistic = ''] = /^m(\d+)_(\w+)$/.exec(Id) ?? [];
      const ofMetric = minutes[Number(index)];
      Timestamps.forEach((time, at) => {
        ofMetric?.set(time.getTime(), { ...ofMetric.get(time.getTime()), [statistic]: Values[at] });
      });
    }
  }
  const store = new MetricStore();
  metrics.forEach(({ Namespace = '', MetricName = '', Dimensions = [] }, at) => {
    const dimensions = Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
    const id = { namespace: Namespace, name: MetricName, dimensions };
    for (const [time, minute] of minutes[at] ?? []) store.add(id, time, valuesOf(minute));
  });
  return store;
}

/** Each once: the emulator names those of two dimensions again and again. */
async function listMetrics(client: Aws['cloudWatch']): Promise<Metric[]> {
  const metrics = new Map<string, Metric>();
  for await (const { Metrics = [] } of paginateListMetrics({ client }, { Namespace: METRICS_NAMESPACE })) {
    for (const metric of Metrics) metrics.set(JSON.stringify(metric), metric);
  }
  return [...metrics.values()];
}

/** The values themselves are not to be had. These have the same count, sum, least and most; only a percentile may be another. */
function valuesOf({ SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 }: Minute): number[] {
  if (SampleCount < 2) return [Sum];
  const others = SampleCount - 2;
  return [Minimum, Maximum, ...Array.from({ length: others }, () => (Sum - Minimum - Maximum) / others)];
}
