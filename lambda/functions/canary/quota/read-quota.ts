import * as v from 'valibot';
import { DIMENSIONS, METRICS, METRICS_NAMESPACE, type RouterConfig } from '../../../../lib/contract';
import { postAwsJson, type Env } from '../../../aws/post-aws';
import type { PerMinute } from './quota';

const PEAK_DAYS = 7;
const DAY_SECONDS = 86_400;
const data = v.object({
  MetricDataResults: v.array(v.object({ Id: v.string(), Values: v.array(v.number()) })),
});
const quota = v.object({ Quota: v.object({ Value: v.number() }) });

/** Of a service: its busiest minutes of the last week, of which CloudWatch still has every one. */
export async function readPeak(service: string, region: string, now: number, env: Env): Promise<PerMinute> {
  const query = (id: string, name: string) => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: METRICS_NAMESPACE,
        MetricName: name,
        Dimensions: [{ Name: DIMENSIONS.service, Value: service }],
      },
      Period: 60,
      Stat: 'Sum',
    },
  });
  const end = Math.floor(now / 1000);
  const json = await postAwsJson(
    'monitoring',
    region,
    'GraniteServiceVersion20100801.GetMetricData',
    {
      StartTime: end - PEAK_DAYS * DAY_SECONDS,
      EndTime: end,
      MetricDataQueries: [query('tokens', METRICS.tokens), query('requests', METRICS.requests)],
    },
    env,
  );
  const { MetricDataResults: results } = v.parse(data, json);
  const peak = (id: string): number | undefined => {
    const values = results.find((result) => result.Id === id)?.Values ?? [];
    return values.length === 0 ? undefined : values.reduce((most, value) => Math.max(most, value));
  };
  return { tokens: peak('tokens'), requests: peak('requests') };
}

/** Quotas of Bedrock are the account's in the host's source region. */
export async function readQuota(config: RouterConfig, name: string, code: string, env: Env): Promise<number> {
  const host = config.hosts.find((each) => each.name === name);
  if (host?.kind !== 'bedrock')
    throw new Error(`host ${name} is not on Bedrock, so that Service Quotas has none of it`);
  const target = 'ServiceQuotasV20190624.GetServiceQuota';
  const json = await postAwsJson(
    'servicequotas',
    host.region,
    target,
    { ServiceCode: 'bedrock', QuotaCode: code },
    env,
  );
  return v.parse(quota, json).Quota.Value;
}
