import fc from 'fast-check';
import { eventType, SseDecoder } from '../../../lambda/wire/sse-events';
import { inputUsage, StreamTail, withStop, type StreamEnd } from '../../../lambda/wire/anthropic/answer/stream-end';
import { answer, answers, bytes, rewrites, splits } from '../../fixtures/answers/read-answers';

function tailOf(chunks: readonly Uint8Array[]): StreamEnd {
  const tail = new StreamTail();
  for (const chunk of chunks) tail.push(chunk);
  return tail.finish();
}

/** The same said by reading every event. */
function fullParse(whole: Uint8Array): StreamEnd {
  const decoder = new SseDecoder();
  const events = [...decoder.push(whole), ...decoder.end()]
    .map((event) => ({ type: eventType(event), data: event.data }))
    .filter(({ type }) => type !== 'ping');
  const parsed = (data: string): { usage?: Record<string, unknown>; delta?: { stop_reason?: string } } => {
    try {
      return JSON.parse(data);
    } catch {
      return {};
    }
  };
  const last = events.at(-1);
  // Half a message_stop says as much as none.
  const isTorn = last !== undefined && /^(message_stop)?$/.test(last.type) && !('type' in parsed(last.data));
  const said = events.at(isTorn ? -2 : -1);
  const { usage, delta } = parsed(events.findLast(({ type }) => type === 'message_delta')?.data ?? '{}');
  return {
    complete: last?.type === 'message_stop' && 'type' in parsed(last.data),
    ...(said?.type === 'message_delta' && parsed(said.data).delta?.stop_reason && { lacksStop: true as const }),
    ...(usage && { usage: Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== null)) }),
    ...(delta?.stop_reason && { stopReason: delta.stop_reason }),
    ...(last?.type === 'error' && { error: 'type' in parsed(last.data) ? parsed(last.data) : last.data }),
  };
}

const OVERLOADED = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';
const deltas = (count: number): string =>
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"more"}}\n\n'.repeat(
    count,
  );
const [beginning = '', ending = ''] = answer('text').sse.split(/(?=event: content_block_stop)/);

test('a whole answer is complete, with its counters and its stop reason', () => {
  expect(tailOf([bytes(answer('tool-use').sse)])).toEqual({
    complete: true,
    usage: { output_tokens: 118 },
    stopReason: 'tool_use',
  });
});

test.each(['', '\n', '\n\n', '\n\n\n', '\n\n: bye\n\n', '\n\nevent: ping\ndata: {"type": "ping"}\n\n'])(
  'an answer that ends in message_stop and %j is complete',
  (rest) => {
    expect(tailOf([bytes(answer('text').sse.trimEnd() + rest)]).complete).toBe(true);
  },
);

test('an answer that breaks off inside message_stop, or before it, lacks nothing else', () => {
  const { sse } = answer('text');
  for (const cut of [
    sse.trimEnd().slice(0, -1),
    sse.replace(/data: .*\n\n$/, ''),
    sse.slice(0, sse.lastIndexOf('event: message_stop')),
  ])
    expect(tailOf([bytes(cut)])).toMatchObject({ complete: false, lacksStop: true });
});

test('an answer that breaks off before its stop reason lacks more', () => {
  const { sse } = answer('text');
  expect(tailOf([bytes(sse.slice(0, sse.indexOf('"stop_reason":"end_turn"')))]).lacksStop).toBeUndefined();
});

test('whatever there is of a message_stop gives way to a whole one', () => {
  const { sse } = answer('text');
  const upTo = sse.slice(0, sse.lastIndexOf('event: message_stop'));
  const whole = `${upTo}event: message_stop\ndata: {"type":"message_stop"}\n\n`;
  for (const torn of ['', 'event: mess', 'event: message_stop\n', 'event: message_stop\ndata: {"ty'])
    expect(Buffer.from(withStop(bytes(upTo + torn))).toString()).toBe(whole);
  expect(Buffer.from(withStop(bytes(upTo.trimEnd()))).toString()).toBe(whole);
});

test('a model that writes of message_stop in its answer has not ended', () => {
  expect(tailOf([bytes(beginning)])).toEqual({ complete: false });
});

test('an empty stream is not complete', () => {
  expect(tailOf([])).toEqual({ complete: false });
  expect(tailOf([new Uint8Array()])).toEqual({ complete: false });
});

test("the host's own error as its last word is given out", () => {
  const cut = bytes(`${beginning}event: error\ndata: ${OVERLOADED}\n\n: bye\n\n`);
  expect(tailOf([cut])).toEqual({ complete: false, error: JSON.parse(OVERLOADED) });
});

test('an error that is text is given out as it came, also in the shortest stream', () => {
  expect(tailOf([bytes('event: error\ndata: upstream gone\n\n')])).toEqual({ complete: false, error: 'upstream gone' });
});

test('something else after message_stop is not a proper end', () => {
  expect(tailOf([bytes(`${answer('text').sse}event: error\ndata: ${OVERLOADED}\n\n`)])).toMatchObject({
    complete: false,
    error: JSON.parse(OVERLOADED),
  });
});

test.each(answers.map(({ name }) => name))('%s cut anywhere and split anyhow ends as a full parse says', (name) => {
  const whole = bytes(answer(name).sse);
  const cutAndSplit = fc
    .nat(whole.length)
    .chain((cut) => fc.tuple(fc.constant(whole.subarray(0, cut)), splits(whole.subarray(0, cut))));
  fc.assert(
    fc.property(cutAndSplit, ([kept, chunks]) => {
      expect(tailOf(chunks)).toEqual(fullParse(kept));
    }),
    { numRuns: 40 },
  );
});

test.each(Object.keys(rewrites))('a long stream %s, cut in its last bytes, ends as a full parse says', (name) => {
  const long = bytes(rewrites[name]?.(beginning + deltas(600) + ending) ?? '');
  const cuts = Array.from({ length: 420 }, (_, cut) => long.subarray(0, long.length - cut));
  for (const kept of cuts) {
    const chunks = Array.from({ length: Math.ceil(kept.length / 997) }, (_, at) =>
      kept.subarray(at * 997, at * 997 + 997),
    );
    expect(tailOf(chunks)).toEqual(fullParse(kept));
    expect(tailOf([kept])).toEqual(fullParse(kept));
  }
});

test('a message_delta of many kilobytes is still read', () => {
  const iterations = Array.from({ length: 120 }, (_, tokens) => ({ type: 'message', output_tokens: tokens }));
  const delta = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9, iterations } };
  const stream = `${beginning}${deltas(600)}event: message_delta\ndata: ${JSON.stringify(delta)}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n`;
  expect(tailOf([bytes(stream)])).toEqual({
    complete: true,
    usage: { output_tokens: 9, iterations },
    stopReason: 'end_turn',
  });
});

test('a stream in chunks of one byte ends as in one', () => {
  const long = bytes(beginning + deltas(300) + ending);
  expect(tailOf(Array.from(long, (byte) => Uint8Array.of(byte)))).toEqual(tailOf([long]));
});

test('the counters of the prompt come from the held bytes', () => {
  const held = bytes(answer('cache-usage').sse);
  const usage = {
    input_tokens: 4,
    cache_creation_input_tokens: 1182,
    cache_read_input_tokens: 20480,
    cache_creation: { ephemeral_5m_input_tokens: 182, ephemeral_1h_input_tokens: 1000 },
    output_tokens: 1,
    service_tier: 'priority',
    inference_geo: 'us',
    speed: 'standard',
  };
  fc.assert(
    fc.property(splits(held), (chunks) => {
      expect(inputUsage(chunks)).toEqual(usage);
    }),
  );
});

test('the end spread over the beginning is the usage of the whole answer', () => {
  const { sse } = answer('cache-usage');
  expect({ ...inputUsage([bytes(sse)]), ...tailOf([bytes(sse)]).usage }).toMatchObject({
    input_tokens: 4,
    cache_creation_input_tokens: 1182,
    cache_read_input_tokens: 20481,
    output_tokens: 7,
  });
});

test('held bytes without message_start have no counters', () => {
  expect(inputUsage([])).toBeUndefined();
  expect(inputUsage([bytes('event: ping\ndata: {}\n\n')])).toBeUndefined();
  expect(inputUsage([bytes('event: message_start\ndata: {}\n\n')])).toBeUndefined();
  expect(inputUsage([bytes('event: message_start\ndata: {"mess\n\n')])).toBeUndefined();
});
