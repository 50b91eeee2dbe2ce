import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { HostError } from '../../../lambda/engine/host';
import { holdToFirstContent } from '../../../lambda/wire/anthropic/answer/stream-answer';
import { answer, bytes } from '../../fixtures/answers/read-answers';
import { attemptAt, committed, readToEnd } from './committed';

const whole = bytes(answer('text').sse);
const BROKEN = new HostError('connection', 'connection to http://host: ECONNRESET');

async function read(chunks: readonly Uint8Array[], death?: Error) {
  const attempt = attemptAt(chunks, death);
  return { ...attempt, ...(await readToEnd(attempt)) };
}

test('the client receives the host’s bytes, however they were split', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 12 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
      const chunks = at.slice(1).map((end, index) => whole.subarray(at[index], end));
      const { text, ending } = await read(chunks);
      expect(text).toBe(answer('text').sse);
      expect(ending.failure).toBeUndefined();
    }),
  );
});

test('every chunk the client receives ends with a whole event', async () => {
  const { chunks: received } = await read(Array.from(whole, (_, at) => whole.subarray(at, at + 1)));
  for (const chunk of received) expect(new TextDecoder().decode(chunk)).toMatch(/\n\n$/);
});

test('an event whose last line end comes alone is not kept waiting for the next event', async () => {
  const cut = Buffer.from(whole).indexOf('event: content_block_stop') - 1;
  const { chunks: received } = await read([
    whole.subarray(0, cut),
    whole.subarray(cut, cut + 1),
    whole.subarray(cut + 1),
  ]);
  expect(new TextDecoder().decode(received[1])).toMatch(/^event: content_block_delta\n.*\n\n$/);
});

test('a host that breaks off in the middle of an event ends in one clean error event', async () => {
  const commit = answer('text').sse.indexOf('content_block_delta');
  const cut = answer('text').sse.indexOf('\n\n', commit) + 2 + 40;
  const { text, ending } = await read([whole.subarray(0, cut)], BROKEN);
  const events = text.split('\n\n').filter((event) => event !== '');
  expect(events.at(-1)).toMatch(/^event: error\ndata: \{"type":"error","error":\{"type":"overloaded_error"/);
  for (const event of events) expect(() => JSON.parse(event.split('\ndata: ')[1] ?? '')).not.toThrow();
  expect(ending.failure).toBeDefined();
});

test('a stream that ends with its stop reason is complete, and gets the end marker it lacks', async () => {
  const { text, ending } = await read([
    bytes(answer('text').sse.slice(0, answer('text').sse.lastIndexOf('event: message_stop'))),
  ]);
  expect(text.trimEnd()).toBe(answer('text').sse.replace(/data: .*\n\n$/, 'data: {"type":"message_stop"}'));
  expect(ending).toMatchObject({ failure: undefined, stopReason: 'end_turn' });
});

test('wherever a stream breaks off after its stop reason, the client gets a whole one', async () => {
  const { sse } = answer('text');
  const last = sse.lastIndexOf('\n\nevent: message_stop');
  const whole = `${sse.slice(0, last)}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n`;
  for (let cut = last; cut <= sse.length; cut += 1) {
    const { text, ending } = await read([bytes(sse.slice(0, cut))], cut % 2 === 0 ? BROKEN : undefined);
    expect(`${cut - last}: ${text}`).toBe(`${cut - last}: ${whole}`);
    expect(ending.failure).toBeUndefined();
  }
});

test('a stream that just ends is never passed off as complete', async () => {
  const { text, ending } = await read([whole.subarray(0, answer('text').sse.lastIndexOf('event: message_delta'))]);
  expect(text).toMatch(/event: error\n/);
  expect(ending.failure).toBeDefined();
});

test('the host’s own last error is told in our words, under our id, and no second one follows', async () => {
  const error = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n';
  const start = answer('text').sse.slice(0, answer('text').sse.indexOf('event: message_delta'));
  const { text, ending } = await read([bytes(start + error)]);
  expect(text).toBe(start + error.replace('}}', '},"request_id":"gw_1"}'));
  expect(ending.failure).toMatchObject({ kind: 'stream', status: 529 });
});

test('an error event before the first content is a failure, not an answer', async () => {
  const sse =
    'event: message_start\ndata: {"type":"message_start","message":{}}\n\n' +
    'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n';
  const { source } = attemptAt([bytes(sse)]);
  await expect(holdToFirstContent(source)).resolves.toMatchObject({
    ok: false,
    failure: { kind: 'stream', status: 529, facts: { type: 'overloaded_error' } },
  });
});

test('a client that reads slowly does not make its host look silent', async () => {
  const { source, watch, clock } = attemptAt([whole.subarray(0, whole.length - 30), whole.subarray(whole.length - 30)]);
  const chunks = (await committed({ source })).body[Symbol.asyncIterator]();
  await chunks.next();
  clock.advance(5000);
  expect(watch.timedOut).toBeUndefined();
  await chunks.next();
  expect((await chunks.next()).done).toBe(true);
});

describe('a host that falls silent in the middle and then goes on', () => {
  const FIRST = whole.indexOf(0x7b, Buffer.from(whole).indexOf('event: content_block_delta'));
  const SECOND_DELTA = Buffer.from(whole).indexOf('event: ', FIRST);
  const REST = new TextDecoder().decode(whole.subarray(SECOND_DELTA));

  async function pausing(cut: number) {
    let resume = () => {};
    const { source, clock } = attemptAt([]);
    async function* body() {
      yield whole.subarray(0, cut);
      await new Promise<void>((resolve) => (resume = resolve));
      yield whole.subarray(cut);
    }
    const stream = await committed({ source: { ...source, opened: { ...source.opened, body: body() } } });
    const chunks = stream.body[Symbol.asyncIterator]();
    const next = async () => new TextDecoder().decode((await chunks.next()).value);
    await next();
    return { clock, next, chunks, resume: () => resume() };
  }

  test('is covered by pings, and its bytes are not touched', async () => {
    const { clock, next, chunks, resume } = await pausing(SECOND_DELTA);
    for (let ping = 0; ping < 2; ping += 1) {
      const waiting = next();
      await setImmediate();
      clock.advance(400);
      expect(await waiting).toBe('event: ping\ndata: {"type":"ping"}\n\n');
    }
    const rest = next();
    resume();
    expect(await rest).toBe(REST);
    expect((await chunks.next()).done).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('is left in peace in the middle of an event', async () => {
    const { clock, next, resume } = await pausing(SECOND_DELTA + 20);
    const rest = next();
    await setImmediate();
    clock.advance(450);
    resume();
    // The event that was torn, and what came with its end.
    expect((await rest) + (await next())).toBe(REST);
  });
});

test('nothing is left when the stream is over, nor when the client stops reading', async () => {
  const { clock } = await read([whole]);
  expect(clock.pending).toBe(0);
  const early = attemptAt([whole.subarray(0, whole.length - 30), whole.subarray(whole.length - 30)]);
  for await (const _ of (await committed(early)).body) break;
  expect(early.watch.signal.aborted).toBe(true);
  expect(early.clock.pending).toBe(0);
});
