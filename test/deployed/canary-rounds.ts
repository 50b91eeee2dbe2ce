import type { GetScheduleCommandOutput, Target } from '@aws-sdk/client-scheduler';
import { json } from 'node:stream/consumers';
import { CANARY_ENV, type CanarySettings } from '../../lib/contract';
import { putEmf } from './emf';
import { maySchedule } from './iam/aws-acts';
import { readFunction, type DeployedFunction } from './runtime/deployed-function';
import type { SetUp } from './set-up';

/** The canary as it is deployed, with its schedule. */
export interface DeployedCanary {
  /** Schedules in the account. */
  readonly schedules: number;
  readonly schedule: GetScheduleCommandOutput;
  readonly target: Target;
  readonly fn: DeployedFunction;
  readonly settings: CanarySettings;
}

export async function readCanary({ aws, tools, scratch }: SetUp): Promise<DeployedCanary> {
  const { Schedules = [] } = await aws.scheduler.listSchedules({});
  const schedule = await aws.scheduler.getSchedule({ Name: Schedules[0]?.Name });
  const { Target: target } = schedule;
  if (target === undefined) throw new Error('the schedule of the canary calls nothing');
  const fn = await readFunction(aws, tools.python, target.Arn ?? '', scratch);
  const settings = JSON.parse(fn.environment[CANARY_ENV.SETTINGS] ?? '{}') as CanarySettings;
  return { schedules: Schedules.length, schedule, target, fn, settings };
}

/** A process of the canary. */
export interface CanaryRounds {
  /** One round on the input of its schedule, due at that time, whose metrics are put at that time. Gives what it printed. */
  round(due: Date): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `url`: of the gateway, where the canary asks the endpoint. */
export async function startCanary(
  stage: SetUp,
  { target, fn, settings }: DeployedCanary,
  url: string,
): Promise<CanaryRounds> {
  await maySchedule(stage.iam, target);
  const lines: string[] = [];
  // The one thing that is not as deployed: the name of API Gateway's endpoint leads nowhere here.
  const here = { ...settings, endpoint: { ...settings.endpoint, url } };
  const canary = await stage.start(fn.arn, {
    onLine: (line) => lines.push(line),
    environment: { [CANARY_ENV.SETTINGS]: JSON.stringify(here) },
  });
  return {
    async round(due) {
      const input = (target.Input ?? '').replace('<aws.scheduler.scheduled-time>', due.toISOString());
      await json(await canary.invoke(JSON.parse(input) as object));
      const printed = lines.splice(0);
      await putEmf(stage.aws, printed, due);
      return printed;
    },
    close: () => canary.close(),
  };
}
