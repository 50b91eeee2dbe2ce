import Anthropic from '@anthropic-ai/sdk';
import fc from 'fast-check';
import { MessageAssembler } from '../../../lambda/wire/anthropic/answer/assemble-message';
import { CommitScan } from '../../../lambda/wire/anthropic/answer/commit-scan';
import { MalformedStream } from '../../../lambda/wire/sse-events';
import { answer, answers, bytes, rewrites, splits } from '../../fixtures/answers/read-answers';

function assemble(chunks: readonly Uint8Array[]): MessageAssembler {
  const assembler = new MessageAssembler();
  for (const chunk of chunks) assembler.write(chunk);
  assembler.end();
  return assembler;
}

function stream(...events: readonly { readonly type: string; readonly [field: string]: unknown }[]): Uint8Array {
  return bytes(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}

const start = { type: 'message_start', message: { type: 'message', content: [], usage: { output_tokens: 1 } } };
const block = (fields: object, index = 0) => ({ type: 'content_block_start', index, content_block: fields });
const delta = (fields: object, index = 0) => ({ type: 'content_block_delta', index, delta: fields });
const finish = (reason: string) => ({ type: 'message_delta', delta: { stop_reason: reason } });
const stop = { type: 'message_stop' };

const tool = { type: 'tool_use', id: 'toolu_01', name: 'find', input: {} };
const input = (partial: string) => delta({ type: 'input_json_delta', partial_json: partial });

describe.each(answers.map(({ name }) => name))('the stream of %s', (name) => {
  const { sse, message } = answer(name);

  test.each(Object.keys(rewrites))('%s makes the Message of a call without streaming, under any split', (rewrite) => {
    const whole = bytes(rewrites[rewrite]?.(sse) ?? '');
    fc.assert(
      fc.property(splits(whole), (chunks) => {
        const assembler = assemble(chunks);
        expect(assembler.complete).toBe(true);
        expect(assembler.message()).toEqual(message);
        expect(JSON.parse(assembler.json())).toEqual(message);
      }),
      { numRuns: 10 },
    );
  });

  test('makes the Message that the official SDK makes', async () => {
    const client = new Anthropic({
      apiKey: 'test',
      maxRetries: 0,
      fetch: () => Promise.resolve(new Response(sse, { headers: { 'content-type': 'text/event-stream' } })),
    });
    const final = await client.beta.messages
      .stream({ model: 'claude-sonnet-4-6', max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }] })
      .finalMessage();
    // The SDK's own field, not the API's.
    const { parsed_output: parsed, ...received } = final;
    expect(parsed).toBeNull();
    expect(received).toEqual(message);
  });

  test('is not complete while anything of it is missing', () => {
    const whole = bytes(sse.trimEnd());
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (cut) => {
        const assembler = new MessageAssembler();
        assembler.write(whole.subarray(0, cut));
        expect(assembler.complete).toBe(false);
        expect(() => assembler.message()).toThrow(MalformedStream);
        expect(() => assembler.json()).toThrow(MalformedStream);
      }),
      { numRuns: 30 },
    );
  });
});

test('there is content from the moment the commit scan says so, under any split', () => {
  for (const { sse } of answers) {
    fc.assert(
      fc.property(splits(bytes(sse)), (chunks) => {
        const assembler = new MessageAssembler();
        const scan = new CommitScan();
        for (const chunk of chunks) {
          const verdict = scan.push(chunk);
          assembler.write(chunk);
          expect(assembler.hasContent).toBe(verdict !== 'hold');
          if (verdict !== 'hold') return;
        }
      }),
      { numRuns: 20 },
    );
  }
});

test('a stream that lacks its last empty line is complete', () => {
  const { sse, message } = answer('text');
  expect(assemble([bytes(sse.trimEnd())]).message()).toEqual(message);
});

test('a stream that ends inside an event is malformed', () => {
  const { sse } = answer('text');
  const cut = bytes(sse.slice(0, sse.lastIndexOf('"stop_sequence"')));
  expect(() => assemble([cut])).toThrow(MalformedStream);
});

test('a stream that breaks off in its message_stop, or before it, lacks nothing', () => {
  const { sse, message } = answer('text');
  for (const cut of [sse.trimEnd().slice(0, -1), sse.slice(0, sse.lastIndexOf('event: message_stop'))]) {
    expect(assemble([bytes(cut)]).message()).toEqual(message);
  }
});

test('a tool input keeps every digit of its numbers and the order of its members', () => {
  const text = '{"id": 12345678901234567890, "10": 1.0, "2": 1e400}';
  const json = assemble([
    stream(start, block(tool), input(text.slice(0, 20)), input(text.slice(20)), finish('tool_use'), stop),
  ]).json();
  expect(json).toContain(`"input":${text}`);
  expect(JSON.parse(json)).toMatchObject({ type: 'message', stop_reason: 'tool_use' });
});

test('a tool input that the token limit cut off keeps the members that arrived', () => {
  const assembler = assemble([
    stream(start, block(tool), input('{"path": "a.txt", "text": "Once'), finish('max_tokens'), stop),
  ]);
  expect(assembler.message()).toMatchObject({ content: [{ ...tool, input: { path: 'a.txt' } }] });
  expect(JSON.parse(assembler.json())).toEqual(assembler.message());
});

test('a finished tool_use block whose input is not JSON is malformed', () => {
  expect(() => assemble([stream(start, block(tool), input('{"path": '), finish('tool_use'), stop)])).toThrow(
    'the input of a finished tool_use block is not JSON',
  );
});

test('blocks, fields and counters of tomorrow stay as they came', () => {
  const later = { type: 'hologram', frames: [1, { deep: null }], text: 'a' };
  const assembler = assemble([
    stream(
      { ...start, message: { ...start.message, mood: 'calm' } },
      block(later),
      delta({ type: 'text_delta', text: 'b' }),
      { type: 'weather_report', sunny: true },
      { ...finish('end_turn'), usage: { output_tokens: 3, photons: 7 }, aura: { colour: 'blue' } },
      stop,
    ),
  ]);
  expect(assembler.message()).toEqual({
    type: 'message',
    mood: 'calm',
    aura: { colour: 'blue' },
    content: [{ ...later, text: 'ab' }],
    stop_reason: 'end_turn',
    usage: { output_tokens: 3, photons: 7 },
  });
});

test('a counter that does not apply at the end does not erase the one of the beginning', () => {
  const message = { type: 'message', content: [], usage: { input_tokens: 5 } };
  const usage = { input_tokens: null, output_tokens: 2, server_tool_use: null };
  const assembler = assemble([stream({ type: 'message_start', message }, { ...finish('end_turn'), usage }, stop)]);
  expect(assembler.message()).toMatchObject({ usage: { input_tokens: 5, output_tokens: 2, server_tool_use: null } });
});

test("the host's error is given out and ends the answer", () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
  const assembler = assemble([stream(start, block({ type: 'text', text: '' }), error, stop)]);
  expect(assembler.error).toEqual(error);
  expect(assembler.complete).toBe(false);
  expect(assemble([bytes('event: error\ndata: gone\n\n')]).error).toBe('gone');
  expect(assemble([stream(start, stop)]).error).toBeUndefined();
});

test('pings and anything after message_stop change nothing', () => {
  const { sse, message } = answer('text');
  expect(assemble([bytes(`event: ping\ndata: \n\n${sse}data: [DONE]\n\n`)]).message()).toEqual(message);
});

test.each([
  ['an event that is not JSON', bytes('event: message_start\ndata: {"type"\n\n')],
  ['an event that is not an object', bytes('data: [1]\n\n')],
  ['a block before message_start', stream(block({ type: 'text', text: '' }))],
  ['an end before message_start', stream(stop)],
  ['a second message_start', stream(start, start)],
  ['a message_start without message', stream({ type: 'message_start' })],
  ['a block that is none', stream(start, { type: 'content_block_start', index: 0 })],
  ['a block out of turn', stream(start, block({ type: 'text', text: '' }, 1))],
  ['a delta for no block', stream(start, delta({ type: 'text_delta', text: 'a' }))],
  ['a delta that is none', stream(start, block({ type: 'text', text: '' }), { type: 'content_block_delta', index: 0 })],
  ['a delta without its text', stream(start, block({ type: 'text', text: '' }), delta({ type: 'text_delta' }))],
])('%s is malformed, and the error does not quote the answer', (_what, chunk) => {
  expect(() => assemble([chunk])).toThrow(MalformedStream);
});

test('a delta newer than this code is taken over, so that a new kind of content does not fail on every host', () => {
  const chunk = stream(
    start,
    block({ type: 'song', verse: 'la' }),
    delta({ type: 'verse_delta', verse: ' la' }),
    delta({ type: 'key_delta', key: { name: 'C' } }),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_stop' },
  );
  expect(assemble([chunk]).message()).toMatchObject({
    content: [{ type: 'song', verse: 'la la', key: { name: 'C' } }],
  });
});

test('bytes that are no Messages stream never crash in another way', () => {
  const json = fc.oneof(
    fc.json(),
    fc.constantFrom(
      ...[start, stop, finish('end_turn'), block(tool), input('{')].map((event) => JSON.stringify(event)),
    ),
  );
  fc.assert(
    fc.property(fc.array(json, { maxLength: 8 }), (events) => {
      const assembler = new MessageAssembler();
      try {
        for (const data of events) assembler.push({ event: '', data });
        if (assembler.complete) expect(JSON.parse(assembler.json())).toEqual(assembler.message());
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedStream);
      }
    }),
    { numRuns: 500 },
  );
});
