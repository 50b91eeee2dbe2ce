import { requireEnv, type Env } from '../../runtime/require-env';
import { AwsCallError, callAws } from '../call-aws';

export interface Schedule {
  readonly group: string;
  readonly name: string;
  /** Such as `rate(1 minutes)`. */
  readonly expression: string;
  readonly targetArn: string;
  readonly roleArn: string;
  /** What the target is sent, as JSON. */
  readonly input: string;
}

const TIMEOUT_MS = 5000;

/** Makes a schedule, or finds it made. Nothing that it sends is sent again: its next time comes soon. */
export async function createSchedule(schedule: Schedule, env: Env): Promise<void> {
  const { group, name, expression, targetArn, roleArn, input } = schedule;
  const body = {
    ClientToken: name,
    GroupName: group,
    ScheduleExpression: expression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: targetArn,
      RoleArn: roleArn,
      Input: input,
      RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    },
  };
  await tolerating(409, call('POST', `/schedules/${name}`, env, JSON.stringify(body)));
}

/** There is none afterwards, whether there was one or not. */
export async function deleteSchedule(group: string, name: string, env: Env): Promise<void> {
  await tolerating(404, call('DELETE', `/schedules/${name}?groupName=${encodeURIComponent(group)}`, env));
}

function call(method: 'DELETE' | 'POST', path: string, env: Env, body?: string): Promise<Buffer> {
  const region = requireEnv(env, 'AWS_REGION');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const headers = { 'content-type': 'application/json' };
  return callAws({ service: 'scheduler', region, method, path, headers, body, signal }, env);
}

async function tolerating(status: number, answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.status !== status) throw error;
  }
}
