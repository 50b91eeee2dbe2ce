import { callAwsJson } from '../../aws/call-aws-json';
import { type Env, requireEnv } from '../../runtime/require-env';

/** What CodeDeploy sends to a hook. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}
export type HookStatus = 'Succeeded' | 'Failed';

/** What CodeDeploy is not told keeps the deployment waiting. */
export async function reportHook(event: HookEvent, status: HookStatus, env: Env): Promise<void> {
  const target = 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus';
  const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: lifecycleEventHookExecutionId } = event;
  const body = { deploymentId, lifecycleEventHookExecutionId, status };
  await callAwsJson({ service: 'codedeploy', region: requireEnv(env, 'AWS_REGION'), target, body }, env);
}
