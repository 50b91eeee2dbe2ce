import { SlowStart } from '../../../lambda/engine/health/slow-start';
import { seeded } from '../../../bench/scale/simulation/random';

const PATIENCE_MS = 30_000;
const START = 1_700_000_000_000;

/** A link that is asked every second. */
function link() {
  const start = new SlowStart();
  let now = START;
  return (firstContentMs: number, isLearning = true): boolean =>
    start.isSlow(firstContentMs, PATIENCE_MS, isLearning, (now += 1000));
}

function used(usualMs: number, requests = 200) {
  const random = seeded(1);
  const isSlow = link();
  for (let request = 0; request < requests; request += 1) isSlow(usualMs * (0.5 + random()));
  return isSlow;
}

test('before it is known what is usual, half of the patience is too much', () => {
  const isSlow = link();
  expect([14_999, 15_001, 2000].map((ms) => isSlow(ms))).toEqual([false, true, false]);
});

test('a host that always takes its time is not slow for long', () => {
  const isSlow = link();
  const answers = Array.from({ length: 50 }, () => isSlow(25_000));
  expect(answers.filter(Boolean)).toHaveLength(10);
});

test.each([800, 2000, 5000])(
  'three times the usual %i ms is a busy afternoon, and becomes usual in time',
  (usualMs) => {
    const isSlow = used(usualMs);
    const hour = Array.from({ length: 3600 }, () => isSlow(3 * usualMs));
    expect(hour).not.toContain(true);
    expect(isSlow(9 * usualMs)).toBe(false);
  },
);

test.each([800, 2000, 5000])(
  'twenty times the usual %i ms is slow, and stays so for as long as it lasts',
  (usualMs) => {
    const isSlow = used(usualMs);
    const outage = Array.from({ length: 500 }, () => isSlow(20 * usualMs));
    expect(outage).not.toContain(false);
    expect(isSlow(usualMs)).toBe(false);
  },
);

test('the first of a slow minute, which are the least slow, do not make the others usual', () => {
  const isSlow = used(1000);
  for (let ms = 1000; ms <= 8000; ms += 100) isSlow(ms);
  expect(isSlow(20_000)).toBe(true);
});

test('sooner than after eight seconds nobody is better off elsewhere, however quick the host mostly is', () => {
  const isSlow = used(50);
  expect(isSlow(8000)).toBe(false);
  expect(isSlow(8001)).toBe(true);
});

test('one slow request among usual ones changes nothing for them', () => {
  const isSlow = used(2000);
  for (let times = 0; times < 50; times += 1) isSlow(120_000);
  expect(isSlow(17_500)).toBe(true);
  expect(isSlow(14_000)).toBe(false);
});

test('nothing that is seen in an outage becomes usual', () => {
  const isSlow = used(1000);
  for (let times = 0; times < 3000; times += 1) isSlow(7000, false);
  expect(isSlow(10_000)).toBe(true);
});
