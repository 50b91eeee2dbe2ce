import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Alarm, CompositeAlarm, MetricAlarm } from '../alarm';
import { readMetricAlarm } from './read-alarm';
import { readDescriptions } from './read-description';
import { readTemplate, type Template as TemplateJson } from './read-template';

const metric = new cloudwatch.Metric({
  namespace: 'N',
  metricName: 'M',
  dimensionsMap: { Host: 'a' },
  statistic: 'p99',
});

const failures = new cloudwatch.Metric({ namespace: 'N', metricName: 'Failures', statistic: 'Sum' });

/** What the CDK makes of every form of alarm that is modelled. */
function synthesised(): TemplateJson {
  const stack = new Stack(undefined, 'Stack');
  const topic = new sns.Topic(stack, 'Topic');
  const single = new cloudwatch.Alarm(stack, 'Single', {
    alarmName: 'Stack/Single',
    alarmDescription: 'one metric',
    metric,
    threshold: 1,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
  const rate = new cloudwatch.Alarm(stack, 'Rate', {
    metric: new cloudwatch.MathExpression({
      expression: 'IF(all >= 5, 100 * some / all, 0)',
      usingMetrics: { all: metric, some: failures },
      period: Duration.minutes(1),
    }),
    threshold: 5,
    evaluationPeriods: 1,
  });
  const down = new cloudwatch.CompositeAlarm(stack, 'Down', {
    compositeAlarmName: 'Stack/Down',
    alarmRule: cloudwatch.AlarmRule.allOf(
      single,
      cloudwatch.AlarmRule.not(cloudwatch.AlarmRule.fromAlarm(rate, cloudwatch.AlarmState.OK)),
      cloudwatch.AlarmRule.atLeast(cloudwatch.AlarmState.ALARM, {
        operands: [single, rate],
        threshold: cloudwatch.AtLeastThreshold.percentage(51),
      }),
    ),
    actionsSuppressor: rate,
    actionsSuppressorExtensionPeriod: Duration.minutes(2),
  });
  for (const alarm of [single, rate, down]) alarm.addAlarmAction(new SnsAction(topic));
  return Template.fromStack(stack).toJSON() as TemplateJson;
}

const named = (alarms: readonly Alarm[], name: RegExp): Alarm => alarms.find((alarm) => name.test(alarm.name))!;

test('an alarm on one metric comes out of a template as it was written', () => {
  const alarm = named(readTemplate(synthesised()), /Single/) as MetricAlarm;
  expect(alarm).toMatchObject({
    name: 'Stack/Single',
    description: 'one metric',
    periodMs: 300_000,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: 'breaching',
    metrics: [{ metric: { namespace: 'N', name: 'M', dimensions: { Host: 'a' } } }],
  });
  expect(alarm.actions.ALARM).toEqual([expect.stringMatching(/^Topic/)]);
  expect(alarm.actions.OK).toEqual([]);
  expect([0, 1, 2].map(alarm.breaches)).toEqual([false, true, true]);
});

test('an alarm on an expression has its metrics, and its name is its logical id where it was given none', () => {
  const alarm = named(readTemplate(synthesised()), /^Rate/) as MetricAlarm;
  expect(alarm.metrics.map(({ id, metric: { name } }) => [id, name])).toEqual([
    ['all', 'M'],
    ['some', 'Failures'],
  ]);
  expect(alarm).toMatchObject({
    periodMs: 60_000,
    datapointsToAlarm: 1,
    treatMissingData: 'missing',
    returned: 'expr_1',
  });
});

test('a composite alarm asks alarms by name, although its template does by ARN', () => {
  const alarms = readTemplate(synthesised());
  const down = named(alarms, /Down/) as CompositeAlarm;
  const rate = named(alarms, /^Rate/).name;
  expect([...down.rule.alarms]).toEqual(['Stack/Single', rate]);
  expect(down.suppressor).toEqual({ alarm: rate, waitMs: 60_000, extensionMs: 120_000 });
});

test('alarms that describe-alarms returns are read like those of the template they came from', () => {
  const state = {
    AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:Stack/Single',
    StateValue: 'OK',
    StateReason: 'Unchecked: Initial alarm creation',
    StateUpdatedTimestamp: '2026-11-25T10:00:00.000000+00:00',
  };
  const definition = { EvaluationPeriods: 1, Threshold: 3, ComparisonOperator: 'LessThanThreshold' };
  const [single, down] = readDescriptions({
    MetricAlarms: [
      {
        ...state,
        AlarmName: 'Stack/Single',
        Namespace: 'N',
        MetricName: 'M',
        Statistic: 'Sum',
        Period: 60,
        ...definition,
      },
    ],
    CompositeAlarms: [
      { ...state, AlarmName: 'Stack/Down', AlarmRule: `ALARM("${state.AlarmArn}")`, ActionsEnabled: true },
    ],
  });
  expect([2, 3].map((single as MetricAlarm).breaches)).toEqual([true, false]);
  expect([...(down as CompositeAlarm).rule.alarms]).toEqual(['Stack/Single']);
});

test('an alarm whose actions are switched off tells nobody', () => {
  const [alarm] = readDescriptions({
    CompositeAlarms: [{ AlarmName: 'a', AlarmRule: 'TRUE', ActionsEnabled: false, AlarmActions: ['topic'] }],
  });
  expect(alarm!.actions.ALARM).toEqual([]);
});

const SOUND = {
  AlarmName: 'a',
  Namespace: 'N',
  MetricName: 'M',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};
const stat = (Period: number) => ({ Metric: { Namespace: 'N', MetricName: 'M' }, Period, Stat: 'Sum' });

test.each([
  [{ EvaluationWindow: { WallClockWindow: {} } }, 'EvaluationWindow: Invalid key'],
  [{ ThresholdMetricId: 'band' }, 'ThresholdMetricId: Invalid key'],
  [{ ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }, 'ComparisonOperator: Invalid type'],
  [{ Period: 10 }, 'Period: high-resolution periods are not modelled'],
  [{ Unit: 'Count' }, 'Unit: Invalid key'],
  [{ Statistic: 'TM(10%:90%)' }, 'statistic "TM(10%:90%)"'],
  [{ Namespace: 'AWS/DynamoDB' }, 'missing data has rules of its own'],
  [
    {
      Metrics: [
        { Id: 'm', MetricStat: stat(60) },
        { Id: 'n', MetricStat: stat(300) },
      ],
    },
    '2 different periods',
  ],
  [
    {
      Metrics: [
        { Id: 'm', MetricStat: stat(60) },
        { Id: 'e', Expression: '2 * m' },
      ],
    },
    '2 queries that return data',
  ],
  [{ Metrics: [{ Id: 'm', MetricStat: { ...stat(60), Unit: 'Count' } }] }, 'Metrics.0.MetricStat.Unit: Invalid key'],
])('an alarm with %j is refused', (over, message) => {
  expect(() => readMetricAlarm({ ...SOUND, ...over })).toThrow(message);
});

test.each([
  ['a function', { AlarmName: { 'Fn::Sub': '${AWS::StackName}' } }, {}, 'the intrinsic function Fn::Sub'],
  ['a reference', { AlarmName: { Ref: 'Nothing' } }, {}, 'a reference to Nothing'],
  ['a condition', {}, { Condition: 'IsProduction' }, 'alarm A under condition IsProduction'],
])('%s that is not modelled is refused', (_, properties, resource, message) => {
  const template = { Resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties: properties, ...resource } } };
  expect(() => readTemplate(template)).toThrow(message);
});
