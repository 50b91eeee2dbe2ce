import * as v from 'valibot';
import { PRE_TRAFFIC_ENV } from '../../../lib/contract';
import { callAwsJson } from '../../aws/call-aws-json';
import { requireEnv } from '../../runtime/require-env';
import { invokeRouter } from './invoke-router';
import { runHook, type HookEvent, type HookStatus } from './run-hook';

const { env } = process;
// Outside the handler: a hook that is set up wrongly fails as a whole, and lets nothing pass.
const versionArn = requireEnv(env, PRE_TRAFFIC_ENV.ROUTER_VERSION);
const probes = v.parse(
  v.array(v.object({ host: v.string(), model: v.string() })),
  JSON.parse(requireEnv(env, PRE_TRAFFIC_ENV.PROBES)),
);

/** CodeDeploy's `BeforeAllowTraffic`. */
export const handler = (event: HookEvent): Promise<HookStatus> =>
  runHook(event, {
    probes,
    invoke: (probe) => invokeRouter(versionArn, probe, env),
    // A library for this would be most of the bundle.
    log: (line) => console.log(JSON.stringify(line)),
    report: async (hook, status) => {
      const target = 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus';
      const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: lifecycleEventHookExecutionId } = hook;
      const body = { deploymentId, lifecycleEventHookExecutionId, status };
      await callAwsJson({ service: 'codedeploy', region: requireEnv(env, 'AWS_REGION'), target, body }, env);
    },
  });
