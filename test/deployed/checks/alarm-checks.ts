import assert from 'node:assert/strict';
import type { Alarm, AlarmState } from '../../alarm-model/cloudwatch/alarm';
import { alarmName } from '../../alarm-model/cloudwatch/alarm-rule';
import { observed } from '../../alarm-model/cloudwatch/evaluate-alarm';
import type { MetricStore } from '../../alarm-model/cloudwatch/metrics/metric-store';
import { readDescriptions } from '../../alarm-model/cloudwatch/template/read-description';
import { MINUTE_MS, replay, type StateChange } from '../../alarm-model/cloudwatch/replay';
import { ownName, severityOf, type Severity } from '../../alarm-model/incident/severity';
import type { Checks } from '../../checks';
import { startStory, type Faults } from '../alarms/alarm-story';
import { openInbox, type Notice } from '../alarms/inbox';
import { changeState, REGION_NAME, type AlarmMessage } from '../alarms/pager';
import { describeAlarms, readMetrics } from '../alarms/read-cloudwatch';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';
import type { DeployedHostName } from '../stack/test-config';

/** What happens, and which alarms change their state of it. */
interface Act {
  readonly name: string;
  readonly faults: Faults;
  readonly clientsFail?: boolean;
  readonly state: AlarmState;
  readonly alarms: Readonly<Record<string, Tells>>;
}
/** Whom an alarm tells, and what; nobody, where it is only part of another alarm. */
type Tells = { readonly severity: Severity; readonly text: RegExp } | undefined;

/** In which an alarm has to go off. */
const MINUTES = 5;
/** Long enough ago that no minute of the story is still to come. */
const BEFORE_MS = 90 * MINUTE_MS;

/** Symptom, causes, status pages, first command, address in the runbook. */
const brokenFallback = (host: DeployedHostName): Tells => ({
  severity: 'notice',
  text: new RegExp(
    `^Host ${host} fails the canary's checks\\. .+\nLikely: .+\nStatus: https://.+\nFirst: .+ and host="${host}" .+\nRunbook: https://\\S+/documents/\\S*Fallbackbroken\\S*/description\\S+$`,
  ),
});

const UNUSED_FALLBACK = { 'FallbackBroken/bedrock-us-west-2': brokenFallback('bedrock-us-west-2') };
const EVERY_HOST = {
  EndpointBroken: undefined,
  ErrorRate: undefined,
  Exhausted: undefined,
  'FallbackBroken/bedrock-us-east-1': brokenFallback('bedrock-us-east-1'),
  ServiceDown: {
    severity: 'page',
    text: /^Clients of .+ get errors\. The alarms that say why .+\nFirst: curl .+, then aws logs tail \S+ .+\nRunbook: https:\/\/\S+\/documents\/\S*Servicedown\S*\/description\S+$/,
  },
} satisfies Act['alarms'];

const ACTS: readonly Act[] = [
  { name: 'while every host is sound, no alarm goes off', faults: {}, state: 'ALARM', alarms: {} },
  {
    name: 'an unused fallback breaks: clients do not feel it, and a notice names exactly that host within 5 minutes',
    faults: { 'bedrock-us-west-2': { kind: 'refused' } },
    state: 'ALARM',
    alarms: UNUSED_FALLBACK,
  },
  {
    name: 'every host breaks: clients get errors, and one page says so within 5 minutes',
    faults: {
      anthropic: { kind: 'overloaded' },
      'bedrock-us-east-1': { kind: 'throttling' },
      'bedrock-us-west-2': { kind: 'unavailable' },
    },
    clientsFail: true,
    state: 'ALARM',
    alarms: EVERY_HOST,
  },
  {
    name: 'every host is sound again: who was told of the trouble is told of its end',
    faults: {},
    state: 'OK',
    alarms: { ...UNUSED_FALLBACK, ...EVERY_HOST },
  },
];

/** Alarms on what nothing here publishes: Lambda itself, whom only trouble makes speak, and who speaks by the hour or the day. */
const WITHOUT_DATA = [
  ...['Errors', 'Throttles', 'Duration'],
  ...['Credential', 'Billing', 'DrainedHost'],
  ...['DailySpend', 'KeyAge'],
];

/** The alarms as they are read back, over the metrics as they are read back; and what they tell people. */
export async function checkAlarms({ check }: Checks, stage: SetUp, deployment: Deployment): Promise<void> {
  const { aws } = stage;
  const alarms = readDescriptions(await describeAlarms(aws));
  const { Topics = [] } = await aws.sns.listTopics({});
  const inbox = await openInbox(
    aws,
    Topics.map(({ TopicArn = '' }) => TopicArn),
  );
  const story = await startStory(stage, deployment, Math.floor((Date.now() - BEFORE_MS) / MINUTE_MS) * MINUTE_MS);
  try {
    for (const act of ACTS) {
      await check(`alarms: ${act.name}`, async () => {
        const minutes = act.state === 'OK' ? lookBackMinutes(alarms, act) : MINUTES;
        const { began, ended, outcomes } = await story.play(act.faults, minutes);
        assert.deepEqual(
          outcomes.map(({ error }) => error !== undefined),
          outcomes.map(() => act.clientsFail ?? false),
        );
        const metrics = await readMetrics(aws, new Date(story.start), new Date(ended));
        const { changes } = replay(alarms, metrics, story.start + MINUTE_MS, ended);
        const changed = changes.filter((change) => change.at > began && !isFirst(change));
        assert.deepEqual(
          changed.map(({ alarm, to }) => `${to} ${ownName(alarm)}`).sort(),
          Object.keys(act.alarms)
            .map((alarm) => `${act.state} ${alarm}`)
            .sort(),
        );
        const before = inbox.notices.length;
        for (const { alarm, at, to } of changed) {
          const after = (at - began) / MINUTE_MS;
          console.log(`        ${to} ${ownName(alarm)} after ${after} min`);
          await changeState(stage, alarm, to, `The tests' evaluator, after ${after} min`);
        }
        assertTold(act, inbox.notices.slice(before));
      });
    }
    await check('alarms: every other one has seen the metric that it watches', async () => {
      const { began, ended } = await story.play({}, MINUTES);
      const metrics = await readMetrics(aws, new Date(began), new Date(ended));
      assert.deepEqual(blind(alarms, metrics, ended), []);
    });
  } finally {
    await inbox.close();
    await story.close();
  }
}

/** No news: from nothing known to all well. */
const isFirst = ({ from, to }: StateChange): boolean => from === 'INSUFFICIENT_DATA' && to === 'OK';

/** Until all alarms of the act have forgotten what was before it. */
function lookBackMinutes(alarms: readonly Alarm[], act: Act): number {
  const lookBacks = alarms.flatMap((alarm) =>
    alarm.kind === 'metric' && ownName(alarm.name) in act.alarms ? alarm.periodMs * alarm.evaluationPeriods : [],
  );
  return Math.max(...lookBacks) / MINUTE_MS + 1;
}

/** Alarms without a datapoint. One whose metric nobody publishes would be silent in every outage. */
function blind(alarms: readonly Alarm[], metrics: MetricStore, now: number): string[] {
  return alarms
    .filter((alarm) => alarm.kind === 'metric' && observed(alarm, metrics, now).at(-1) === undefined)
    .map(({ name }) => ownName(name))
    .filter((name) => !WITHOUT_DATA.includes(name));
}

/** A person's side of it: the topic that has to do with how urgent it is, and a text that says what to do. */
function assertTold({ state, alarms }: Act, notices: readonly Notice[]): void {
  const told = notices.map(({ Message, ...notice }) => ({ ...notice, ...(JSON.parse(Message) as AlarmMessage) }));
  assert.deepEqual(
    told.map(({ AlarmName, TopicArn }) => [ownName(AlarmName), severityOf(TopicArn)]).sort(),
    Object.entries(alarms)
      .flatMap(([name, tells]) => (tells ? [[name, tells.severity]] : []))
      .sort(),
  );
  for (const { AlarmName, AlarmDescription, NewStateValue, Subject, TriggeringChildren } of told) {
    assert.equal(Subject, `${state}: "${AlarmName}" in ${REGION_NAME}`);
    assert.equal(NewStateValue, state);
    assert.match(AlarmDescription, alarms[ownName(AlarmName)]?.text ?? /^$/);
    for (const { Arn } of TriggeringChildren ?? []) assert.ok(ownName(alarmName(Arn)) in alarms, Arn);
  }
}
