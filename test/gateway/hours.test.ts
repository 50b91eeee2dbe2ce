import { resolveModels } from '../../lib/catalog/resolve';
import type { HoursConfig } from '../../lib/contract';
import type { GatewayRequest } from '../../lambda/engine/gateway';
import { findRoute } from '../../lambda/gateway/plan/route-table';

const opus = resolveModels(['claude-opus-5-5']).models[0]!;

const isOpen = (hours: HoursConfig, at: string): boolean =>
  findRoute(
    [{ hours, chain: ['by-hours'] }, { chain: ['always'] }],
    opus,
    { name: undefined, may: new Set() },
    { headers: {} } as GatewayRequest,
    Date.parse(at),
  ).chain[0] === 'by-hours';

const NIGHT: HoursConfig = { from: '22:00', to: '06:00', zone: 'Europe/Berlin' };

test('hours are by the clock on the wall, in winter and in summer, and the last minute is not in them', () => {
  const day: HoursConfig = { from: '09:00', to: '17:30', zone: 'Europe/Berlin' };
  expect(isOpen(day, '2026-01-14T07:59:59Z')).toBe(false);
  expect(isOpen(day, '2026-01-14T08:00:00Z')).toBe(true);
  expect(isOpen(day, '2026-07-14T07:00:00Z')).toBe(true);
  expect(isOpen(day, '2026-07-14T15:29:59Z')).toBe(true);
  expect(isOpen(day, '2026-07-14T15:30:00Z')).toBe(false);
});

test('hours that end earlier than they begin end on the next day', () => {
  expect(isOpen(NIGHT, '2026-01-14T20:59:59Z')).toBe(false);
  expect(isOpen(NIGHT, '2026-01-14T21:00:00Z')).toBe(true);
  expect(isOpen(NIGHT, '2026-01-14T23:30:00Z')).toBe(true);
  expect(isOpen(NIGHT, '2026-01-15T04:59:59Z')).toBe(true);
  expect(isOpen(NIGHT, '2026-01-15T05:00:00Z')).toBe(false);
});

test('days are those on which the hours begin', () => {
  // 2026-01-16 is a Friday.
  const friday: HoursConfig = { ...NIGHT, days: ['fri'] };
  expect(isOpen(friday, '2026-01-16T04:00:00Z')).toBe(false);
  expect(isOpen(friday, '2026-01-16T22:00:00Z')).toBe(true);
  expect(isOpen(friday, '2026-01-17T04:00:00Z')).toBe(true);
  expect(isOpen(friday, '2026-01-17T22:00:00Z')).toBe(false);
  expect(isOpen({ ...NIGHT, days: ['sun'] }, '2026-01-19T04:00:00Z')).toBe(true);
});

test('when clocks change, an hour that is skipped is not there and one that comes twice counts twice', () => {
  const two: HoursConfig = { from: '02:00', to: '03:00', zone: 'Europe/Berlin' };
  const minutes = (day: string): number =>
    Array.from({ length: 24 * 60 }, (_, minute) => Date.parse(`${day}T00:00:00Z`) + minute * 60_000).filter((at) =>
      isOpen(two, new Date(at).toISOString()),
    ).length;
  expect([minutes('2026-03-29'), minutes('2026-10-25'), minutes('2026-06-01')]).toEqual([0, 120, 60]);
});

test.each([
  ['02:00', '03:00', [0, 60, 60]],
  ['01:00', '02:00', [60, 120, 60]],
  ['22:00', '06:00', [420, 540, 480]],
])('and so do clocks that change elsewhere: New York, %s to %s', (from, to, minutes) => {
  const hours: HoursConfig = { from, to, zone: 'America/New_York' };
  const open = (day: string): number =>
    // From the noon before, so that a night is whole.
    Array.from({ length: 24 * 60 }, (_, minute) => Date.parse(`${day}T12:00:00Z`) - minute * 60_000).filter((at) =>
      isOpen(hours, new Date(at).toISOString()),
    ).length;
  expect(['2026-03-08', '2026-11-01', '2026-06-01'].map(open)).toEqual(minutes);
});

test('a whole day is 00:00 to 24:00', () => {
  const weekend: HoursConfig = { from: '00:00', to: '24:00', zone: 'UTC', days: ['sat', 'sun'] };
  expect(isOpen(weekend, '2026-01-16T23:59:59Z')).toBe(false);
  expect(isOpen(weekend, '2026-01-17T00:00:00Z')).toBe(true);
  expect(isOpen(weekend, '2026-01-18T23:59:59Z')).toBe(true);
  expect(isOpen(weekend, '2026-01-19T00:00:00Z')).toBe(false);
});
