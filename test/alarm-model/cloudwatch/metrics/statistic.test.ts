import { readStatistic } from './statistic';

const of = (name: string, values: number[]): number | undefined => readStatistic(name)(values);

test.each([
  ['Sum', 12],
  ['Average', 3],
  ['Minimum', 1],
  ['Maximum', 6],
  ['SampleCount', 4],
  ['p50', 2],
  ['p99', 6],
  ['p0', 1],
  ['p100', 6],
])('%s of 3, 1, 6 and 2 is %d', (name, expected) => {
  expect(of(name, [3, 1, 6, 2])).toBe(expected);
});

test('the 99th percentile of 100 values leaves one out', () => {
  const values = Array.from({ length: 100 }, (_, at) => at + 1);
  expect(of('p99', values)).toBe(99);
  expect(of('p99.9', values)).toBe(100);
});

test('a period without values has no statistic, also no sum of 0', () => {
  for (const name of ['Sum', 'SampleCount', 'p90']) expect(of(name, [])).toBeUndefined();
});

test.each(['tm90', 'IQM', 'PR(:300)', 'p101', 'sum'])('%s is refused', (name) => {
  expect(() => readStatistic(name)).toThrow(`statistic "${name}"; modelled are Sum, Average`);
});
