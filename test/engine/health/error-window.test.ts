import fc from 'fast-check';
import { ErrorWindow } from '../../../lambda/engine/health/error-window';

test('no rate is told before there are enough requests', () => {
  const window = new ErrorWindow(60_000);
  for (let i = 0; i < 19; i++) window.record(true, 1000);
  expect(window.rate(20)).toBe(0);
  window.record(false, 1000);
  expect(window.rate(20)).toBe(0.95);
});

test('a clock that is set back loses nothing', () => {
  const window = new ErrorWindow(60_000);
  window.record(true, 500_000);
  window.record(false, 400_000);
  expect(window.rate(1)).toBe(0.5);
});

test('the rate is that of the requests in the last ten buckets, however they are spread', () => {
  const request = fc.record({ wait: fc.nat(20_000), failed: fc.boolean() });
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 200 }), (requests) => {
      const window = new ErrorWindow(60_000);
      const seen: { bucket: number; failed: boolean }[] = [];
      let now = 1_700_000_000_000;
      for (const { wait, failed } of requests) {
        now += wait;
        window.record(failed, now);
        seen.push({ bucket: Math.floor(now / 6000), failed });
      }
      const recent = seen.filter(({ bucket }) => bucket > Math.floor(now / 6000) - 10);
      expect(window.rate(1)).toBeCloseTo(recent.filter(({ failed }) => failed).length / recent.length, 12);
    }),
  );
});
