import * as v from 'valibot';
import { DIMENSIONS, METRICS_NAMESPACE, type StackDescription } from '../../../lib/contract';
import { callAwsJson } from '../../../lambda/aws/call-aws-json';
import type { Env } from '../../../lambda/runtime/require-env';
import type { AlarmNow } from '../../../console/view/now';
import type { Place } from '../place';
import { type Meter, USD } from '../prices';

const alarm = v.object({
  AlarmName: v.string(),
  StateValue: v.optional(v.string()),
  AlarmDescription: v.optional(v.string(), ''),
  AlarmActions: v.optional(v.array(v.string()), []),
  Namespace: v.optional(v.string()),
  Dimensions: v.optional(v.array(v.object({ Name: v.string(), Value: v.string() })), []),
  StateTransitionedTimestamp: v.optional(v.number()),
  StateUpdatedTimestamp: v.optional(v.number(), 0),
});
const described = v.object({
  MetricAlarms: v.optional(v.array(alarm), []),
  CompositeAlarms: v.optional(v.array(alarm), []),
});
type Alarm = v.InferOutput<typeof alarm>;

/** Names of alarms begin with that of their stack. */
export const prefixOf = (stackName: string): string => `${stackName}/`;
/** The construct's own word for it, without the path. */
export const idOf = (alarmName: string): string => alarmName.split('/').at(-1) ?? alarmName;
export const tellsOf = (actions: readonly string[], { noticeTopic }: StackDescription): AlarmNow['tells'] =>
  noticeTopic !== undefined && actions.includes(noticeTopic) ? 'notice' : 'page';

/** Those that are on, with the text that whoever is paged reads. */
export async function alarmsNow({ stack, name, env }: Place, meter: Meter): Promise<AlarmNow[]> {
  meter.charge(USD.cloudWatchCall);
  const found = await describe(stack, { AlarmNamePrefix: prefixOf(name) }, env);
  const on = found.filter(({ StateValue }) => StateValue === 'ALARM');
  return on.map(({ AlarmName, AlarmDescription, AlarmActions, ...times }) => ({
    id: idOf(AlarmName),
    tells: tellsOf(AlarmActions, stack),
    since: (times.StateTransitionedTimestamp ?? times.StateUpdatedTimestamp) * 1000,
    text: AlarmDescription,
  }));
}

/** What runs the router tells it where that is a function; of any other shape the alarms know. */
export async function serviceOfAlarms(stackName: string, stack: StackDescription, env: Env): Promise<string> {
  const alarms = await describe(stack, { AlarmNamePrefix: prefixOf(stackName) }, env);
  const dimensions = alarms.flatMap((each) => (each.Namespace === METRICS_NAMESPACE ? each.Dimensions : []));
  const service = dimensions.find(({ Name }) => Name === DIMENSIONS.service)?.Value;
  if (service !== undefined) return service;
  throw new Error(
    `stack ${stackName} does not tell by what name its metrics go: it is no Lambda function and has no alarms; switch one alarm on`,
  );
}

async function describe({ region }: StackDescription, which: object, env: Env): Promise<Alarm[]> {
  const body = { ...which, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 };
  const target = 'GraniteServiceVersion20100801.DescribeAlarms';
  const found = v.parse(described, await callAwsJson({ service: 'monitoring', region, target, body }, env));
  return [...found.CompositeAlarms, ...found.MetricAlarms];
}
