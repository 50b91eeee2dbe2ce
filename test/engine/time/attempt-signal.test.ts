import { getEventListeners } from 'node:events';
import { AttemptSignal, TimeoutReason } from '../../../lambda/engine/time/attempt-signal';
import { Deadline } from '../../../lambda/engine/time/deadline';
import { VirtualClock } from '../virtual-clock';

function start(deadlineMs = 600_000) {
  const clock = new VirtualClock();
  const request = new AbortController();
  const attempt = new AttemptSignal(clock, request.signal, new Deadline(clock, deadlineMs));
  return { clock, request, attempt };
}

test('a host that sends no headers is given up after its time', () => {
  const { clock, attempt } = start();
  attempt.armHeaders(20_000);
  clock.advance(19_999);
  expect(attempt.signal.aborted).toBe(false);
  clock.advance(1);
  expect(attempt.timedOut).toBe('headers');
  expect(attempt.signal.reason).toEqual(new TimeoutReason('headers'));
});

test('a host that sends headers and no content is given up, counted from the start of the attempt', () => {
  const { clock, attempt } = start();
  attempt.armHeaders(20_000);
  clock.advance(10_000);
  attempt.headersArrived(30_000);
  clock.advance(19_999);
  expect(attempt.timedOut).toBeUndefined();
  clock.advance(1);
  expect(attempt.timedOut).toBe('first-content');
});

test('an answer may take any time as long as it is never silent for too long', () => {
  const { clock, attempt } = start();
  attempt.armHeaders(20_000);
  attempt.headersArrived(30_000);
  attempt.contentArrived(10_000);
  for (let i = 0; i < 20; i++) {
    clock.advance(9999);
    attempt.progress();
  }
  expect(attempt.timedOut).toBeUndefined();
  clock.advance(9999);
  expect(attempt.timedOut).toBeUndefined();
  clock.advance(1);
  expect(attempt.timedOut).toBe('idle');
});

test('pings before the first content do not keep an attempt alive', () => {
  const { clock, attempt } = start();
  attempt.headersArrived(30_000);
  for (let i = 0; i < 3; i++) {
    clock.advance(10_000);
    attempt.progress();
  }
  expect(attempt.timedOut).toBe('first-content');
});

test('while a slow client holds the answer up, the host is not called silent', () => {
  const { clock, attempt } = start();
  attempt.contentArrived(10_000);
  attempt.rest();
  clock.advance(55_000);
  attempt.progress();
  clock.advance(9999);
  expect(attempt.timedOut).toBeUndefined();
  clock.advance(1);
  expect(attempt.timedOut).toBe('idle');
});

test.each(['armHeaders', 'headersArrived', 'contentArrived'] as const)(
  'the deadline ends an attempt in %s',
  (phase) => {
    const { clock, attempt } = start(5000);
    attempt[phase](30_000);
    clock.advance(4999);
    expect(attempt.signal.aborted).toBe(false);
    clock.advance(1);
    expect(attempt.timedOut).toBe('deadline');
  },
);

test('the deadline also ends an attempt whose client is slow', () => {
  const { clock, attempt } = start(60_000);
  attempt.contentArrived(10_000);
  attempt.rest();
  clock.advance(60_000);
  expect(attempt.timedOut).toBe('deadline');
});

test('a client that goes away ends the attempt, with its own reason and without a timeout', () => {
  const { clock, request, attempt } = start();
  attempt.armHeaders(20_000);
  request.abort('client gone');
  expect(attempt.signal.reason).toBe('client gone');
  expect(attempt.timedOut).toBeUndefined();
  expect(clock.pending).toBe(0);
});

test('an attempt of a client that is already gone never starts', () => {
  const clock = new VirtualClock();
  const attempt = new AttemptSignal(clock, AbortSignal.abort('client gone'), new Deadline(clock, 1000));
  attempt.armHeaders(500);
  expect(attempt.signal.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});

test.each<[string, (clock: VirtualClock, attempt: AttemptSignal) => void]>([
  ['was disposed of', (_, attempt) => attempt.dispose()],
  ['timed out', (clock) => clock.advance(20_000)],
])('an attempt that %s leaves no listener and no timer, and its connection is given up', (_, end) => {
  const { clock, request, attempt } = start();
  attempt.armHeaders(20_000);
  expect(getEventListeners(request.signal, 'abort')).toHaveLength(1);
  end(clock, attempt);
  expect(getEventListeners(request.signal, 'abort')).toHaveLength(0);
  expect(clock.pending).toBe(0);
  expect(attempt.signal.aborted).toBe(true);
});

test('ten attempts of one request never have more than one listener on it', () => {
  const { clock, request, attempt: first } = start();
  first.dispose();
  for (let i = 0; i < 10; i++) {
    const attempt = new AttemptSignal(clock, request.signal, new Deadline(clock, 1000));
    attempt.armHeaders(500);
    expect(getEventListeners(request.signal, 'abort')).toHaveLength(1);
    attempt.dispose();
  }
});
