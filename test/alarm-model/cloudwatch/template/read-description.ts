import type { Alarm } from '../alarm';
import { readCompositeAlarm, readMetricAlarm } from './read-alarm';

/** What `describe-alarms` adds to an alarm's definition: its identity and its state in the account. */
const STATE = [
  'AlarmArn',
  'AlarmConfigurationUpdatedTimestamp',
  'StateValue',
  'StateReason',
  'StateReasonData',
  'StateUpdatedTimestamp',
  'StateTransitionedTimestamp',
  'EvaluationState',
  'ActionsSuppressedBy',
  'ActionsSuppressedReason',
];

export interface AlarmDescriptions {
  readonly MetricAlarms?: readonly object[];
  readonly CompositeAlarms?: readonly object[];
}

/** The answer of `aws cloudwatch describe-alarms`, or of the SDK. */
export function readDescriptions({ MetricAlarms = [], CompositeAlarms = [] }: AlarmDescriptions): Alarm[] {
  return [
    ...MetricAlarms.map((alarm) => readMetricAlarm(definition(alarm))),
    ...CompositeAlarms.map((alarm) => readCompositeAlarm(definition(alarm))),
  ];
}

const definition = (alarm: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(alarm).filter(([name]) => !STATE.includes(name)));
