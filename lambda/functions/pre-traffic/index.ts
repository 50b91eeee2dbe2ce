import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { PRE_TRAFFIC_ENV } from '../../../lib/contract';
import { requireEnv } from '../../runtime/require-env';
import { type HookEvent, type HookStatus, reportHook } from '../hooks/report-hook';
import { invokeRouter } from './invoke-router';
import { runHook } from './run-hook';

const { env } = process;
// Outside the handler: a hook that is set up wrongly fails as a whole, and lets nothing pass.
const nextArn = requireEnv(env, PRE_TRAFFIC_ENV.ROUTER_VERSION);
const liveArn = requireEnv(env, PRE_TRAFFIC_ENV.ROUTER_ALIAS);
const probes = v.parse(
  v.array(v.object({ host: v.string(), model: v.string() })),
  JSON.parse(requireEnv(env, PRE_TRAFFIC_ENV.PROBES)),
);

/** CodeDeploy's `BeforeAllowTraffic`. */
export const handler = (event: HookEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<HookStatus> =>
  runHook(event, {
    probes,
    next: (probe) => invokeRouter(nextArn, probe, env),
    live: (probe) => invokeRouter(liveArn, probe, env),
    timeLeftMs: () => context.getRemainingTimeInMillis(),
    // A library for this would be most of the bundle.
    log: (line) => console.log(JSON.stringify(line)),
    report: (hook, status) => reportHook(hook, status, env),
  });
