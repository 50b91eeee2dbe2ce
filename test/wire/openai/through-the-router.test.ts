import type { HostAnswer } from '../../../lambda/engine/host';
import { AttemptSignal } from '../../../lambda/engine/time/attempt-signal';
import { Deadline } from '../../../lambda/engine/time/deadline';
import { Silence } from '../../../lambda/engine/time/silence';
import type { AnswerSource, Reading } from '../../../lambda/engine/answer';
import { ANTHROPIC_DIALECT } from '../../../lambda/wire/anthropic/dialect';
import { fromChatStream } from '../../../lambda/wire/openai/from-chat-stream';
import { VirtualClock } from '../../engine/virtual-clock';
import { answerSource } from '../anthropic/answer-source';
import { DONE, openaiChunk, sse } from './chunks';
import { recording } from './recordings';
import { ASKED, bytes, collect, each, eventsOf, plain } from './read-stream';

/** As an attempt reads the translated stream: by the same code as Claude's own. */
function read(stream: string, how: Partial<AnswerSource> = {}): Promise<Reading> {
  const clock = new VirtualClock();
  const watch = new AttemptSignal(clock, new AbortController().signal, new Deadline(clock, 60_000));
  const opened: HostAnswer = {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: fromChatStream(each(stream.split(/(?<=\n\n)/).map(bytes)), ASKED),
    dropped: [],
  };
  return ANTHROPIC_DIALECT.answer({ ...answerSource(opened, watch, new Silence(clock, 400)), ...how });
}

const CALLS = recording('OpenAI: text, then two calls at once');
const QUOTA = `data: ${JSON.stringify({ error: { message: 'x', type: 'insufficient_quota', code: 'insufficient_quota' } })}\n\n`;
const BEGUN = sse([openaiChunk({ role: 'assistant', content: '' })]);

test('a client that streams gets it whole, with its counters', async () => {
  const reading = await read(CALLS.sse);
  if (!reading.ok || reading.body instanceof Uint8Array) throw new Error('expected a stream');
  const events = eventsOf(await collect(reading.body));
  expect(events.at(-1)?.event).toBe('message_stop');
  const { usage, stopReason, failure } = await reading.ended;
  expect({ usage, stopReason, failure }).toMatchObject({
    usage: { input_tokens: 58, output_tokens: 41 },
    stopReason: 'tool_use',
    failure: undefined,
  });
});

test.each([
  ['a client that does not stream', { stream: false }],
  ['a route that holds answers until they are whole', { holdsWhole: true }],
])('%s gets it whole', async (_name, how) => {
  const reading = await read(CALLS.sse, how);
  if (!reading.ok || !(reading.body instanceof Uint8Array)) throw new Error('expected a whole answer');
  if ('stream' in how) expect(plain(JSON.parse(new TextDecoder().decode(reading.body)).content)).toEqual(CALLS.content);
  else expect(eventsOf([reading.body]).at(-1)?.event).toBe('message_stop');
});

test('cut after any chunk, it is a failure, or ends with an error that the client can read', async () => {
  const pieces = CALLS.sse.slice(0, CALLS.sse.search(/"finish_reason":"/)).split(/(?<=\n\n)/);
  for (let kept = 0; kept < pieces.length; kept++) {
    const cut = pieces.slice(0, kept).join('');
    await expect(read(cut, { stream: false })).rejects.toThrow('the stream ended before message_stop');
    if (kept < 2) {
      await expect(read(cut)).rejects.toThrow('the stream ended before any content');
      continue;
    }
    const reading = await read(cut);
    if (!reading.ok || reading.body instanceof Uint8Array) throw new Error('expected a stream');
    expect(eventsOf(await collect(reading.body)).at(-1)?.event).toBe('error');
    expect((await reading.ended).failure).toMatchObject({ kind: 'malformed' });
  }
});

test('an error before any content is the next host’s chance', async () => {
  const reading = await read(BEGUN + QUOTA + DONE);
  expect(reading).toMatchObject({
    ok: false,
    failure: { kind: 'stream', status: 429, facts: { type: 'insufficient_quota' } },
  });
});

test('an error after it is told without the account’s affairs', async () => {
  const reading = await read(BEGUN + sse([openaiChunk({ content: 'Hi' })]) + QUOTA + DONE);
  if (!reading.ok || reading.body instanceof Uint8Array) throw new Error('expected a stream');
  const last = eventsOf(await collect(reading.body)).at(-1)!;
  expect(last.event).toBe('error');
  expect(last.data).not.toContain('quota');
  expect((await reading.ended).failure).toMatchObject({ hasBegun: true, facts: { type: 'insufficient_quota' } });
});

test('a refusal before any content is an answer, and no failure', async () => {
  const reading = await read(BEGUN + sse([openaiChunk({}, 'content_filter')]) + DONE);
  if (!reading.ok || reading.body instanceof Uint8Array) throw new Error('expected a stream');
  expect(eventsOf(await collect(reading.body)).map(({ event }) => event)).toEqual([
    'message_start',
    'message_delta',
    'message_stop',
  ]);
  expect((await reading.ended).stopReason).toBe('refusal');
});
