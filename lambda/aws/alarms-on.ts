import * as v from 'valibot';
import { callAwsJson } from './call-aws-json';
import type { Env } from '../runtime/require-env';

const named = v.optional(v.array(v.object({ AlarmName: v.string() })), []);
const answer = v.object({ MetricAlarms: named, CompositeAlarms: named });

const BOTH = ['MetricAlarm', 'CompositeAlarm'] as const;

/** Alarms of a region, by their names or by how these begin. Who may not look at all of them has to leave out composite ones. */
export type AsksAlarms = ({ readonly AlarmNames: readonly string[] } | { readonly AlarmNamePrefix: string }) & {
  readonly AlarmTypes?: readonly (typeof BOTH)[number][];
};

/** Names of those that are in alarm. */
export async function alarmsOn(which: AsksAlarms, region: string, env: Env, signal?: AbortSignal): Promise<string[]> {
  const body = { AlarmTypes: BOTH, ...which, StateValue: 'ALARM', MaxRecords: 100 };
  const target = 'GraniteServiceVersion20100801.DescribeAlarms';
  const json = await callAwsJson({ service: 'monitoring', region, target, body, signal }, env);
  const { MetricAlarms, CompositeAlarms } = v.parse(answer, json);
  return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName);
}
