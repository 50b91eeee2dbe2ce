import * as v from 'valibot';
import { DIMENSIONS, METRICS, METRICS_NAMESPACE } from '../../../lib/contract';
import { postAwsJson } from '../../aws/post-aws';
import { spendPeriod, type HourlySpend } from './spend-ratio';

const answer = v.object({
  MetricDataResults: v.tuple([v.object({ Timestamps: v.array(v.number()), Values: v.array(v.number()) })]),
});

/** Hour by hour, as far back as the ratio looks: few enough points for one answer. */
export async function readSpend(
  service: string,
  region: string,
  now: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly HourlySpend[]> {
  const { from, to } = spendPeriod(now);
  const metric = {
    Namespace: METRICS_NAMESPACE,
    MetricName: METRICS.cost,
    Dimensions: [{ Name: DIMENSIONS.service, Value: service }],
  };
  const json = await postAwsJson(
    'monitoring',
    region,
    'GraniteServiceVersion20100801.GetMetricData',
    {
      StartTime: from / 1000,
      EndTime: to / 1000,
      MetricDataQueries: [{ Id: 'spend', MetricStat: { Metric: metric, Period: 3600, Stat: 'Sum' } }],
    },
    env,
  );
  const { Timestamps, Values } = v.parse(answer, json).MetricDataResults[0];
  return Timestamps.map((seconds, index) => ({ at: seconds * 1000, usd: Values[index] ?? 0 }));
}
