import type { CompositeAlarm, MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Aws } from '../aws';
import { mayPage } from '../iam/aws-acts';
import type { SetUp } from '../set-up';
import { describeAlarms } from './read-cloudwatch';
import { ACCOUNT } from '../stack/test-config';

/** What an alarm sends to its topics: the members that are the same for both types of alarms. */
export interface AlarmMessage {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly NewStateValue: StateValue;
  readonly OldStateValue: StateValue;
  /** Of a composite alarm. */
  readonly TriggeringChildren?: readonly { readonly Arn: string }[];
}

/** CloudWatch writes a region out. */
export const REGION_NAME = 'US East (N. Virginia)';

/**
 * What CloudWatch does when an alarm changes its state. The emulator sets the state and tells nobody, so the message goes from here to
 * the topics that are read back, in the form of AWS's "Schema of Amazon SNS notifications when alarms change state".
 */
export async function changeState(
  { aws, iam }: Pick<SetUp, 'aws' | 'iam'>,
  alarmName: string,
  to: StateValue,
  reason: string,
): Promise<void> {
  const { StateValue: before } = await describe(aws, alarmName);
  await aws.cloudWatch.setAlarmState({ AlarmName: alarmName, StateValue: to, StateReason: reason });
  const alarm = await describe(aws, alarmName);
  const Message = JSON.stringify({
    AlarmName: alarm.AlarmName,
    AlarmDescription: alarm.AlarmDescription,
    AWSAccountId: ACCOUNT,
    NewStateValue: alarm.StateValue,
    NewStateReason: alarm.StateReason,
    StateChangeTime: amazonTime(alarm.StateUpdatedTimestamp),
    Region: REGION_NAME,
    AlarmArn: alarm.AlarmArn,
    OldStateValue: before,
    OKActions: alarm.OKActions,
    AlarmActions: alarm.AlarmActions,
    InsufficientDataActions: alarm.InsufficientDataActions,
    ...('AlarmRule' in alarm ? await compositePart(aws, alarm) : metricPart(alarm)),
  });
  const Subject = `${alarm.StateValue}: "${alarm.AlarmName}" in ${REGION_NAME}`;
  for (const TopicArn of actionsOf(alarm)) {
    await mayPage(iam, alarm.AlarmArn, TopicArn);
    await aws.sns.publish({ TopicArn, Subject, Message });
  }
}

async function describe(aws: Aws, name: string): Promise<MetricAlarm | CompositeAlarm> {
  const { MetricAlarms, CompositeAlarms } = await describeAlarms(aws, { AlarmNames: [name] });
  const [alarm] = [...MetricAlarms, ...CompositeAlarms];
  if (alarm === undefined) throw new Error(`there is no alarm ${name}`);
  return alarm;
}

function actionsOf(alarm: MetricAlarm | CompositeAlarm): readonly string[] {
  const { ActionsEnabled, StateValue, AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = alarm;
  if (!ActionsEnabled || StateValue === undefined) return [];
  return { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions }[StateValue];
}

function metricPart(alarm: MetricAlarm) {
  const { MetricName, Namespace, Statistic, Dimensions = [], Metrics, Period } = alarm;
  const { EvaluationPeriods, DatapointsToAlarm, ComparisonOperator, Threshold, TreatMissingData } = alarm;
  return {
    AlarmConfigurationUpdatedTimestamp: amazonTime(alarm.AlarmConfigurationUpdatedTimestamp),
    Trigger: {
      MetricName,
      Namespace,
      StatisticType: Statistic && 'Statistic',
      Statistic: Statistic?.toUpperCase(),
      Unit: null,
      Dimensions: Dimensions.map(({ Name, Value }) => ({ value: Value, name: Name })),
      // Instead of the above, where it compares an expression.
      Metrics,
      Period,
      EvaluationPeriods,
      DatapointsToAlarm,
      ComparisonOperator,
      Threshold,
      TreatMissingData,
      EvaluateLowSampleCountPercentile: '',
    },
  };
}

async function compositePart(aws: Aws, { AlarmRule = '' }: CompositeAlarm) {
  const { MetricAlarms } = await describeAlarms(aws, { StateValue: 'ALARM' });
  const children = MetricAlarms.filter(({ AlarmArn = '' }) => AlarmRule.includes(`"${AlarmArn}"`));
  return {
    AlarmRule,
    TriggeringChildren: children.map(({ AlarmArn, StateValue, StateUpdatedTimestamp }) => ({
      Arn: AlarmArn,
      State: { Value: StateValue, Timestamp: amazonTime(StateUpdatedTimestamp) },
    })),
  };
}

const amazonTime = (time: Date | undefined): string | undefined => time?.toISOString().replace('Z', '+0000');
