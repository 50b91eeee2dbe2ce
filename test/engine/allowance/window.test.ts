import { Windows } from '../../../lambda/engine/allowance/window';

const window = (zone: string, period: 'daily' | 'weekly' | 'monthly', at: string) => {
  const { name, startsAt, endsAt } = new Windows(zone).of(period, Date.parse(at));
  return [name, new Date(startsAt).toISOString(), new Date(endsAt).toISOString()];
};

it.each([
  ['UTC', 'daily', '2026-11-28T12:00:00Z', '2026-11-28', '2026-11-28T00:00:00.000Z', '2026-11-29T00:00:00.000Z'],
  ['UTC', 'weekly', '2026-11-29T23:59:59Z', '2026-11-23', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ['UTC', 'monthly', '2026-12-31T23:59:59Z', '2026-12-01', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  [
    'Europe/Berlin',
    'daily',
    '2026-11-28T23:30:00Z',
    '2026-11-29',
    '2026-11-28T23:00:00.000Z',
    '2026-11-29T23:00:00.000Z',
  ],
  [
    'America/Los_Angeles',
    'monthly',
    '2026-12-01T07:59:59Z',
    '2026-11-01',
    '2026-11-01T07:00:00.000Z',
    '2026-12-01T08:00:00.000Z',
  ],
  [
    'Asia/Kolkata',
    'weekly',
    '2026-11-29T18:30:00Z',
    '2026-11-30',
    '2026-11-29T18:30:00.000Z',
    '2026-12-06T18:30:00.000Z',
  ],
] as const)('in %s the %s window at %s is that of %s', (zone, period, at, ...expected) => {
  expect(window(zone, period, at)).toEqual(expected);
});

it('a day in which clocks change is 23 or 25 hours long', () => {
  const hours = (at: string): number => {
    const { startsAt, endsAt } = new Windows('Europe/Berlin').of('daily', Date.parse(at));
    return (endsAt - startsAt) / 3_600_000;
  };
  expect([hours('2026-03-29T12:00:00Z'), hours('2026-10-25T12:00:00Z'), hours('2026-06-01T12:00:00Z')]).toEqual([
    23, 25, 24,
  ]);
});

it('a day whose midnight the clock skips begins at its first hour', () => {
  // Cairo goes from 24:00 to 01:00 on the last Friday of April.
  expect(window('Africa/Cairo', 'daily', '2026-04-24T12:00:00Z')).toEqual([
    '2026-04-24',
    '2026-04-23T22:00:00.000Z',
    '2026-04-24T21:00:00.000Z',
  ]);
});

it('the windows of a zone follow each other without a gap, over years', () => {
  const windows = new Windows('America/Havana');
  let at = Date.parse('2026-01-01T12:00:00Z');
  for (let day = 0; day < 800; day += 1) {
    const { endsAt, startsAt } = windows.of('daily', at);
    expect(startsAt).toBeLessThanOrEqual(at);
    expect(endsAt).toBeGreaterThan(at);
    expect(windows.of('daily', endsAt).startsAt).toBe(endsAt);
    at = endsAt + 3_600_000;
  }
});
