import type { Failure, Reason } from '../../../lambda/engine/failure/failure';
import type { Verdict } from '../../../lambda/engine/failure/verdict';
import { LinkHealth } from '../../../lambda/engine/health/link-health';

const NOW = 1_700_000_000_000;
const SECOND = 1000;
const anyone = () => 0.99;
const broken: Failure = { kind: 'connection', message: 'ECONNRESET', elapsedMs: 0 };

const verdict = (reason: Reason = 'connection', over: Partial<Verdict> = {}): Verdict => ({
  row: 1,
  action: 'next',
  whenRetriesUsed: 'next',
  reason,
  owner: 'host',
  countsAgainstHealth: true,
  cooldownMs: undefined,
  restMs: undefined,
  retryAfterMs: undefined,
  refreshCredential: false,
  ...over,
});

/** Time goes on by itself, a second with each thing that happens. */
function link() {
  const health = new LinkHealth({});
  let now = NOW;
  const tick = (): number => (now += SECOND);
  const begin = () => health.began(tick(), now);
  return {
    health,
    begin,
    dies: (stream = begin()) => health.died(stream, verdict(), broken, tick()),
    isWhole: (stream = begin()) => health.succeeded(tick(), stream),
    fails: (over?: Partial<Verdict>) => health.failed(verdict('overloaded', over), broken, tick()),
    state: () => health.state(now).state,
    wait: (ms: number) => void (now += ms),
    now: () => now,
  };
}

test('streams are given away at their first content until two have died in a row', () => {
  const { health, dies } = link();
  expect(health.mayCommit).toBe(true);
  dies();
  expect(health.mayCommit).toBe(true);
  dies();
  expect(health.mayCommit).toBe(false);
});

test('after that, the first that is whole is enough to give them away again', () => {
  const { health, dies, isWhole } = link();
  dies();
  dies();
  isWhole();
  expect(health.mayCommit).toBe(true);
});

test('three streams that die in a row open the breaker, though each of them had begun well', () => {
  const { dies, state } = link();
  dies();
  dies();
  expect(state()).toBe('healthy');
  expect(dies()).toMatchObject({ state: 'down', reason: 'connection' });
  expect(state()).toBe('open');
});

test('a death in between whole ones opens nothing, but counts: a tenth does, from the fifth on', () => {
  const { dies, isWhole, state } = link();
  for (let round = 0; round < 15; round += 1) isWhole();
  for (let round = 0; round < 4; round += 1) {
    dies();
    expect(state()).toBe('healthy');
    isWhole();
  }
  dies();
  expect(state()).toBe('open');
});

test('a client that leaves says nothing', () => {
  const { health, begin, state, dies } = link();
  dies();
  dies();
  for (let times = 0; times < 20; times += 1) health.left(begin());
  expect(state()).toBe('healthy');
  expect(health.mayCommit).toBe(false);
  dies();
  expect(state()).toBe('open');
});

test('three first contents in a row that come far too late open the breaker', () => {
  const { health, fails, now, state } = link();
  for (let times = 0; times < 3; times += 1) {
    expect(health.beganAfter(20_000, 30_000, now())).toBeUndefined();
    fails();
  }
  expect(state()).toBe('open');
});

test('one failure of a kind that may be luck changes nothing; one that is sure for everybody cools at once', () => {
  const { fails, state } = link();
  expect(fails()).toBeUndefined();
  expect(state()).toBe('healthy');
  expect(fails({ countsAgainstHealth: false, reason: 'billing', cooldownMs: 900_000 })).toMatchObject({
    state: 'down',
  });
  expect(state()).toBe('cooling');
});

test('a breaker that such failures have opened stays open for as long as they say', () => {
  const { health, fails, now } = link();
  for (let times = 0; times < 3; times += 1) fails({ reason: 'not-found', restMs: 600_000 });
  expect(health.until(now())).toBe(now() + 600_000);
  expect(health.admit(anyone, now())).toMatchObject({ admitted: false, mayTryAnyway: false });
});

describe('in an outage that others know of', () => {
  test('a stream that began before it and ends well does not tell them that the host is back', () => {
    const { begin, fails, isWhole, state } = link();
    const older = begin();
    for (let times = 0; times < 3; times += 1) fails();
    expect(state()).toBe('open');
    expect(isWhole(older)).toBeUndefined();
    expect(state()).toBe('open');
  });

  test('nor does one that ends as the breaker waits for its probe', () => {
    const { begin, fails, isWhole, state, wait } = link();
    const older = begin();
    for (let times = 0; times < 3; times += 1) fails();
    wait(10 * SECOND);
    expect(isWhole(older)).toBeUndefined();
    expect(state()).toBe('half-open');
  });

  test('the probe that is whole tells them', () => {
    const { health, fails, isWhole, wait, now } = link();
    for (let times = 0; times < 3; times += 1) fails();
    wait(10 * SECOND);
    expect(health.admit(anyone, now())).toEqual({ admitted: true, probe: true });
    expect(isWhole()).toMatchObject({ state: 'back' });
  });

  test('what they tell is believed though a stream from before has just ended here', () => {
    const { health, begin, isWhole, state, now } = link();
    const older = begin();
    const at = now() + SECOND;
    isWhole(older);
    health.learn({ state: 'down', until: at + 20 * SECOND, reason: 'connection', at }, now());
    expect(state()).toBe('open');
  });
});
