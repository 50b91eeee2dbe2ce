import { ENV, type CanarySettings, type HostQuota, type RouterConfig } from '../../../lib/contract';
import { createCanary } from '../../../lambda/functions/canary/create-canary';
import { checkQuotas } from '../../../lambda/functions/canary/quota/quota';
import { readPeak, readQuota } from '../../../lambda/functions/canary/quota/read-quota';
import { createReport } from '../../../lambda/functions/canary/report';
import type { Clock } from '../../../lambda/engine/time/clock';
import type { Transport } from '../../../lambda/hosts/transport/transport';
import { MINUTE_MS } from '../cloudwatch/replay';

interface World {
  readonly clock: Clock;
  readonly random: () => number;
  readonly transport: Transport;
}
type Env = Readonly<Record<string, string>>;

/** What the schedule runs every minute: checks, and once an hour the quotas. */
export function simulatedCanary(
  config: RouterConfig,
  settings: CanarySettings,
  env: Env,
  { clock, random, transport }: World,
): (round: number) => Promise<void> {
  const report = createReport(env);
  const { canary } = createCanary(config, settings, env, report, clock, random, transport);
  return async (round) => {
    await canary.round(Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS);
    if (round % 60 !== 0) return;
    await checkQuotas({
      quotas: settings.quotas,
      readPeak: () => readPeak(env[ENV.SERVICE]!, env['AWS_REGION']!, clock.now(), env),
      readQuota: (host, code) => readQuota(config, host, code, env),
      headroom: report.headroom,
      trouble: report.trouble,
    });
  };
}

export const quotasOf = (requestsPerMinute: Readonly<Record<string, number>>): HostQuota[] =>
  Object.entries(requestsPerMinute).map(([host, quota]) => ({ host, requestsPerMinute: quota }));
