import { linearScale, logScale } from '../../../local/report/scale';

test('a linear scale goes on beyond its ends, also downwards', () => {
  const y = linearScale([0, 50], [100, 20]);
  expect([0, 25, 50, 75].map(y)).toEqual([100, 60, 20, -20]);
});

test('on a logarithmic one every power of ten has the same room, and what lies outside is at an end', () => {
  const x = logScale([1, 1000], [10, 310]);
  expect([0.1, 1, 10, 100, 1000, 1e6].map((value) => Math.round(x(value)))).toEqual([10, 10, 110, 210, 310, 310]);
});
