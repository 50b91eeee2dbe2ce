import * as v from 'valibot';
import { alarmsOn } from '../../aws/alarms-on';
import { callAwsJson } from '../../aws/call-aws-json';
import { requireEnv, type Env } from '../../runtime/require-env';

const events = v.object({ events: v.optional(v.array(v.object({ message: v.string() })), []) });
const report = v.object({ record: v.object({ errorType: v.optional(v.string()), status: v.string() }) });
/** A revision is younger than that when it is looked at. */
const RECENT_MS = 10 * 60_000;

/** Why the last environment did not start: of the kind of error only, because its text may repeat what it was told. */
export async function startFailure(logGroupName: string, env: Env, now = Date.now()): Promise<string | undefined> {
  const found = await callAwsJson(
    {
      service: 'logs',
      region: requireEnv(env, 'AWS_REGION'),
      target: 'Logs_20140328.FilterLogEvents',
      body: {
        logGroupName,
        startTime: now - RECENT_MS,
        filterPattern: '{ $.type = "platform.initReport" && $.record.status = "failure" }',
      },
    },
    env,
  );
  const last = v.parse(events, found).events.at(-1);
  if (last === undefined) return undefined;
  const parsed = v.safeParse(report, JSON.parse(last.message));
  return `its start report says ${(parsed.success && parsed.output.record.errorType) || 'failure'}; see log group ${logGroupName}`;
}

/** Names of those that are on. */
export async function ringing(alarmNames: readonly string[], env: Env): Promise<string[]> {
  if (alarmNames.length === 0) return [];
  return alarmsOn({ AlarmNames: alarmNames, AlarmTypes: ['MetricAlarm'] }, requireEnv(env, 'AWS_REGION'), env);
}
