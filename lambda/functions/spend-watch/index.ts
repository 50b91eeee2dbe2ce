import { ENV, SPEND_METRICS, SPEND_OF_MONTH } from '../../../lib/contract';
import { publishMetric } from '../../gateway/telemetry/publish-metric';
import { requireEnv } from '../../runtime/require-env';
import { readSpend } from './read-spend';
import { monthBegan, spendSince } from './spend-of-month';
import { spendPeriod, spendRatio } from './spend-ratio';

const { env } = process;

/** Once an hour. An alarm of CloudWatch cannot hold one day against seven others: it takes all that it looks at alike. */
export const handler = async (): Promise<void> => {
  const now = Date.now();
  const month = env[SPEND_OF_MONTH] === 'true' ? monthBegan(now) : undefined;
  const period = { from: Math.min(spendPeriod(now).from, month ?? Infinity), to: now };
  const spend = await readSpend(requireEnv(env, ENV.SERVICE), requireEnv(env, 'AWS_REGION'), period, env);
  const ratio = spendRatio(spend, now);
  // No datapoint is no alarm: a young router has nothing to be compared with.
  if (ratio !== undefined) publishMetric(env, SPEND_METRICS.ratio, ratio);
  if (month !== undefined) publishMetric(env, SPEND_METRICS.month, spendSince(month, spend));
};
