import { DIMENSIONS, METRICS, METRICS_NAMESPACE } from '../../../lib/contract';
import { metricSums } from '../../aws/metric-sums';
import type { Env } from '../../runtime/require-env';
import { HOUR_MS, type HourlySpend } from './spend-ratio';

/** Hour by hour. Times in milliseconds since the epoch. */
export async function readSpend(
  service: string,
  region: string,
  period: { readonly from: number; readonly to: number },
  env: Env,
): Promise<readonly HourlySpend[]> {
  // The router's own count: a bill comes a day late, and has nothing of hosts outside AWS.
  const query = {
    namespace: METRICS_NAMESPACE,
    metrics: { spend: METRICS.cost },
    dimensions: { [DIMENSIONS.service]: service },
    periodMs: HOUR_MS,
    ...period,
  };
  const sums = await metricSums(query, region, env);
  return sums('spend').map(({ at, value }) => ({ at, usd: value }));
}
