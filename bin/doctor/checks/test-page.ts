import * as v from 'valibot';
import type { StackDescription } from '../../../lib/contract';
import { callAwsJson } from '../../../lambda/aws/call-aws-json';
import { ok, problem, type Diagnosis } from '../diagnosis';

const SUBJECT = 'test page';
/** CloudWatch acts within seconds. */
const TRIES = 15;
const WAIT_MS = 2000;
/** They also take deployments back. */
const ROLLBACK = /\/(Errors|Exhausted)$/;

const alarm = v.object({
  AlarmName: v.string(),
  StateValue: v.string(),
  AlarmActions: v.optional(v.array(v.string()), []),
});
const alarms = v.object({
  MetricAlarms: v.optional(v.array(alarm), []),
  CompositeAlarms: v.optional(v.array(alarm), []),
});
const history = v.object({ AlarmHistoryItems: v.optional(v.array(v.object({ HistorySummary: v.string() })), []) });

/**
 * Lets CloudWatch itself page: one of the alarms is set to ALARM, and its history says what became of that. A message that the doctor
 * published would prove nothing of CloudWatch's rights. Then the alarm gets its state back, of which the same people hear.
 */
export async function testPage({ region, pageTopic }: StackDescription, wait = pause): Promise<Diagnosis[]> {
  const ask = (operation: string, body: object) =>
    callAwsJson(
      { service: 'monitoring', region, target: `GraniteServiceVersion20100801.${operation}`, body },
      process.env,
    );
  const found = v.parse(
    alarms,
    await ask('DescribeAlarms', { ActionPrefix: pageTopic, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  );
  const paging = [...found.MetricAlarms, ...found.CompositeAlarms].filter(
    ({ AlarmName: name, AlarmActions: actions }) => actions.includes(pageTopic ?? '') && !ROLLBACK.test(name),
  );
  const chosen = paging.find(({ StateValue: state }) => state !== 'ALARM');
  if (chosen === undefined) {
    return [
      paging.length === 0
        ? problem(SUBJECT, 'no alarm tells the page topic', 'Give an alarm severity PAGE, or leave serviceDown on')
        : problem(SUBJECT, 'every alarm that pages is in alarm already', 'Mend what they tell of, then try again'),
    ];
  }
  const { AlarmName, StateValue: before } = chosen;
  const set = (StateValue: string, StateReason: string) => ask('SetAlarmState', { AlarmName, StateValue, StateReason });
  const StartDate = Math.floor(Date.now() / 1000) - 1;
  await set('ALARM', 'A test page, sent by claude-failover doctor. Nothing is wrong.');
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await wait(WAIT_MS);
      const query = { AlarmName, HistoryItemType: 'Action', StartDate, ScanBy: 'TimestampDescending' };
      const items = v.parse(history, await ask('DescribeAlarmHistory', query)).AlarmHistoryItems;
      const summary = items.map(({ HistorySummary }) => HistorySummary).find((text) => text.includes(pageTopic ?? ''));
      if (summary !== undefined) return [judge(summary, AlarmName)];
    }
    return [
      problem(
        SUBJECT,
        `CloudWatch has not acted on ${AlarmName} within half a minute`,
        'Look at its history in the console',
      ),
    ];
  } finally {
    await set(before, 'The test page of claude-failover doctor is over.');
  }
}

const judge = (summary: string, name: string): Diagnosis =>
  summary.startsWith('Successfully')
    ? ok(SUBJECT, `alarm ${name} reached the topic; whoever has confirmed a subscription has it now`)
    : problem(SUBJECT, `alarm ${name}: ${summary}`, 'The check "topics" says which policy does not let CloudWatch in');

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
