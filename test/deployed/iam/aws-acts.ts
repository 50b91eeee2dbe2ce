import type { Target } from '@aws-sdk/client-scheduler';
import type { AwsSession } from '../../../local/hosts';
import type { Aws } from '../aws';
import type { DeployedApi } from '../gateway/deployed-api';
import { ACCOUNT, REGION } from '../stack/test-config';
import { SAME_ACCOUNT, type Asked } from './access';
import { keyOfTopic } from './aws-calls';
import type { Iam } from './iam';

/** What AWS's services do for the stack, in their own name or in that of a role that they take. Each fails where the policies do not allow it. */
const SERVICE = 'apigateway.amazonaws.com';

/** API Gateway calls a function for this part of the API. */
export async function mayInvoke(iam: Pick<Iam, 'act'> | undefined, fn: string, api: DeployedApi, part: string) {
  const source = `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.id}/${part}`;
  const context = { ...SAME_ACCOUNT, 'aws:SourceArn': source };
  await iam?.act(SERVICE, { action: 'lambda:InvokeFunction', resource: fn, context });
}

/** API Gateway logs by a role that is one for the whole account and region. */
export async function openApiLog(iam: Iam, { apiGateway }: Aws, { id, stage }: DeployedApi): Promise<void> {
  const { cloudwatchRoleArn } = await apiGateway.getAccount({});
  if (cloudwatchRoleArn === undefined) throw new Error('API Gateway has no role to log by');
  const session = await iam.assume(cloudwatchRoleArn, SERVICE, 'BackplaneAssumeRoleSession');
  const stream = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:API-Gateway-Execution-Logs_${id}/${stage}:log-stream:0`;
  await use(iam, session, { action: 'logs:PutLogEvents', resource: stream });
}

/** EventBridge calls the target of a rule. */
export async function mayFollow(iam: Iam, rule = '', fn = ''): Promise<void> {
  const context = { ...SAME_ACCOUNT, 'aws:SourceArn': rule };
  await iam.act('events.amazonaws.com', { action: 'lambda:InvokeFunction', resource: fn, context });
}

/** EventBridge Scheduler calls its target by a role. */
export async function maySchedule(iam: Iam, { RoleArn = '', Arn = '' }: Target): Promise<void> {
  const session = await iam.assume(RoleArn, 'scheduler.amazonaws.com', 'schedule');
  await use(iam, session, { action: 'lambda:InvokeFunction', resource: Arn });
}

/** CodeDeploy calls the hook of the one deployment group there is. */
export async function mayRunHook(iam: Iam, hook: string): Promise<void> {
  const [group] = (await iam.account()).deploymentGroups;
  const session = await iam.assume(group?.role ?? '', 'codedeploy.amazonaws.com', 'deployment');
  await use(iam, session, { action: 'lambda:InvokeFunction', resource: hook });
}

/** CloudWatch tells a topic of an alarm. */
export async function mayPage(iam: Iam, alarm = '', topic: string): Promise<void> {
  const context = { ...SAME_ACCOUNT, 'aws:SourceArn': alarm };
  const asked = [{ action: 'sns:Publish', resource: topic }, ...keyOfTopic(topic, await iam.account())];
  for (const one of asked)
    await iam.act('cloudwatch.amazonaws.com', { ...one, context: { ...context, ...one.context } });
}

async function use(iam: Iam, session: AwsSession, asked: Asked): Promise<void> {
  const refusal = await iam.refuses(session, [asked], REGION);
  if (refusal !== undefined) throw new Error(refusal);
}
