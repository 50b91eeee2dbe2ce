import type { HealthEntry, OverrideEntry } from '../../lib/contract';
import { outOfBounds } from '../../lambda/gateway/state/health-bounds';
import { Breaker } from '../../lambda/engine/health/breaker';
import { CLASSIFICATION_TABLE } from '../../lambda/hosts/errors/every-error';

const NOW = Date.UTC(2026, 10, 28, 9);
const MINUTE_MS = 60_000;
/** Longest `retry-after` that is obeyed. */
const RETRY_AFTER_MS = MINUTE_MS;

const down = (over: Partial<HealthEntry>): HealthEntry => ({
  type: 'health',
  host: 'anthropic',
  scope: 'm',
  state: 'down',
  until: NOW + 1000,
  reason: 'connection',
  at: NOW,
  ...over,
});
const drain: OverrideEntry = { type: 'override', host: 'anthropic', action: 'drain', until: NOW, at: NOW, by: 'me' };

test.each(CLASSIFICATION_TABLE.map((row) => [`${row.row} ${row.on.join()}`, row] as const))(
  'what row %s may cost a host is believed',
  (_, { reason, cooldownMs = 0, restMs = 0, heedsRetryAfter }) => {
    const until = NOW + Math.max(cooldownMs, restMs, heedsRetryAfter ? RETRY_AFTER_MS : 0);
    expect(outOfBounds(down({ reason, until }), {}, NOW)).toBeUndefined();
  },
);

test.each([{}, { openMs: 600_000 }])(
  'what a breaker of %j may hold at the longest is believed, and no more',
  (config) => {
    const breaker = new Breaker({ ...config, consecutiveFailures: 1 });
    let now = NOW;
    breaker.failed(now);
    for (let probe = 0; probe < 6; probe += 1) {
      now = breaker.until(now);
      breaker.admit(() => 0, now);
      breaker.failed(now, true);
    }
    const until = breaker.until(now);
    expect(outOfBounds(down({ until, at: now }), config, now)).toBeUndefined();
    expect(outOfBounds(down({ until: until + MINUTE_MS + 1, at: now }), config, now)).toMatch(/^host anthropic: down/);
  },
);

test('the canary holds until its next check, and nobody for longer', () => {
  const day = 1441 * MINUTE_MS;
  expect(outOfBounds(down({ writer: 'canary', until: NOW + day }), {}, NOW)).toBeUndefined();
  expect(outOfBounds(down({ until: NOW + day }), {}, NOW)).toContain('at most 80 s');
  expect(outOfBounds(down({ writer: 'canary', until: NOW + 2 * day }), {}, NOW)).toContain('at most 86460 s');
});

test('a reason of a later version is given as long as any', () => {
  const told = down({ reason: 'sk-ant-secret', until: NOW + 15 * MINUTE_MS });
  expect(outOfBounds(told, {}, NOW)).toBeUndefined();
  const endless = outOfBounds({ ...told, until: NOW + 60 * MINUTE_MS }, {}, NOW);
  expect(endless).toBe(
    'host anthropic: down, reason unknown, until 2026-11-28T10:00:00.000Z, and it lasts at most 900 s',
  );
});

test('an operator is believed for a day, whatever the time is there', () => {
  const day = 1440 * MINUTE_MS;
  expect(
    outOfBounds({ ...drain, at: NOW + 30 * MINUTE_MS, until: NOW + 30 * MINUTE_MS + day }, {}, NOW),
  ).toBeUndefined();
  expect(outOfBounds({ ...drain, until: NOW + 7 * day }, {}, NOW)).toContain('host anthropic: drain until 2026-12-05');
});

test('what is yet to be seen is not believed, though it would not last too long', () => {
  const ahead = { reason: 'quota', at: NOW + 5 * MINUTE_MS, until: NOW + 14 * MINUTE_MS };
  expect(outOfBounds(down(ahead), {}, NOW)).toBe(
    'host anthropic: down, quota, seen at 2026-11-28T09:05:00.000Z, which is still to come',
  );
  expect(outOfBounds(down({ ...ahead, at: NOW + MINUTE_MS }), {}, NOW)).toBeUndefined();
});
