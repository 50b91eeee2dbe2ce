import fc from 'fast-check';
import type { HealthEntry } from '../../../lib/contract';
import type { Failure, Reason } from '../../../lambda/engine/failure/failure';
import type { Verdict } from '../../../lambda/engine/failure/verdict';
import { Health } from '../../../lambda/engine/health/health';

const NOW = 1_700_000_000_000;
const MODEL = 'claude-opus-5-5';
const anyone = () => 0.99;
const refused: Failure = { kind: 'connection', message: 'ECONNREFUSED', elapsedMs: 1 };

const verdict = (reason: Reason, cooldownMs?: number): Verdict => ({
  row: 1,
  action: 'next',
  whenRetriesUsed: 'next',
  reason,
  countsAgainstHealth: cooldownMs === undefined,
  cooldownMs,
  retryAfterMs: undefined,
  refreshCredential: false,
});

/** An environment of a router, and what it has told. */
function environment() {
  const told: HealthEntry[] = [];
  const health = new Health(new Map([['anthropic', {}]]), (entry) => told.push(entry));
  return {
    told,
    health,
    admit: (now: number) => health.admit('anthropic', MODEL, anyone, now),
    fail: (now: number, reason: Reason = 'connection', cooldownMs?: number) =>
      health.failed('anthropic', MODEL, verdict(reason, cooldownMs), refused, now),
    succeed: (now: number) => health.succeeded('anthropic', MODEL, now),
    learn: (news: Partial<HealthEntry>, now: number) => health.learn([{ ...down, ...news } satisfies HealthEntry], now),
    state: (now: number) => health.snapshot(now)[0]?.state ?? 'healthy',
  };
}
const down: HealthEntry = {
  type: 'health',
  host: 'anthropic',
  scope: MODEL,
  state: 'down',
  until: NOW + 10_000,
  reason: 'connection',
  at: NOW,
};

describe('what is told', () => {
  test('a breaker that opens is told once, with the time of its end', () => {
    const { told, fail } = environment();
    for (let i = 0; i < 6; i += 1) fail(NOW + i);
    expect(told).toEqual([{ ...down, until: NOW + 2 + 10_000, at: NOW + 2 }]);
  });

  test('a single failure that may pass is this environment’s luck, and told to nobody', () => {
    const { told, fail } = environment();
    fail(NOW, 'overloaded', 10_000);
    expect(told).toEqual([]);
  });

  test.each<[Reason, number]>([
    ['credential', 60_000],
    ['billing', 900_000],
    ['not-found', 600_000],
    ['rate-limited', 30_000],
  ])('a failure that is sure for everybody is told at once: %s', (reason, cooldownMs) => {
    const { told, fail } = environment();
    fail(NOW, reason, cooldownMs);
    fail(NOW + 1, reason, cooldownMs);
    expect(told).toEqual([{ ...down, reason, until: NOW + cooldownMs }]);
  });

  test('an outage that goes on is told again with each probe that fails, and its end with the one that succeeds', () => {
    const { told, fail, succeed, admit } = environment();
    for (let i = 0; i < 3; i += 1) fail(NOW);
    expect(admit(NOW + 10_000)).toEqual({ admitted: true, probe: true });
    fail(NOW + 10_000);
    expect(admit(NOW + 45_000)).toEqual({ admitted: true, probe: true });
    succeed(NOW + 45_000);
    succeed(NOW + 45_001);
    expect(told.map(({ state, until }) => [state, until - NOW])).toEqual([
      ['down', 10_000],
      ['down', 20_000],
      ['back', 45_000],
    ]);
  });

  test('what was learnt from others is not told on', () => {
    const { told, learn, fail } = environment();
    learn({}, NOW + 1);
    fail(NOW + 2);
    expect(told).toEqual([]);
  });
});

describe('what others tell', () => {
  test('a host that is down for another environment is skipped here, to be tried only as the last resort', () => {
    const { learn, admit } = environment();
    learn({}, NOW + 1000);
    expect(admit(NOW + 9999)).toMatchObject({ admitted: false, reason: 'open', mayTryAnyway: true });
    expect(admit(NOW + 10_000)).toEqual({ admitted: true, probe: true });
  });

  test('a host whose credential another one found expired is not tried at all', () => {
    const { learn, admit } = environment();
    learn({ reason: 'credential' }, NOW + 1000);
    expect(admit(NOW + 9999)).toMatchObject({ admitted: false, reason: 'credential', mayTryAnyway: false });
    expect(admit(NOW + 10_000)).toEqual({ admitted: true, probe: false });
  });

  test('a reason of a later version is one that may pass', () => {
    const { learn, admit } = environment();
    learn({ reason: 'solar-flare' }, NOW);
    expect(admit(NOW)).toMatchObject({ admitted: false, reason: 'open' });
  });

  test('an end that is sooner than the one known changes nothing, and a later one prolongs the outage', () => {
    const { learn, fail, admit } = environment();
    for (let i = 0; i < 3; i += 1) fail(NOW);
    learn({ until: NOW + 5000, at: NOW + 1 }, NOW + 2);
    expect(admit(NOW + 3)).toMatchObject({ until: NOW + 10_000 });
    learn({ until: NOW + 40_000, at: NOW + 2 }, NOW + 3);
    expect(admit(NOW + 4)).toMatchObject({ until: NOW + 40_000 });
  });

  test('an outage that is over, or was seen before the host answered here, changes nothing', () => {
    const { learn, succeed, state } = environment();
    learn({ until: NOW - 1, at: NOW - 20_000 }, NOW);
    expect(state(NOW)).toBe('healthy');
    succeed(NOW + 5000);
    learn({ at: NOW + 4000 }, NOW + 5001);
    expect(state(NOW + 5001)).toBe('healthy');
  });

  test('a host that came back for another environment starts its ramp here at once', () => {
    const { learn, fail, state, told } = environment();
    for (let i = 0; i < 3; i += 1) fail(NOW);
    learn({ state: 'back', at: NOW + 2000 }, NOW + 3000);
    expect(state(NOW + 3000)).toBe('ramping');
    expect(told).toHaveLength(1);
  });

  test('a cooldown ends as well when the host came back', () => {
    const { learn, fail, state } = environment();
    fail(NOW, 'billing', 900_000);
    learn({ state: 'back', at: NOW + 2000 }, NOW + 3000);
    expect(state(NOW + 3000)).toBe('ramping');
  });

  test('a return that was seen before the last failure here is out of date', () => {
    const { learn, fail, state } = environment();
    for (let i = 0; i < 3; i += 1) fail(NOW);
    learn({ state: 'back', at: NOW - 1 }, NOW + 1);
    expect(state(NOW + 1)).toBe('open');
  });

  test('a return is believed once, even from a clock that is ahead', () => {
    const { learn, fail, state } = environment();
    const back = { state: 'back', at: NOW + 60_000 } as const;
    for (let i = 0; i < 3; i += 1) fail(NOW);
    learn(back, NOW + 1000);
    fail(NOW + 2000);
    learn(back, NOW + 6000);
    expect(state(NOW + 6000)).toBe('open');
  });

  test('a probe that is under way is waited for', () => {
    const { learn, fail, admit, succeed, state } = environment();
    for (let i = 0; i < 3; i += 1) fail(NOW);
    expect(admit(NOW + 10_000)).toEqual({ admitted: true, probe: true });
    learn({ until: NOW + 40_000, at: NOW + 14_000 }, NOW + 15_001);
    succeed(NOW + 15_002);
    expect(state(NOW + 15_002)).toBe('ramping');
  });

  test('a host that is not configured here is nobody’s concern', () => {
    const { health } = environment();
    health.learn([{ ...down, host: 'another' }], NOW);
    expect(health.snapshot(NOW)).toEqual([]);
  });
});

/** Eight times `openMs`, the longest that a breaker alone stays open; and what clocks that differ and late reads may add. */
const LONGEST_MS = 8 * 10_000;
const SLACK_MS = 30_000;

test('two environments over a table that loses and delays, with clocks that differ, probe as often as one alone, and both recover', () => {
  const loss = fc.array(fc.boolean(), { minLength: 50, maxLength: 50 });
  fc.assert(
    fc.property(
      fc.integer({ min: -8, max: 8 }),
      fc.integer({ min: 20, max: 400 }),
      fc.integer({ min: 1, max: 30 }),
      loss,
      loss,
      (skewSeconds, outageSeconds, refreshSeconds, lostWrites, lostReads) => {
        const clocks = [0, skewSeconds * 1000];
        let table: HealthEntry | undefined;
        let writes = 0;
        const environments = clocks.map((skew) => {
          const tell = (entry: HealthEntry): void => {
            if (lostWrites[writes++ % lostWrites.length]) return;
            if (table === undefined || isNews(entry, table)) table = entry;
          };
          return { skew, health: new Health(new Map([['anthropic', {}]]), tell) };
        });
        const triedAt: number[] = [0];
        const end = outageSeconds + (LONGEST_MS + SLACK_MS) / 1000 + 90;
        for (let second = 0; second < end; second += 1) {
          for (const [index, each] of environments.entries()) {
            const now = NOW + second * 1000 + each.skew;
            const isRead = (second + index) % refreshSeconds === 0 && !lostReads[second % lostReads.length];
            if (isRead && table) each.health.learn([table], now);
            // A conversation that is in every stage of a ramp.
            if (!each.health.admit('anthropic', MODEL, () => 0, now).admitted) continue;
            triedAt.push(second);
            if (second < outageSeconds) each.health.failed('anthropic', MODEL, verdict('connection'), refused, now);
            else each.health.succeeded('anthropic', MODEL, now);
          }
        }
        // One probes for both, so that a single one of them may wait longer.
        const gaps = triedAt.slice(1).map((second, index) => second - triedAt[index]!);
        expect(Math.max(...gaps) * 1000).toBeLessThanOrEqual(LONGEST_MS + SLACK_MS);
        for (const { health, skew } of environments) {
          expect(health.snapshot(NOW + end * 1000 + skew)[0]?.state).toBe('healthy');
        }
      },
    ),
  );
});

/** The condition under which the store writes. */
function isNews(entry: HealthEntry, known: HealthEntry): boolean {
  if (entry.state === 'down' && known.state === 'down') return known.until < entry.until;
  return known.at < entry.at;
}
