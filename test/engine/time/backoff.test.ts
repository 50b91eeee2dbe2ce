import fc from 'fast-check';
import { fullJitter } from '../../../lambda/engine/time/backoff';

test('a wait is drawn evenly from nothing to its limit', () => {
  expect([0, 0.25, 0.999].map((random) => fullJitter(500, () => random))).toEqual([0, 125, 499.5]);
});

test('a wait never reaches its limit and is never negative', () => {
  fc.assert(
    fc.property(fc.nat(600_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (limit, random) => {
      const wait = fullJitter(limit, () => random);
      return wait >= 0 && wait <= limit;
    }),
  );
});
