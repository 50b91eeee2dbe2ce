import * as v from 'valibot';
import { DIMENSIONS, METRICS, METRICS_NAMESPACE, type RouterConfig } from '../../../../lib/contract';
import { callAwsJson } from '../../../aws/call-aws-json';
import { metricSums, type MetricSum } from '../../../aws/metric-sums';
import type { Env } from '../../../runtime/require-env';
import type { PerMinute } from './quota';

const MINUTE_MS = 60_000;
/** CloudWatch still has every single minute of these, and a week has its busiest day. */
const PEAK_MS = 7 * 24 * 60 * MINUTE_MS;
const quota = v.object({ Quota: v.object({ Value: v.number() }) });

/** Of a service: its busiest minutes of the last week. */
export async function readPeak(service: string, region: string, now: number, env: Env): Promise<PerMinute> {
  const query = {
    namespace: METRICS_NAMESPACE,
    metrics: { tokens: METRICS.tokens, requests: METRICS.requests },
    dimensions: { [DIMENSIONS.service]: service },
    periodMs: MINUTE_MS,
    from: now - PEAK_MS,
    to: now,
  };
  const sums = await metricSums(query, region, env);
  return { tokens: highest(sums('tokens')), requests: highest(sums('requests')) };
}

function highest(sums: readonly MetricSum[]): number | undefined {
  // Not as arguments of one call: a week has more minutes than a call takes.
  return sums.length === 0 ? undefined : sums.reduce((most, { value }) => Math.max(most, value), 0);
}

/** Quotas of Bedrock are the account's in the host's source region. */
export async function readQuota(config: RouterConfig, name: string, code: string, env: Env): Promise<number> {
  const host = config.hosts.find((each) => each.name === name);
  if (host?.kind !== 'bedrock')
    throw new Error(`host ${name} is not on Bedrock, so that Service Quotas has none of it`);
  const target = 'ServiceQuotasV20190624.GetServiceQuota';
  const body = { ServiceCode: 'bedrock', QuotaCode: code };
  const json = await callAwsJson({ service: 'servicequotas', region: host.region, target, body }, env);
  return v.parse(quota, json).Quota.Value;
}
