import fc from 'fast-check';
import { HostError } from '../../../lambda/engine/host';
import { withStop } from '../../../lambda/wire/anthropic/answer/stream-end';
import { eventJson, eventType, SseDecoder, type SseEvent } from '../../../lambda/wire/sse-events';
import { answer, answers, bytes, rewrites, splits } from '../../fixtures/answers/read-answers';
import { attemptAt, eventsOf, readToEnd, type Received } from './committed';

const BROKEN = new HostError('connection', 'connection to http://host: ECONNRESET');
const OVERLOADED = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';
const deltas = (count: number): string =>
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"more"}}\n\n'.repeat(
    count,
  );
const [beginning = '', ending = ''] = answer('text').sse.split(/(?=event: content_block_stop)/);

interface Said {
  readonly usage?: Readonly<Record<string, unknown>>;
  readonly message?: { readonly usage?: Readonly<Record<string, unknown>> };
  readonly delta?: { readonly stop_reason?: string };
}
const said = (event: SseEvent): Said => (eventJson(event) ?? {}) as Said;
/** Not every host names its events outside of their JSON. */
const meaning = (event: SseEvent) => ({ type: eventType(event), data: event.data });
const isOf = (type: string) => (event: SseEvent) => eventType(event) === type;
const isContent = (event: SseEvent): boolean => /^content_block_(delta|stop)$|^message_delta$/.test(eventType(event));

/** What the host has counted and why it stopped, by reading every event of what it sent. */
function toldBy(events: readonly SseEvent[]) {
  const start = said(events.find(isOf('message_start')) ?? { event: '', data: '{}' });
  const end = said(events.findLast(isOf('message_delta')) ?? { event: '', data: '{}' });
  const counters = Object.entries({ ...start.message?.usage, ...present(end.usage) });
  return {
    usage: Object.fromEntries(counters.filter(([, count]) => count !== null)),
    stopReason: end.delta?.stop_reason ?? undefined,
  };
}

const present = (usage: Said['usage'] = {}): object =>
  Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== null));

/** Either the whole answer, or a part of it in whole events and one error behind it. */
function expectWholeOrError(sent: Uint8Array, { text, ending: { failure, ...told } }: Received): void {
  const events = eventsOf(sent);
  const received = eventsOf(bytes(text)).filter((event) => eventType(event) !== 'ping');
  const expected = events.filter((event) => eventType(event) !== 'ping');
  expect(text.endsWith('\n\n') || text.endsWith('\n\r\n')).toBe(true);
  expect(told.stopReason).toBe(toldBy(events).stopReason);
  expect(told.usage).toEqual(toldBy(events).usage);
  if (told.stopReason !== undefined) {
    expect(failure).toBeUndefined();
    expect(received.filter(isOf('message_stop'))).toHaveLength(1);
    expect(eventType(received.at(-1)!)).toBe('message_stop');
    const withoutStop = expected.filter((event) => !isOf('message_stop')(event) && eventJson(event) !== undefined);
    expect(received.slice(0, -1).map(meaning)).toEqual(withoutStop.map(meaning));
    return;
  }
  expect(failure).toBeDefined();
  expect(received.findIndex(isOf('error'))).toBe(received.length - 1);
  expect(eventJson(received.at(-1)!)).toMatchObject({ type: 'error', error: { message: expect.stringMatching(/.+/) } });
  expect(received.slice(0, -1)).toEqual(expected.slice(0, received.length - 1));
  expect(received.some(isOf('message_stop'))).toBe(false);
}

/** Past the commit point: what comes before it never belongs to the client. */
const isCommitted = (sent: Uint8Array): boolean => new SseDecoder().push(sent).some(isContent);

test.each(answers.map(({ name }) => name))(
  '%s cut anywhere and split anyhow ends whole or in one error, never in a clean end with a part of it',
  async (name) => {
    const whole = bytes(answer(name).sse);
    const cutAndSplit = fc
      .nat(whole.length)
      .map((cut) => whole.subarray(0, cut))
      .filter(isCommitted)
      .chain((kept) => fc.tuple(fc.constant(kept), splits(kept), fc.constantFrom(undefined, BROKEN)));
    await fc.assert(
      fc.asyncProperty(cutAndSplit, async ([kept, chunks, death]) => {
        expectWholeOrError(kept, await readToEnd(attemptAt(chunks, death)));
      }),
      { numRuns: 20 },
    );
  },
);

test.each(Object.keys(rewrites))(
  'a long stream %s, cut in its last bytes, ends whole or in one error',
  async (name) => {
    const long = bytes(rewrites[name]?.(beginning + deltas(20) + ending) ?? '');
    for (let cut = 0; cut < 420; cut += 1) {
      const kept = long.subarray(0, long.length - cut);
      const chunks = Array.from({ length: Math.ceil(kept.length / 997) }, (_, at) =>
        kept.subarray(at * 997, at * 997 + 997),
      );
      expectWholeOrError(kept, await readToEnd(attemptAt(chunks)));
      expectWholeOrError(kept, await readToEnd(attemptAt([kept], BROKEN)));
    }
  },
);

test.each(['', '\n', '\n\n', '\n\n\n', '\n\n: bye\n\n', '\n\nevent: ping\ndata: {"type": "ping"}\n\n'])(
  'an answer that ends in message_stop and %j is whole',
  async (rest) => {
    const { text, ending: end } = await readToEnd(attemptAt([bytes(answer('text').sse.trimEnd() + rest)]));
    expect(end).toMatchObject({ failure: undefined, stopReason: 'end_turn' });
    expect(text.endsWith('\n\n')).toBe(true);
    expect(eventsOf(bytes(text)).filter(isOf('message_stop'))).toHaveLength(1);
  },
);

test('whatever there is of a message_stop gives way to a whole one', () => {
  const { sse } = answer('text');
  const upTo = sse.slice(0, sse.lastIndexOf('event: message_stop'));
  const whole = `${upTo}event: message_stop\ndata: {"type":"message_stop"}\n\n`;
  for (const torn of ['', 'event: mess', 'event: message_stop\n', 'event: message_stop\ndata: {"ty'])
    expect(Buffer.from(withStop(bytes(upTo + torn))).toString()).toBe(whole);
  expect(Buffer.from(withStop(bytes(upTo.trimEnd()))).toString()).toBe(whole);
});

test('a model that writes of message_stop in its answer has not ended', async () => {
  const { text, ending: end } = await readToEnd(attemptAt([bytes(beginning)]));
  expect(end.failure).toMatchObject({ kind: 'malformed' });
  expect(text).toMatch(/\n\nevent: error\ndata: .*\n\n$/);
});

test.each([`event: error\ndata: ${OVERLOADED}`, `event: error\ndata: ${OVERLOADED}\n`, `data: ${OVERLOADED}\n\n`])(
  'an error of the host, %j, is shown though it is the last and lacks a line end',
  async (error) => {
    const { text, ending: end } = await readToEnd(attemptAt([bytes(beginning + error)]));
    expect(end.failure).toMatchObject({ kind: 'stream', status: 529, facts: { type: 'overloaded_error' } });
    expect(text.slice(beginning.length)).toBe(
      `event: error\ndata: ${OVERLOADED.replace('}}', '},"request_id":"gw_1"}')}\n\n`,
    );
  },
);

test.each(['event: error\ndata: {"type":"error","error":{"ty', 'event: error\ndata: upstream gone\n\n'])(
  'an error that is no JSON, %j, becomes one that is',
  async (error) => {
    const { text } = await readToEnd(attemptAt([bytes(beginning + error)]));
    expect(eventJson(eventsOf(bytes(text)).at(-1)!)).toMatchObject({ type: 'error', error: { type: 'api_error' } });
  },
);

test('what the host says after message_stop reaches nobody', async () => {
  const late = `${answer('text').sse}event: error\ndata: ${OVERLOADED}\n\n`;
  const { text, ending: end } = await readToEnd(attemptAt([bytes(late)]));
  expect(text).toBe(answer('text').sse);
  expect(end.failure).toBeUndefined();
});

test('a message_delta of many kilobytes is still read', async () => {
  const iterations = Array.from({ length: 120 }, (_, tokens) => ({ type: 'message', output_tokens: tokens }));
  const delta = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9, iterations } };
  const stream = `${beginning}${deltas(600)}event: message_delta\ndata: ${JSON.stringify(delta)}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n`;
  const { ending: end } = await readToEnd(attemptAt([bytes(stream)]));
  expect(end).toMatchObject({ usage: { output_tokens: 9, iterations }, stopReason: 'end_turn' });
});

test('the usage of an answer is what its end says over what its beginning said', async () => {
  const { ending: end } = await readToEnd(attemptAt([bytes(answer('cache-usage').sse)]));
  expect(end.usage).toMatchObject({
    input_tokens: 4,
    cache_creation_input_tokens: 1182,
    cache_read_input_tokens: 20481,
    output_tokens: 7,
    service_tier: 'priority',
  });
});

test('a beginning without counters is no reason to give up', async () => {
  const { sse } = answer('text');
  for (const start of ['event: message_start\ndata: {}\n\n', 'event: ping\ndata: {"type":"ping"}\n\n']) {
    const { ending: end } = await readToEnd(attemptAt([bytes(start + sse.slice(sse.indexOf('\n\n') + 2))]));
    expect(end).toMatchObject({ failure: undefined, stopReason: 'end_turn' });
  }
});
