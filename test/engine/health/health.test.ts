import type { BreakerConfig } from '../../../lib/contract';
import type { Failure, Reason } from '../../../lambda/engine/failure/failure';
import type { Verdict } from '../../../lambda/engine/failure/verdict';
import { Health } from '../../../lambda/engine/health/health';

const NOW = 1_700_000_000_000;
const MODEL = 'claude-opus-5-5';
const anyone = () => 0.99;

const overloaded: Failure = {
  kind: 'http',
  status: 529,
  headers: { 'request-id': 'req_1' },
  body: new TextEncoder().encode('{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'),
  facts: { source: 'anthropic', type: 'overloaded_error', code: undefined, message: 'Overloaded' },
};

function verdict(reason: Reason, cooldownMs: number | undefined, countsAgainstHealth: boolean): Verdict {
  return {
    row: 1,
    action: 'next',
    whenRetriesUsed: 'next',
    reason,
    countsAgainstHealth,
    cooldownMs,
    retryAfterMs: undefined,
    refreshCredential: false,
  };
}

function createHealth(): Health {
  return new Health(
    new Map<string, BreakerConfig>([
      ['anthropic', {}],
      ['bedrock', { consecutiveFailures: 1 }],
    ]),
  );
}

test('a host nobody has tried yet is admitted', () => {
  expect(createHealth().admit('anthropic', MODEL, anyone, NOW)).toEqual({ admitted: true, probe: false });
});

test('a cooling host is skipped with the reason, the end and its own last error', () => {
  const health = createHealth();
  health.failed('anthropic', MODEL, verdict('overloaded', 10_000, true), overloaded, NOW);
  expect(health.admit('anthropic', MODEL, anyone, NOW + 9999)).toEqual({
    admitted: false,
    reason: 'overloaded',
    until: NOW + 10_000,
    mayTryAnyway: true,
    failure: overloaded,
  });
  expect(health.admit('anthropic', MODEL, anyone, NOW + 10_000).admitted).toBe(true);
});

test('a cooldown is never shortened, neither by a shorter one nor by a success', () => {
  const health = createHealth();
  health.failed('anthropic', MODEL, verdict('billing', 900_000, false), overloaded, NOW);
  health.failed('anthropic', MODEL, verdict('overloaded', 10_000, false), overloaded, NOW + 1);
  health.succeeded('anthropic', MODEL, NOW + 2);
  expect(health.admit('anthropic', MODEL, anyone, NOW + 899_999)).toMatchObject({ reason: 'billing', admitted: false });
});

test('one model cooling on a host leaves its other models alone', () => {
  const health = createHealth();
  health.failed('anthropic', MODEL, verdict('not-found', 600_000, false), overloaded, NOW);
  expect(health.admit('anthropic', 'claude-haiku-4-5', anyone, NOW).admitted).toBe(true);
});

test('failures that say nothing about the host never open its breaker', () => {
  const health = createHealth();
  for (let i = 0; i < 50; i++)
    health.failed('anthropic', MODEL, verdict('incompatible', undefined, false), overloaded, NOW);
  expect(health.admit('anthropic', MODEL, anyone, NOW).admitted).toBe(true);
});

test.each(['rate-limited', 'quota'] as const)(
  'a host that was %s gets all its traffic at once afterwards',
  (reason) => {
    const health = createHealth();
    for (let i = 0; i < 5; i++) health.failed('anthropic', MODEL, verdict(reason, 30_000, false), overloaded, NOW);
    expect(health.admit('anthropic', MODEL, anyone, NOW + 30_000)).toEqual({ admitted: true, probe: false });
  },
);

test('each host has its own breaker configuration', () => {
  const health = createHealth();
  for (const host of ['anthropic', 'bedrock'])
    health.failed(host, MODEL, verdict('server-error', undefined, true), overloaded, NOW);
  expect(health.admit('anthropic', MODEL, anyone, NOW).admitted).toBe(true);
  expect(health.admit('bedrock', MODEL, anyone, NOW)).toEqual({
    admitted: false,
    reason: 'open',
    until: NOW + 10_000,
    mayTryAnyway: true,
    failure: overloaded,
  });
});

test.each<[Reason, boolean]>([
  ['overloaded', true],
  ['server-error', true],
  ['timeout', true],
  ['connection', true],
  ['rate-limited', false],
  ['quota', false],
  ['billing', false],
  ['credential', false],
  ['not-found', false],
  ['permission', false],
  ['host-config', false],
])('as a last resort, a host cooling for "%s" may be tried: %s', (reason, mayTryAnyway) => {
  const health = createHealth();
  health.failed('anthropic', MODEL, verdict(reason, 60_000, false), overloaded, NOW);
  expect(health.admit('anthropic', MODEL, anyone, NOW)).toMatchObject({ mayTryAnyway, failure: overloaded });
});

test('a probe is the only request of a half-open host, and another one follows when it is abandoned', () => {
  const health = createHealth();
  health.failed('bedrock', MODEL, verdict('server-error', undefined, true), overloaded, NOW);
  const due = NOW + 10_000;
  expect(health.admit('bedrock', MODEL, anyone, due)).toEqual({ admitted: true, probe: true });
  expect(health.admit('bedrock', MODEL, anyone, due).admitted).toBe(false);
  health.abandoned('bedrock', MODEL);
  expect(health.admit('bedrock', MODEL, anyone, due)).toEqual({ admitted: true, probe: true });
  health.failed('bedrock', MODEL, verdict('incompatible', undefined, false), overloaded, due);
  expect(health.admit('bedrock', MODEL, anyone, due)).toEqual({ admitted: true, probe: true });
});

test('the soonest end of all cooldowns is what a client is told to wait for', () => {
  const health = createHealth();
  health.failed('anthropic', MODEL, verdict('rate-limited', 40_000, false), overloaded, NOW);
  health.failed('bedrock', MODEL, verdict('server-error', 5000, true), overloaded, NOW);
  expect(health.soonest(['anthropic', 'bedrock'], MODEL, NOW)).toBe(NOW + 10_000);
  expect(health.soonest(['anthropic'], MODEL, NOW)).toBe(NOW + 40_000);
  expect(health.soonest([], MODEL, NOW)).toBeUndefined();
});

test('the snapshot tells each host through an outage and back', () => {
  const health = createHealth();
  const rows = (now: number) =>
    health.snapshot(now).map(({ host, state, reason, stage }) => [host, state, reason, stage]);
  health.succeeded('anthropic', MODEL, NOW);
  health.failed('bedrock', MODEL, verdict('timeout', 5000, true), overloaded, NOW);
  const healthy = ['anthropic', 'healthy', undefined, undefined];
  expect(rows(NOW)).toEqual([healthy, ['bedrock', 'cooling', 'timeout', undefined]]);
  expect(rows(NOW + 5000)).toEqual([healthy, ['bedrock', 'open', 'timeout', undefined]]);
  expect(rows(NOW + 10_000)).toEqual([healthy, ['bedrock', 'half-open', 'timeout', undefined]]);
  health.succeeded('bedrock', MODEL, NOW + 10_000);
  expect(rows(NOW + 10_000)).toEqual([healthy, ['bedrock', 'ramping', 'timeout', 10]]);
  expect(health.snapshot(NOW + 10_000)[1]).toMatchObject({ model: MODEL, until: NOW + 30_000 });
});

test('a host that is not configured is named together with those that are', () => {
  expect(() => createHealth().admit('vertex', MODEL, anyone, NOW)).toThrow(
    'Host "vertex" is not configured; known are anthropic, bedrock.',
  );
});
