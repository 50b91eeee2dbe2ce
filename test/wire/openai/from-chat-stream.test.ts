import fc from 'fast-check';
import { FOREIGN_SIGNATURE } from '../../../lambda/wire/anthropic/request/foreign-marks';
import { plainDeltaEnd } from '../../../lambda/wire/anthropic/answer/plain-delta';
import { fromChatStream } from '../../../lambda/wire/openai/from-chat-stream';
import { rewrites, splits } from '../../fixtures/answers/read-answers';
import { openaiChunk, sse } from './chunks';
import { recording, recordings } from './recordings';
import { accumulated, ASKED, assembled, bytes, collect, each, eventsOf, plain, translated } from './read-stream';

const TEXT = recording('OpenAI: text').sse;
const CALLS = recording('OpenAI: text, then two calls at once').sse;
const CASES = recordings.map((each) => [each.name, each] as const);

describe('an answer of another model', () => {
  test.each(CASES)('%s: is the Message it would be, in the router and in the SDK', async (_name, recorded) => {
    const events = await translated(recorded.sse);
    const message = assembled(events);
    const [input, cached, output] = recorded.usage;
    expect(plain(message['content'])).toEqual(recorded.content);
    expect(message).toMatchObject({
      type: 'message',
      role: 'assistant',
      stop_reason: recorded.stopReason,
      usage: {
        input_tokens: input,
        cache_read_input_tokens: cached,
        cache_creation_input_tokens: 0,
        output_tokens: output,
      },
    });
    const theirs = await accumulated(events);
    expect(theirs.stop_reason).toBe(recorded.stopReason);
    expect(theirs.content).toEqual(message['content']);
    expect(theirs.usage).toMatchObject({ input_tokens: input, output_tokens: output });
  });

  test.each(CASES)('%s: is the same however its bytes are split', async (_name, recorded) => {
    const whole = bytes(recorded.sse);
    const expected = await translated([whole]);
    const same = async (chunks: readonly Uint8Array[]): Promise<void> =>
      expect(message(await translated(chunks))).toEqual(message(expected));
    await same(Array.from(whole, (_, at) => whole.subarray(at, at + 1)));
    await fc.assert(fc.asyncProperty(splits(whole), same), { numRuns: 20 });
  });

  test.each(CASES)(
    '%s: cut at any byte, it never ends as complete before its finish reason',
    async (_name, recorded) => {
      const whole = bytes(recorded.sse);
      const head = recorded.sse.slice(0, recorded.sse.indexOf('\n', recorded.sse.search(/"finish_reason":"/)));
      const finished = bytes(head).length;
      const full = message(await translated([whole]));
      for (let cut = 0; cut < whole.length; cut++) {
        const events = await translated([whole.subarray(0, cut)]);
        const isComplete = events.some(({ event }) => event === 'message_stop' || event === 'message_delta');
        expect([cut, isComplete]).toEqual([cut, cut >= finished]);
        if (isComplete) expect(assembled(events)['content']).toEqual(full.content);
      }
    },
  );

  test.each(CASES)('%s: a connection that breaks is no end either', async (_name, recorded) => {
    const before = recorded.sse.slice(0, recorded.sse.search(/"finish_reason":"/));
    const stream = fromChatStream(each([bytes(before)], new Error('socket closed')), ASKED);
    await expect(collect(stream)).rejects.toThrow('socket closed');
  });

  test.each(Object.entries(rewrites))('is read %s', async (_name, rewrite) => {
    expect(message(await translated(rewrite(CALLS)))).toEqual(message(await translated(CALLS)));
  });

  test('a connection that breaks after the finish reason has harmed nothing', async () => {
    const before = CALLS.slice(0, CALLS.lastIndexOf('data: {'));
    const events = eventsOf(await collect(fromChatStream(each([bytes(before)], new Error('socket closed')), ASKED)));
    expect(events.at(-1)?.event).toBe('message_stop');
    expect(assembled(events)['stop_reason']).toBe('tool_use');
  });

  test('each piece goes out with the chunk that brought it', async () => {
    const pieces = TEXT.split(/(?<=\n\n)/).map(bytes);
    const chunks = await collect(fromChatStream(each(pieces), ASKED));
    const deltas = chunks.map(
      (chunk) => eventsOf([chunk]).filter(({ event }) => event === 'content_block_delta').length,
    );
    expect(deltas.slice(0, 7)).toEqual([0, 1, 1, 1, 1, 1, 1]);
  });

  test('its deltas have the form that the router passes without parsing', async () => {
    for (const { event, data } of await translated(CALLS)) {
      if (event !== 'content_block_delta') continue;
      const written = bytes(`event: ${event}\ndata: ${data}\n\n`);
      expect(plainDeltaEnd(written, 0)).toBe(written.length);
    }
  });

  test('it is in the name of the model that gave it', async () => {
    expect(assembled(await translated(TEXT))['model']).toBe('gpt-5.4-mini-2026-08-11');
    const unnamed = sse([openaiChunk({ content: 'Hi' }, 'stop', { model: '' })]);
    expect(assembled(await translated(unnamed))['model']).toBe('gpt-5.4-mini');
  });

  test('before the server has counted, the input is an estimate; where it never counts, it stays one', async () => {
    const [start] = await translated(TEXT);
    expect(JSON.parse(start!.data).message.usage.input_tokens).toBe(321);
    const uncounted = sse([openaiChunk({ content: 'a'.repeat(400) }), openaiChunk({}, 'stop')]);
    expect(assembled(await translated(uncounted))['usage']).toMatchObject({ input_tokens: 321, output_tokens: 100 });
  });

  test('thinking is marked as nobody’s, and left out where the client has not asked for it', async () => {
    const { sse: thought } = recording('xAI: thinking, then a call in one piece');
    const content = assembled(await translated(thought))['content'];
    expect(content).toMatchObject([{ type: 'thinking', signature: FOREIGN_SIGNATURE }, { type: 'tool_use' }]);
    const unasked = assembled(await translated(thought, { ...ASKED, thinking: false }));
    expect(plain(unasked['content'])).toEqual([{ type: 'tool_use', name: 'weather', input: { location: 'Oslo' } }]);
  });

  test('a model that thinks unasked is seen to be at work', async () => {
    const pieces = recording('xAI: thinking, then a call in one piece')
      .sse.split(/(?<=\n\n)/)
      .slice(1, 3);
    const chunks = await collect(fromChatStream(each(pieces.map(bytes)), { ...ASKED, thinking: false }));
    expect(new TextDecoder().decode(chunks[1])).toContain('event: ping');
  });

  test('what the server does after its last word is read, so that its connection can be used again', async () => {
    let read = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      for (const chunk of [TEXT, ': bye\n\n', 'data: {"choices":[]}\n\n']) {
        yield bytes(chunk);
        read += 1;
      }
    }
    const events = eventsOf(await collect(fromChatStream(source(), ASKED)));
    expect(events.filter(({ event }) => event === 'message_stop')).toHaveLength(1);
    expect(read).toBe(3);
  });

  test('an event that is no JSON ends it', async () => {
    await expect(translated(`${sse([openaiChunk({ content: 'Hi' })])}data: <html>\n\n`)).rejects.toThrow(
      'not a JSON object',
    );
  });
});

function message(events: Awaited<ReturnType<typeof translated>>): Record<string, unknown> {
  return assembled(events);
}
