import { readDescriptions } from './template/read-description';
import { START, store } from './minutes';
import { MINUTE_MS, replay, type Timeline } from './replay';

const ERRORS = { namespace: 'N', name: 'Errors', dimensions: {} };
const REQUESTS = { namespace: 'N', name: 'Requests', dimensions: {} };

const alarm = (AlarmName: string, over: object = {}) => ({
  AlarmName,
  Namespace: 'N',
  MetricName: 'Errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: ['page'],
  OKActions: ['page'],
  ...over,
});

/** Errors by minute; -1 is a minute without data. */
function run(metricAlarms: object[], errors: number[], minutes: number, compositeAlarms: object[] = []): Timeline {
  const byMinute = (values: number[]) => values.map((value) => (value < 0 ? [] : [value]));
  const alarms = readDescriptions({ MetricAlarms: metricAlarms, CompositeAlarms: compositeAlarms });
  const metrics = store([
    [ERRORS, byMinute(errors)],
    [REQUESTS, byMinute(errors.map(() => 10))],
  ]);
  return replay(alarms, metrics, START + MINUTE_MS, START + minutes * MINUTE_MS);
}

/** `minute alarm STATE`, each minute named by what was seen when it was over. */
const changes = (timeline: Timeline): string[] =>
  timeline.changes.map(({ at, alarm: name, to }) => `${(at - START) / MINUTE_MS} ${name} ${to}`);
const told = ({ notifications }: Timeline): string[] =>
  notifications.map(
    ({ at, alarm: name, state, topic, heldBy }) =>
      `${(at - START) / MINUTE_MS} ${name} ${state} ${heldBy === undefined ? `-> ${topic}` : `held by ${heldBy}`}`,
  );

test('a new alarm has insufficient data until it is looked at, and tells of its first state', () => {
  const timeline = run([alarm('a')], [0, 0, 0], 3);
  expect(changes(timeline)).toEqual(['1 a OK']);
  expect(told(timeline)).toEqual(['1 a OK -> page']);
});

test('an alarm on one minute changes with the minute', () => {
  expect(changes(run([alarm('a')], [0, 0, 2, 0, 0], 5))).toEqual(['1 a OK', '3 a ALARM', '4 a OK']);
});

test('a window of five minutes slides by one', () => {
  // "at the end of minute 5 the alarm evaluates based on data from minutes 1 to 5 ... minute 6 ... from minutes 2 to 6"
  const timeline = run([alarm('a', { Period: 300, Threshold: 3 })], [0, 1, 1, 1, 0, 0, 0, 0, 0, 0], 10);
  expect(changes(timeline)).toEqual(['1 a OK', '4 a ALARM', '7 a OK']);
});

test('two of three minutes alarm although the third is quiet', () => {
  const timeline = run([alarm('a', { EvaluationPeriods: 3, DatapointsToAlarm: 2 })], [0, 0, 0, 1, 0, 1, 0, 0, 0], 9);
  expect(changes(timeline)).toEqual(['1 a OK', '6 a ALARM', '7 a OK']);
});

test('silence breaches only after the extra periods that CloudWatch looks back', () => {
  const silent = alarm('a', {
    EvaluationPeriods: 3,
    TreatMissingData: 'breaching',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
  });
  const timeline = run([silent], [1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1], 12);
  expect(changes(timeline).at(-1)).toBe('11 a ALARM');
});

test('an alarm over more than a day is looked at once an hour', () => {
  const day = alarm('a', { Period: 86_400, EvaluationPeriods: 2, DatapointsToAlarm: 1 });
  expect(
    changes(
      run(
        [day],
        Array.from({ length: 130 }, (_, at) => (at === 70 ? 1 : 0)),
        130,
      ),
    ),
  ).toEqual(['60 a OK', '120 a ALARM']);
});

test('an expression is evaluated over the metrics of the alarm', () => {
  const metric = (MetricName: string) => ({ Metric: { Namespace: 'N', MetricName }, Period: 60, Stat: 'Sum' });
  const rate = {
    ...alarm('a', { Threshold: 50 }),
    Metrics: [
      { Id: 'rate', Expression: '100 * share' },
      { Id: 'share', Expression: 'errors / requests', ReturnData: false },
      { Id: 'errors', MetricStat: metric('Errors'), ReturnData: false },
      { Id: 'requests', MetricStat: metric('Requests'), ReturnData: false },
    ],
  };
  expect(changes(run([rate], [0, 4, 5, 0], 4))).toEqual(['1 a OK', '3 a ALARM', '4 a OK']);
  const circle = { ...rate, Metrics: [{ Id: 'rate', Expression: 'rate + errors' }, ...rate.Metrics.slice(2)] };
  expect(() => run([circle], [0], 1)).toThrow('expression "rate" uses itself');
});

test('a composite alarm follows its alarms in the same minute, wherever it stands in the list', () => {
  const composite = { AlarmName: 'c', AlarmRule: 'ALARM("a") AND NOT ALARM("b")', AlarmActions: ['page'] };
  const timeline = run([alarm('a'), alarm('b', { Threshold: 5 })], [0, 2, 7, 2, 0], 5, [
    { AlarmName: 'd', AlarmRule: 'OK("c")' },
    composite,
  ]);
  expect(changes(timeline).filter((change) => / [cd] /.test(change))).toEqual([
    '1 c OK',
    '1 d ALARM',
    '2 c ALARM',
    '2 d OK',
    '3 c OK',
    '3 d ALARM',
    '4 c ALARM',
    '4 d OK',
    '5 c OK',
    '5 d ALARM',
  ]);
});

test('a suppressor holds the page of a part back while the whole is down', () => {
  const part = {
    AlarmName: 'part',
    AlarmRule: 'ALARM("a")',
    AlarmActions: ['page'],
    ActionsSuppressor: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:down',
    ActionsSuppressorWaitPeriod: 60,
    ActionsSuppressorExtensionPeriod: 60,
  };
  const down = alarm('down', { Threshold: 5, OKActions: [] });
  const errors = [0, 0, 0, 0, 2, 5, 5, 0, 0, 0, 2, 2, 0, 0];
  expect(told(run([alarm('a', { AlarmActions: [], OKActions: [] }), down], errors, 14, [part]))).toEqual([
    '5 part ALARM held by WaitPeriod',
    '6 down ALARM -> page',
    '11 part ALARM held by WaitPeriod',
    '12 part ALARM -> page',
  ]);
});

test('alarms that ask alarms which are not there, or each other, are refused', () => {
  const composite = (AlarmName: string, other: string) => ({ AlarmName, AlarmRule: `ALARM("${other}")` });
  expect(() => run([], [], 1, [composite('a', 'b')])).toThrow('alarm a: alarm b is not among the alarms');
  expect(() => run([], [], 1, [composite('a', 'b'), composite('b', 'a')])).toThrow('in a circle: a, b, a');
});

test('a new alarm waits for data as long as its warm-up, and no longer than it has them', () => {
  const silent = (minutes: number) =>
    alarm('silent', {
      EvaluationPeriods: 2,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: minutes },
    });
  const nothing = [-1, -1, -1, -1, -1, -1, -1, -1];
  expect(changes(run([silent(4)], nothing, 8))).toEqual(['5 silent ALARM']);
  expect(changes(run([silent(4)], [-1, -1, 1, 1, 1, 1, 1, 1], 8))).toEqual(['4 silent OK']);
  expect(changes(run([silent(60)], [1, 1, -1, -1, -1, -1, -1, -1], 8))).toEqual(['2 silent OK', '6 silent ALARM']);
});
