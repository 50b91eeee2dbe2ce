import { quantile } from '../../../local/report/quantile';

test.each([
  [0, 1],
  [0.25, 1],
  [0.5, 2],
  [0.51, 10],
  [0.75, 10],
  [0.99, 30],
  [1, 30],
])('a share of %d of 30, 1, 10 and 2 does not exceed %d', (share, expected) => {
  expect(quantile([30, 1, 10, 2], share)).toBe(expected);
});

test('the values stay in their order', () => {
  const values = [3, 1, 2];
  expect(quantile(new Float64Array(values), 0.5)).toBe(2);
  expect(quantile(values, 0.5)).toBe(2);
  expect(values).toEqual([3, 1, 2]);
});

test('there is none of no values', () => {
  expect(quantile([], 0.5)).toBeNaN();
});
