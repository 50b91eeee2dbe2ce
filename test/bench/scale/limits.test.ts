import { burstShare, reachedAt } from '../../../bench/scale/limits';

const steady = (rate: number): Float64Array => new Float64Array(600).fill(rate);

it('a bucket is used up by a rate above its own, or by a burst above its size', () => {
  expect(burstShare(steady(100), 100, 0)).toBeCloseTo(1);
  expect(burstShare(steady(50), 100, 200)).toBeLessThan(0.5);
  const burst = steady(0);
  burst[300] = 300;
  expect(burstShare(burst, 100, 200)).toBeCloseTo(1);
});

it.each([
  ['between two sizes', [0.1, 10], 100],
  ['below the smallest', [2, 200], 5],
  ['above the largest', [0.0001, 0.01], 100_000],
])('a limit is reached %s', (_, [small = NaN, large = NaN], expected) => {
  const shares = [
    { requestsPerMinute: 10, share: small },
    { requestsPerMinute: 1000, share: large },
  ];
  expect(reachedAt(shares)).toBeCloseTo(expected, 0);
});
