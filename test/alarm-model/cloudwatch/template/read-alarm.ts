import * as v from 'valibot';
import { NotModelled, type Alarm, type AlarmActions, type CompositeAlarm, type MetricAlarm } from '../alarm';
import { alarmName, readAlarmRule } from '../alarm-rule';
import { readExpression } from '../metrics/expression';
import type { MetricId } from '../metrics/metric-store';
import { readStatistic } from '../metrics/statistic';

const period = v.pipe(v.number(), v.multipleOf(60, 'high-resolution periods are not modelled'), v.minValue(60));
const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
const seconds = v.pipe(v.number(), v.minValue(0));

const dimensions = v.optional(v.array(v.strictObject({ Name: v.string(), Value: v.string() })), []);
const query = v.strictObject({
  Id: v.string(),
  Label: v.optional(v.string()),
  ReturnData: v.optional(v.boolean(), true),
  Expression: v.optional(v.string()),
  // Of an expression; CloudWatch takes the period of its metrics.
  Period: v.optional(period),
  MetricStat: v.optional(
    v.strictObject({
      Metric: v.strictObject({ Namespace: v.string(), MetricName: v.string(), Dimensions: dimensions }),
      Period: period,
      Stat: v.string(),
    }),
  ),
});

const names = v.optional(v.array(v.string()), []);
const everyAlarm = {
  AlarmName: v.string(),
  AlarmDescription: v.optional(v.string(), ''),
  ActionsEnabled: v.optional(v.boolean(), true),
  AlarmActions: names,
  OKActions: names,
  InsufficientDataActions: names,
};

const COMPARISONS = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
};

const metricAlarm = v.strictObject({
  ...everyAlarm,
  Metrics: v.optional(v.array(query), []),
  Namespace: v.optional(v.string()),
  MetricName: v.optional(v.string()),
  Dimensions: dimensions,
  Statistic: v.optional(v.string()),
  ExtendedStatistic: v.optional(v.string()),
  Period: v.optional(period),
  EvaluationPeriods: wholeNumber,
  DatapointsToAlarm: v.optional(wholeNumber),
  Threshold: v.number(),
  ComparisonOperator: v.picklist(Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[]),
  TreatMissingData: v.optional(v.picklist(['missing', 'ignore', 'breaching', 'notBreaching']), 'missing'),
  WarmUpConfiguration: v.optional(v.strictObject({ WarmUpPeriodDurationInMinutes: wholeNumber })),
});

const compositeAlarm = v.strictObject({
  ...everyAlarm,
  AlarmRule: v.string(),
  ActionsSuppressor: v.optional(v.string()),
  ActionsSuppressorWaitPeriod: v.optional(seconds, 0),
  ActionsSuppressorExtensionPeriod: v.optional(seconds, 0),
});

/** A metric alarm in the words that CloudFormation and the API share. */
export function readMetricAlarm(properties: Readonly<Record<string, unknown>>): MetricAlarm {
  const alarm = parsed(metricAlarm, properties);
  const queries = alarm.Metrics.length > 0 ? alarm.Metrics : [singleMetric(alarm)];
  const fail = (problem: string): never => {
    throw new NotModelled(`alarm ${alarm.AlarmName}: ${problem}`);
  };
  const periods = new Set(queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []));
  if (periods.size !== 1) fail(`metrics with ${periods.size} different periods`);
  const returned = queries.filter(({ ReturnData }) => ReturnData);
  if (returned.length !== 1) fail(`${returned.length} queries that return data`);
  return {
    kind: 'metric',
    ...named(alarm),
    periodMs: [...periods][0]! * 1000,
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
    breaches: (value) => COMPARISONS[alarm.ComparisonOperator](value, alarm.Threshold),
    treatMissingData: alarm.TreatMissingData,
    warmUpMinutes: alarm.WarmUpConfiguration?.WarmUpPeriodDurationInMinutes ?? 0,
    metrics: queries.flatMap(({ Id, MetricStat }) =>
      MetricStat === undefined
        ? []
        : { id: Id, metric: metricId(MetricStat.Metric, fail), statistic: readStatistic(MetricStat.Stat) },
    ),
    expressions: new Map(
      queries.flatMap(({ Id, Expression }) =>
        Expression === undefined ? [] : [[Id, readExpression(Expression)] as const],
      ),
    ),
    returned: returned[0]!.Id,
  };
}

export function readCompositeAlarm(properties: Readonly<Record<string, unknown>>): CompositeAlarm {
  const alarm = parsed(compositeAlarm, properties);
  const { ActionsSuppressor, ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod } = alarm;
  return {
    kind: 'composite',
    ...named(alarm),
    rule: readAlarmRule(alarm.AlarmRule),
    suppressor:
      ActionsSuppressor === undefined
        ? undefined
        : {
            alarm: alarmName(ActionsSuppressor),
            waitMs: ActionsSuppressorWaitPeriod * 1000,
            extensionMs: ActionsSuppressorExtensionPeriod * 1000,
          },
  };
}

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  properties: Readonly<Record<string, unknown>>,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, properties);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  throw new NotModelled(`alarm ${String(properties['AlarmName'])}: ${problems.join('; ')}`);
}

type Query = v.InferOutput<typeof query>;

function singleMetric(alarm: v.InferOutput<typeof metricAlarm>): Query {
  const { Namespace = '', MetricName = '', Dimensions, Statistic, ExtendedStatistic, Period = 0 } = alarm;
  const Metric = { Namespace, MetricName, Dimensions };
  return {
    Id: 'm1',
    ReturnData: true,
    MetricStat: { Metric, Period, Stat: Statistic ?? ExtendedStatistic ?? '' },
  };
}

function metricId(metric: NonNullable<Query['MetricStat']>['Metric'], fail: (problem: string) => never): MetricId {
  const { Namespace, MetricName, Dimensions } = metric;
  if (Namespace === 'AWS/DynamoDB') fail('metrics of AWS/DynamoDB, whose missing data has rules of its own');
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  };
}

function named(
  alarm: v.InferOutput<v.StrictObjectSchema<typeof everyAlarm, undefined>>,
): Pick<Alarm, 'name' | 'description' | 'actions'> {
  const on = (actions: readonly string[]): readonly string[] => (alarm.ActionsEnabled ? actions : []);
  const actions: AlarmActions = {
    ALARM: on(alarm.AlarmActions),
    OK: on(alarm.OKActions),
    INSUFFICIENT_DATA: on(alarm.InsufficientDataActions),
  };
  return { name: alarm.AlarmName, description: alarm.AlarmDescription, actions };
}
