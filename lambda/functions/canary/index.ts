import { ENV, SERVICE_NAME } from '../../../lib/contract';
import { loadConfig } from '../../gateway/config/load-config';
import { requireEnv } from '../../runtime/require-env';
import { systemClock } from '../../runtime/system-clock';
import { createCanary } from './create-canary';
import { checkQuotas } from './quota/quota';
import { readPeak, readQuota } from './quota/read-quota';
import { createReport } from './report';
import { loadSettings } from './settings';

const { env } = process;
const config = await loadConfig(env);
const settings = loadSettings(env);
const report = createReport(env);
const { canary } = createCanary(config, settings, env, report, systemClock, Math.random);

/** What the schedule sends: when it meant to. */
interface RoundEvent {
  readonly scheduledTime?: string;
}

// In memory: a schedule of minutes keeps one environment alive, and quotas change by the week.
const HOUR_MS = 3_600_000;
let quotasAt = 0;

/** Every minute. What it finds is in metrics, log lines and the health table; an error is one of its own. */
export const handler = async ({ scheduledTime }: RoundEvent): Promise<void> => {
  const due = scheduledTime === undefined ? NaN : Date.parse(scheduledTime);
  await canary.round(Number.isNaN(due) ? Date.now() : due);
  // After the round, for which alarms and routers wait.
  const now = Date.now();
  if (now - quotasAt < HOUR_MS) return;
  quotasAt = now;
  await checkQuotas({
    quotas: settings.quotas,
    readPeak: () => readPeak(env[ENV.SERVICE] ?? SERVICE_NAME, requireEnv(env, 'AWS_REGION'), now, env),
    readQuota: (host, code) => readQuota(config, host, code, env),
    headroom: report.headroom,
    trouble: report.trouble,
  });
};
