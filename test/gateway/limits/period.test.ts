import { spanOf } from '../../../lambda/gateway/limits/period';

test.each([
  ['day', '2026-11-28T23:59:59.999Z', '2026-11-28', '2026-11-29T00:00:00.000Z'],
  ['week', '2026-11-29T12:00:00Z', '2026-11-23', '2026-11-30T00:00:00.000Z'],
  ['week', '2026-11-30T00:00:00Z', '2026-11-30', '2026-12-07T00:00:00.000Z'],
  ['month', '2026-12-31T23:00:00Z', '2026-12-01', '2027-01-01T00:00:00.000Z'],
  ['month', '2028-02-29T00:00:00Z', '2028-02-01', '2028-03-01T00:00:00.000Z'],
] as const)('the %s of %s begins on %s and ends at %s', (period, now, name, end) => {
  const span = spanOf(period, Date.parse(now));
  expect(span.name).toBe(name);
  expect(new Date(span.endsAt).toISOString()).toBe(end);
});
