import { TRACE } from '../../../bench/trace/trace';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(TRACE.services.map((service, index) => [index === 0 ? 'chat' : 'completion of code', service] as const))(
  'the sample of the %s',
  (_, { perSecond, sample, whole }) => {
    it('has every arrival of the hour', () => {
      expect(perSecond).toHaveLength(TRACE.seconds);
      expect(perSecond.reduce((sum, requests) => sum + requests, 0)).toBe(whole.requests);
    });

    it('has the contexts and answers of the whole, within 2 %', () => {
      const error = (values: readonly number[], expected: number): number => Math.abs(mean(values) / expected - 1);
      expect(
        error(
          sample.map(({ context }) => context),
          whole.meanContext,
        ),
      ).toBeLessThan(0.02);
      expect(
        error(
          sample.map(({ generated }) => generated),
          whole.meanGenerated,
        ),
      ).toBeLessThan(0.02);
    });

    it('comes over the whole hour, in order', () => {
      const seconds = sample.map(({ second }) => second);
      expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
      expect(seconds[0]).toBeLessThan(0.1 * TRACE.seconds);
      expect(seconds.at(-1)).toBeGreaterThan(0.9 * TRACE.seconds);
    });
  },
);
