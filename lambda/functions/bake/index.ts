import { setTimeout as sleep } from 'node:timers/promises';
import { BAKE_ENV } from '../../../lib/contract';
import { alarmsOn } from '../../aws/alarms-on';
import { requireEnv } from '../../runtime/require-env';
import { type HookEvent, type HookStatus, reportHook } from '../hooks/report-hook';
import { runBake } from './run-bake';

const { env } = process;
// Outside the handler: a hook that is set up wrongly fails as a whole, and lets nothing pass.
const minutes = Number(requireEnv(env, BAKE_ENV.MINUTES));
const AlarmNames = requireEnv(env, BAKE_ENV.ALARMS).split(',');
const region = requireEnv(env, 'AWS_REGION');

/** CodeDeploy's `AfterAllowTraffic`. */
export const handler = (event: HookEvent): Promise<HookStatus> =>
  runBake(event, {
    minutes,
    now: Date.now,
    sleep: (ms) => sleep(ms),
    paging: () => alarmsOn({ AlarmNames }, region, env),
    report: (hook, status) => reportHook(hook, status, env),
    log: (line) => console.log(JSON.stringify(line)),
  });
