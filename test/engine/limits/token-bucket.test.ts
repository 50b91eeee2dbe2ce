import { TokenBucket } from '../../../lambda/engine/limits/token-bucket';

test('lets the burst through at once, and then as many as the rate', () => {
  const bucket = new TokenBucket({ rate: 10, burst: 3 }, 0);
  expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 0, 100]);
  expect(bucket.take(99)).toBeCloseTo(1);
  expect(bucket.take(100)).toBe(0);
  expect(bucket.take(100)).toBeCloseTo(100);
});

test('a minute of a hundred requests a second at a rate of seven lets seven a second through, and the burst', () => {
  const bucket = new TokenBucket({ rate: 7, burst: 20 }, 0);
  let through = 0;
  for (let now = 0; now < 60_000; now += 10) if (bucket.take(now) === 0) through += 1;
  expect(through).toBeGreaterThanOrEqual(7 * 60 + 19);
  expect(through).toBeLessThanOrEqual(7 * 60 + 20);
});

test('a clock that is set back neither gives twice nor takes away', () => {
  const bucket = new TokenBucket({ rate: 1, burst: 2 }, 60_000);
  expect(bucket.take(60_000)).toBe(0);
  expect(bucket.take(0)).toBe(0);
  expect(bucket.take(0)).toBe(1000);
  expect(bucket.take(1000)).toBe(0);
});

test('a process with a part of the rate has that part of the burst, and never less than one request', () => {
  const bucket = new TokenBucket({ rate: 10, burst: 20 }, 0);
  bucket.allow(5, 0);
  expect(bucket.burst).toBe(10);
  expect(bucket.left(0)).toBe(10);
  expect(bucket.fullAt(0)).toBe(0);
  bucket.allow(0, 0);
  expect(bucket.left(0)).toBe(1);
  bucket.allow(1000, 0);
  expect(bucket.burst).toBe(20);
});
