import { SlowStart } from '../../../lambda/engine/health/slow-start';
import { seeded } from '../random';

function used(usualMs: number, requests = 200): SlowStart {
  const random = seeded(1);
  const start = new SlowStart();
  for (let request = 0; request < requests; request += 1) start.isSlow(usualMs * (0.5 + random()));
  return start;
}

test('nothing is slow before it is known what is usual', () => {
  const start = new SlowStart();
  const first = Array.from({ length: 9 }, () => start.isSlow(600_000));
  expect(first).not.toContain(true);
});

test.each([800, 2000, 5000])('three times the usual %i ms is a busy afternoon, and becomes usual', (usualMs) => {
  const start = used(usualMs);
  const afternoon = Array.from({ length: 500 }, () => start.isSlow(3 * usualMs));
  expect(afternoon).not.toContain(true);
  expect(start.isSlow(9 * usualMs)).toBe(false);
});

test.each([800, 2000, 5000])(
  'twenty times the usual %i ms is slow, and stays so for as long as it lasts',
  (usualMs) => {
    const start = used(usualMs);
    const outage = Array.from({ length: 500 }, () => start.isSlow(20 * usualMs));
    expect(outage).not.toContain(false);
    expect(start.isSlow(usualMs)).toBe(false);
  },
);

test('sooner than after eight seconds nobody is better off elsewhere, however quick the host mostly is', () => {
  const start = used(50);
  expect(start.isSlow(8000)).toBe(false);
  expect(start.isSlow(8001)).toBe(true);
});

test('one slow request among usual ones changes nothing for them', () => {
  const start = used(2000);
  for (let times = 0; times < 50; times += 1) start.isSlow(120_000);
  expect(start.isSlow(17_000)).toBe(true);
  expect(start.isSlow(14_000)).toBe(false);
});
