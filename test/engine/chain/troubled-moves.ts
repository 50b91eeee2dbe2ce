import fc from 'fast-check';
import { HostError } from '../../../lambda/engine/host';
import { answer, bytes } from '../../fixtures/answers/read-answers';
import { answers, fails, respond, type Move } from '../fake-host';
import type { VirtualClock } from '../virtual-clock';

/** Says its name when a property fails. */
export interface TroubledMove {
  readonly toString: () => string;
  readonly move: (clock: VirtualClock) => Move;
}

export const WHOLE = answer('text').sse;
export const LAST_EVENT = WHOLE.lastIndexOf('\n\nevent: message_stop');

/** Rejects when the attempt is given up, as every adapter does. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const give = () => reject(new HostError('connection', 'the request was aborted'));
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
  });
}

function later(clock: VirtualClock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.timer(ms, resolve);
    const give = (): void => {
      timer.cancel();
      reject(new HostError('connection', 'the request was aborted'));
    };
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
  });
}

type Ending = 'ends' | 'breaks' | 'stalls' | 'tells an error';

/** A stream up to some byte of it, and then its end. */
function partial(length: number, ending: Ending, pauseMs: number): TroubledMove {
  async function* body(clock: VirtualClock, signal: AbortSignal) {
    const cut = ending === 'tells an error' ? WHOLE.lastIndexOf('\n\n', Math.min(length, LAST_EVENT)) + 2 : length;
    for (let at = 0; at < cut; at += 400) {
      if (pauseMs > 0) await later(clock, pauseMs, signal);
      yield bytes(WHOLE.slice(at, Math.min(cut, at + 400)));
    }
    if (ending === 'breaks') throw new HostError('connection', 'ECONNRESET');
    if (ending === 'stalls') await aborted(signal);
    if (ending === 'tells an error') {
      yield bytes(
        'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
      );
    }
  }
  return {
    toString: () => `${length} of ${WHOLE.length} characters, ${pauseMs} ms each 400, then it ${ending}`,
    move: (clock) => (_call, signal) => ({
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: body(clock, signal),
      dropped: [],
    }),
  };
}

const named = (name: string, move: (clock: VirtualClock) => Move): TroubledMove => ({ toString: () => name, move });
const always = (name: string, move: Move) => named(name, () => move);

const STATUSES: readonly (readonly [number, string])[] = [
  [302, 'api_error'],
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [402, 'billing_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [409, 'conflict_error'],
  [413, 'request_too_large'],
  [418, 'teapot_error'],
  [429, 'rate_limit_error'],
  [500, 'api_error'],
  [503, 'api_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
];

const refusing = fc
  .tuple(fc.constantFrom(...STATUSES), fc.constantFrom(undefined, '0', '0.5', '1.5', '30', 'soon', '-1'))
  .map(([[status, type], after]) =>
    always(
      `${status} ${type}, retry-after ${after}`,
      fails(status, type, after === undefined ? {} : { 'retry-after': after }),
    ),
  );

const html = respondWith('text/html', '<html><body>Bad gateway</body></html>');
function respondWith(type: string, body: string) {
  return (status: number): Move =>
    () =>
      respond(status, body, { 'content-type': type });
}

const odd = fc.constantFrom(
  always('never answers', (_call, signal) => aborted(signal)),
  always('is refused', () => Promise.reject(new HostError('connection', 'ECONNREFUSED'))),
  always('has no key', () => Promise.reject(new HostError('credential', 'no key'))),
  always('throws', () => {
    throw new TypeError('a fault of an adapter');
  }),
  always('a page with status 200', html(200)),
  always('a page with status 502', html(502)),
  always('an empty 200', respondWith('application/json', '')(200)),
  always('a stream without events', respondWith('text/event-stream', '')(200)),
  always(
    'a message though a stream was asked for',
    respondWith('application/json', JSON.stringify(answer('text').message))(200),
  ),
  named('answers after 3 s', (clock) => async (call, signal) => {
    await later(clock, 3000, signal);
    return answers(call, signal);
  }),
);

const dying = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.nat(WHOLE.length) },
      { weight: 1, arbitrary: fc.integer({ min: LAST_EVENT, max: WHOLE.length }) },
    ),
    fc.constantFrom<Ending>('ends', 'breaks', 'stalls', 'tells an error'),
    fc.constantFrom(0, 100, 1200),
  )
  .map((parts) => partial(...parts));

/** Anything a host has been seen to do, and some that none has. */
export const anyMove: fc.Arbitrary<TroubledMove> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(always('answers', answers)) },
  { weight: 3, arbitrary: refusing },
  { weight: 3, arbitrary: odd },
  { weight: 3, arbitrary: dying },
);
