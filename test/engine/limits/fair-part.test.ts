import fc from 'fast-check';
import { fairPart } from '../../../lambda/engine/limits/fair-part';

const counts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 });

test('what all processes get adds up to the rate, whatever came to each', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 2000 }), (arrivals, rate) => {
      const all = arrivals.reduce((sum, own) => sum + own, 0);
      const parts = arrivals.map((own) => fairPart(rate, { own, all, processes: arrivals.length }));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(rate, 6);
      // Nobody is kept from what it had, while there is room for all.
      if (all <= rate) for (const [index, own] of arrivals.entries()) expect(parts[index]).toBeGreaterThanOrEqual(own);
    }),
  );
});

test('a process that has just come begins with the part of one among the others', () => {
  expect(fairPart(100, { own: 0, all: 300, processes: 3 })).toBe(25);
  expect(fairPart(100, { own: 0, all: 0, processes: 0 })).toBe(100);
});
