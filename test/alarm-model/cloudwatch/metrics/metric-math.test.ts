import { readExpression } from './expression';
import { evaluate } from './metric-math';
import type { Series } from './series';

const _ = undefined;

/** `-` in the documentation's examples is `_` here. */
function result(text: string, metrics: Readonly<Record<string, Series>>): unknown {
  const value = (id: string): Series => {
    const series = metrics[id];
    if (series === undefined) throw new Error(`no metric ${id}`);
    return series;
  };
  return evaluate(readExpression(text), { value, metricIds: Object.keys(metrics) });
}

describe('the examples of "Using metric math"', () => {
  const metrics = { metric1: [30, 20, 0, 0], metric2: [20, _, 20, _] };
  test.each([
    ['(metric1 < metric2)', [0, 0, 1, 0]],
    ['(metric1 >= 30)', [1, 0, 0, 0]],
    ['(metric1 > 15 AND metric2 > 15)', [1, 0, 0, 0]],
    ['metric1 > 15 && metric2 > 15', [1, 0, 0, 0]],
  ])('%s', (text, expected) => {
    expect(result(text, metrics)).toEqual(expected);
  });

  const condition = { metric1: [1, 1, 0, 0, _], metric2: [30, _, 0, 0, 30], metric3: [0, 0, 20, _, 20] };
  test.each([
    ['IF(metric1, metric2, metric3)', [30, 0, 20, _, _]],
    ['IF(metric1, 5, metric3)', [5, 5, 20, _, _]],
    ['IF(metric1, metric2, 5)', [30, 0, 5, 5, _]],
    ['IF(metric1, metric2)', [30, 0, _, _, _]],
    ['IF(1, metric2, metric3)', [30, _, 0, 0, 30]],
    ['IF(0, metric2, metric3)', [0, 0, 20, _, 20]],
  ])('%s', (text, expected) => {
    expect(result(text, condition)).toEqual(expected);
  });

  const errors = { errors4xx: [1, _, _], errors5xx: [2, 3, _], requests: [100, 10, _] };
  test.each([
    ['SUM(METRICS("errors"))/SUM(METRICS("requests"))*100', [3, 30, _]],
    ['SUM([METRICS("4xx"), METRICS("5xx")])', [3, 3, _]],
    ['SUM(-[errors4xx, errors5xx])', [-3, -3, _]],
    ['AVG([errors4xx,errors5xx]/requests)', [0.015, 0.15, _]],
    ['AVG(METRICS())', [103 / 3, 13 / 3, _]],
    ['MAX(METRICS())', [100, 10, _]],
    ['MIN(METRICS())', [1, 3, _]],
    ['FILL(errors4xx, 10)', [1, 10, 10]],
    ['FILL(errors4xx, requests)', [1, 10, _]],
    ['SUM(FILL(METRICS(), 0))', [103, 13, 0]],
  ])('%s', (text, expected) => {
    expect(result(text, errors)).toEqual(expected);
  });
});

test.each([
  ['a + b', [3, 1, 2, _]],
  ['a - b', [-1, 1, -2, _]],
  ['2 * a', [2, 2, _, _]],
  ['-a', [-1, -1, _, _]],
  ['a == 1', [1, 1, _, _]],
  ['a == 1 OR b == 2', [1, 1, 1, _]],
])(
  '%s treats a missing value as 0 where the other one has a value, and has none where neither has',
  (text, expected) => {
    expect(result(text, { a: [1, 1, _, _], b: [2, _, 2, _] })).toEqual(expected);
  },
);

test('a division by zero drops the point', () => {
  expect(result('a / b', { a: [4, 4, 4], b: [2, 0, _] })).toEqual([2, _, _]);
});

test('stronger operators bind first, equal ones from the left, and brackets before all', () => {
  const metrics = { a: [10], b: [4], c: [2] };
  expect(result('a - b - c * 2', metrics)).toEqual([2]);
  expect(result('a - (b - c) * 2', metrics)).toEqual([6]);
  expect(result('a / b / c', metrics)).toEqual([1.25]);
  expect(result('a > b AND b > c OR a == 0', metrics)).toEqual([1]);
  expect(result('a + b >= 14', metrics)).toEqual([1]);
});

test('a guard against few requests keeps a small sample from counting, and silence stays missing', () => {
  const text = 'IF(requests >= 5, 100 * exhausted / requests, 0)';
  expect(result(text, { requests: [4, 10, _], exhausted: [4, 5, _] })).toEqual([0, 50, _]);
});

test.each([
  ['SUM(a)', 'SUM of one time series: CloudWatch advises against it in alarms'],
  ['RUNNING_SUM(a)', 'function RUNNING_SUM; modelled are IF, FILL'],
  ["SEARCH('{N,Host} Failures', 'Sum', 60)", `"'{N,Host} Failures', 'Sum', 60)" in`],
  ['ANOMALY_DETECTION_BAND(a, 2)', 'function ANOMALY_DETECTION_BAND'],
  ['FILL(a, REPEAT)', '")" instead of ( in'],
  ['a ^ 2', '"^ 2" in "a ^ 2"'],
  ['a +', '"the end" instead of a value'],
  ['(a', '"the end" instead of ) in "(a"'],
  ['a b', '"b" instead of the end'],
  ['IF(a)', 'IF of 1 arguments'],
  ['METRICS() + METRICS()', '+ between two lists of time series'],
  ['"a"', 'the text "a" outside METRICS'],
  ['1 / 0', 'a number divided by 0'],
  ['', '"the end" instead of a value'],
])('%s is refused', (text, message) => {
  expect(() => result(text, { a: [1] })).toThrow(message);
});
