import fc from 'fast-check';
import { Breaker } from '../../../lambda/engine/health/breaker';

const START = 1_700_000_000_000;
const anyone = () => 0.99;
const inFirstTenth = () => 0.05;

function opened(now = START): Breaker {
  const breaker = new Breaker();
  for (let i = 0; i < 3; i++) breaker.failed(now);
  return breaker;
}

/** Open, probed with success: at 10 % from `START + 10000` on. */
function ramping(): Breaker {
  const breaker = opened();
  expect(breaker.admit(anyone, START + 10_000)).toBe('probe');
  breaker.succeeded(START + 10_000);
  return breaker;
}

describe('a healthy host', () => {
  test('is given up after three failures in a row, not before', () => {
    const breaker = new Breaker();
    breaker.failed(START);
    breaker.failed(START);
    expect(breaker.admit(anyone, START)).toBe('admitted');
    breaker.failed(START);
    expect(breaker.admit(anyone, START)).toBe('open');
  });

  test('is not given up when a success stands between the failures', () => {
    const breaker = new Breaker();
    for (const outcome of ['failed', 'failed', 'succeeded', 'failed', 'failed'] as const) breaker[outcome](START);
    expect(breaker.admit(anyone, START)).toBe('admitted');
  });

  test('is given up when a tenth of at least 20 requests fail, and five of them, even if never in a row', () => {
    const breaker = new Breaker();
    for (let i = 0; i < 49; i++) {
      if (i % 10 === 5) breaker.failed(START + i);
      else breaker.succeeded(START + i);
      expect(breaker.admit(anyone, START + i)).toBe(i < 45 ? 'admitted' : 'open');
    }
  });

  test('keeps its traffic where two of twenty requests fail by chance', () => {
    const breaker = new Breaker();
    breaker.failed(START);
    for (let i = 0; i < 18; i++) breaker.succeeded(START + i);
    breaker.failed(START + 20);
    expect(breaker.admit(anyone, START + 20)).toBe('admitted');
  });

  test('is forgiven failures that are older than the window', () => {
    const breaker = new Breaker();
    breaker.failed(START);
    for (let i = 0; i < 18; i++) breaker.succeeded(START + i);
    breaker.failed(START + 61_000);
    expect(breaker.admit(anyone, START + 61_000)).toBe('admitted');
  });

  test('follows its own limits where the configuration sets them', () => {
    const breaker = new Breaker({ consecutiveFailures: 1, openMs: 500 });
    breaker.failed(START);
    expect(breaker.admit(anyone, START + 499)).toBe('open');
    expect(breaker.admit(anyone, START + 500)).toBe('probe');
  });
});

describe('an open breaker', () => {
  test('lets exactly one probe through when its time is over', () => {
    const breaker = opened();
    expect(breaker.admit(anyone, START + 9999)).toBe('open');
    expect(breaker.admit(anyone, START + 10_000)).toBe('probe');
    expect(breaker.admit(inFirstTenth, START + 10_000)).toBe('open');
    expect(breaker.until(START + 10_000)).toBe(START + 11_000);
  });

  test('gives the probe to the next request when the client of the first went away', () => {
    const breaker = opened();
    breaker.admit(anyone, START + 10_000);
    breaker.abandon();
    expect(breaker.admit(anyone, START + 10_001)).toBe('probe');
  });

  test('is probed again as soon after a probe that fails at once', () => {
    const breaker = opened();
    expect(breaker.admit(anyone, START + 10_000)).toBe('probe');
    breaker.failed(START + 10_000);
    expect(breaker.until(START + 10_000)).toBe(START + 20_000);
  });

  test('stays open twice as long after each probe that hangs, up to eight times', () => {
    const breaker = opened();
    let now = START;
    const lengths: number[] = [];
    for (let i = 0; i < 6; i++) {
      const until = breaker.until(now);
      lengths.push(until - now);
      now = until;
      expect(breaker.admit(anyone, now)).toBe('probe');
      breaker.failed(now, true);
    }
    expect(lengths).toEqual([10_000, 20_000, 40_000, 80_000, 80_000, 80_000]);
  });

  test('is not moved by stragglers that were sent before it opened', () => {
    const breaker = opened();
    breaker.failed(START + 5000);
    breaker.succeeded(START + 6000);
    expect(breaker.until(START + 6000)).toBe(START + 10_000);
  });
});

describe('a recovering host', () => {
  test('gets 10, 25, 50 and then 100 % of the conversations, one stage after a success in the one before', () => {
    const breaker = ramping();
    let now = START + 10_000;
    const conversations = Array.from({ length: 100 }, (_, i) => () => i / 100);
    const admitted: number[] = [];
    for (let stage = 0; stage < 4; stage++) {
      admitted.push(conversations.filter((affinity) => breaker.admit(affinity, now) === 'admitted').length);
      breaker.succeeded(now + 10_000);
      now += 20_000;
    }
    expect(admitted).toEqual([10, 25, 50, 100]);
  });

  test('keeps the same conversations through a stage', () => {
    const breaker = ramping();
    const now = START + 16_000;
    for (let i = 0; i < 3; i++) {
      expect(breaker.admit(inFirstTenth, now + i)).toBe('admitted');
      expect(breaker.admit(anyone, now + i)).toBe('ramping');
    }
  });

  test('comes back though no conversation falls into its share: an overdue stage takes one request of any', () => {
    const breaker = ramping();
    let now = START + 10_000;
    for (let stage = 0; stage < 3; stage++) {
      expect(breaker.admit(anyone, now + 19_999)).toBe('ramping');
      now += 20_000;
      expect(breaker.admit(anyone, now)).toBe('probe');
      expect(breaker.admit(anyone, now)).toBe('ramping');
      breaker.succeeded(now);
    }
    expect(breaker.admit(anyone, now)).toBe('admitted');
  });

  test('is given up at its first failure', () => {
    const breaker = ramping();
    breaker.failed(START + 16_000);
    expect(breaker.admit(inFirstTenth, START + 16_000)).toBe('open');
    // For twice as long: it comes and goes.
    expect(breaker.until(START + 16_000)).toBe(START + 36_000);
  });

  test('starts over with the first open time in the next outage', () => {
    const breaker = opened();
    breaker.admit(anyone, START + 10_000);
    breaker.failed(START + 10_000);
    let now = START + 45_000;
    breaker.admit(anyone, now);
    breaker.succeeded(now);
    for (let stage = 0; stage < 3; stage++) {
      now += 20_000;
      breaker.admit(anyone, now);
      breaker.succeeded(now);
    }
    for (let i = 0; i < 3; i++) breaker.failed(now);
    expect(breaker.until(now) - now).toBe(10_000);
  });
});

test('failures of the last outage do not count in the next', () => {
  const breaker = new Breaker({ windowMs: 600_000, minRequests: 4, errorRate: 0.5 });
  for (let i = 0; i < 3; i++) breaker.failed(START);
  let now = START + 10_000;
  for (let i = 0; i < 4; i++) {
    expect(breaker.admit(anyone, now)).toBe('probe');
    breaker.succeeded(now);
    now += 20_000;
  }
  breaker.failed(now);
  breaker.failed(now);
  expect(breaker.admit(anyone, now)).toBe('admitted');
});

test('whatever happens in whatever order, an outage never ends earlier than it was once said to end', () => {
  const step = fc.record({
    wait: fc.nat(40_000),
    event: fc.constantFrom('succeeded', 'failed', 'abandon', 'admit'),
    affinity: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const breaker = new Breaker();
      let now = START;
      let promised = 0;
      for (const { wait, event, affinity } of steps) {
        now += wait;
        if (event === 'admit') {
          const admission = breaker.admit(() => affinity, now);
          if (now < promised) expect(admission).toBe('open');
        } else breaker[event](now);
        const state = breaker.state(now);
        if (state.name === 'open') {
          expect(state.until).toBeGreaterThanOrEqual(promised);
          expect(state.until - now).toBeLessThanOrEqual(80_000);
          promised = state.until;
        }
      }
    }),
  );
});
