import type { JsonObject } from '../../../../lambda/engine/json';
import { ChunkWriter } from '../../../../lambda/wire/openai/door/answer/chunk-writer';
import { toOpenAiError } from '../../../../lambda/wire/openai/door/answer/error';
import { fromMessage } from '../../../../lambda/wire/openai/door/answer/from-message';
import { fromMessageStream } from '../../../../lambda/wire/openai/door/answer/from-stream';
import { encodeSse } from '../../../../lambda/wire/sse-events';

const CREATED = 1_790_000_000;
const START = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-5-5',
  content: [],
  stop_reason: null,
  usage: { input_tokens: 10, cache_read_input_tokens: 5, cache_creation_input_tokens: 2, output_tokens: 1 },
};
const USAGE = {
  prompt_tokens: 17,
  completion_tokens: 9,
  total_tokens: 26,
  prompt_tokens_details: { cached_tokens: 5 },
};
const message = (fields: JsonObject): JsonObject => ({
  ...START,
  usage: { ...START.usage, output_tokens: 9 },
  ...fields,
});

test('tokens of thinking are told where the host has counted them', () => {
  const counted = { ...START.usage, output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } };
  const { usage } = fromMessage(message({ usage: counted }), CREATED);
  expect(usage).toEqual({ ...USAGE, completion_tokens_details: { reasoning_tokens: 4 } });
});

const start = { type: 'message_start', message: START };
const open = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const end = (stop_reason: string, details: object = {}) => [
  { type: 'message_delta', delta: { stop_reason, ...details }, usage: { output_tokens: 9, input_tokens: null } },
  { type: 'message_stop' },
];
const text = (index: number, said: string) => [
  open(index, { type: 'text', text: '' }),
  delta(index, { type: 'text_delta', text: said }),
  stop(index),
];
const tool = (index: number, id: string, ...parts: string[]) => [
  open(index, { type: 'tool_use', id, name: 'f', input: {} }),
  ...parts.map((partial_json) => delta(index, { type: 'input_json_delta', partial_json })),
  stop(index),
];

async function linesOf(events: readonly { readonly type: string }[], includeUsage = false): Promise<string[]> {
  const bytes = async function* () {
    // Torn in two: events need not come whole.
    for (const event of events) {
      const encoded = encodeSse(event.type, JSON.stringify(event));
      yield encoded.subarray(0, 20);
      yield encoded.subarray(20);
    }
  };
  let written = '';
  for await (const part of fromMessageStream(bytes(), new ChunkWriter(includeUsage, CREATED)))
    written += new TextDecoder().decode(part);
  return written.split('\n\n').filter((line) => line !== '');
}

const parsed = (line: string): JsonObject => JSON.parse(line.slice('data: '.length)) as JsonObject;

/** `delta` and finish of every chunk with choices. */
async function deltasOf(events: readonly { readonly type: string }[]): Promise<unknown[]> {
  const lines = await linesOf(events);
  expect(lines.at(-1)).toBe('data: [DONE]');
  return lines.slice(0, -1).map((line) => {
    const [choice] = parsed(line)['choices'] as JsonObject[];
    return choice?.['finish_reason'] ?? choice?.['delta'];
  });
}

const ROLE = { role: 'assistant', content: '', refusal: null };

describe('a stream', () => {
  test('begins with the role, and each chunk has the head of the answer', async () => {
    const [first] = await linesOf([start, ...text(0, 'Hi'), ...end('end_turn')]);
    expect(parsed(first!)).toEqual({
      id: 'msg_1',
      object: 'chat.completion.chunk',
      created: CREATED,
      model: 'claude-opus-5-5',
      choices: [{ index: 0, delta: ROLE, logprobs: null, finish_reason: null }],
    });
  });

  test('has thinking, text and parallel calls in their order, name before arguments, and then the finish', async () => {
    const thinking = [
      open(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'Hm' }),
      delta(0, { type: 'signature_delta', signature: 'x' }),
      stop(0),
    ];
    const calls = [...tool(2, 'toolu_1', '', '{"a"', ':1}'), ...tool(3, 'toolu_2')];
    expect(await deltasOf([start, ...thinking, ...text(1, 'Wait'), ...calls, ...end('tool_use')])).toEqual([
      ROLE,
      { reasoning_content: 'Hm' },
      { content: 'Wait' },
      { tool_calls: [{ index: 0, id: 'toolu_1', type: 'function', function: { name: 'f', arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] },
      { tool_calls: [{ index: 0, function: { arguments: ':1}' } }] },
      { tool_calls: [{ index: 1, id: 'toolu_2', type: 'function', function: { name: 'f', arguments: '' } }] },
      { tool_calls: [{ index: 1, function: { arguments: '{}' } }] },
      'tool_calls',
    ]);
  });

  test('that is refused says so before its finish', async () => {
    const details = { stop_details: { type: 'refusal', explanation: 'Not this.' } };
    expect(await deltasOf([start, ...end('refusal', details)])).toEqual([
      ROLE,
      { refusal: 'Not this.' },
      'content_filter',
    ]);
  });

  test('has its usage in a last chunk without choices where that is asked for, and nowhere else', async () => {
    const events = [start, ...text(0, 'Hi'), ...end('end_turn')];
    const lines = await linesOf(events, true);
    expect(lines.slice(0, -2).map((line) => parsed(line)['usage'])).toEqual([null, null, null]);
    expect(parsed(lines.at(-2)!)).toMatchObject({ choices: [], usage: USAGE });
    expect(lines.at(-1)).toBe('data: [DONE]');
    expect((await linesOf(events)).join('')).not.toContain('usage');
  });

  test('keeps its pings as comments', async () => {
    expect(await linesOf([{ type: 'ping' }, start])).toEqual([': ping', expect.stringContaining('assistant')]);
  });

  test('that breaks off ends with the error, and without [DONE]', async () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'busy' } };
    const lines = await linesOf([start, ...text(0, 'Hi').slice(0, 2), error]);
    expect(parsed(lines.at(-1)!)).toEqual({
      error: { message: 'busy', type: 'overloaded_error', param: null, code: 'server_overloaded' },
    });
  });
});

describe('a whole answer', () => {
  test('has thinking, text and calls in their places', () => {
    const content = [
      { type: 'thinking', thinking: 'Hm', signature: 'x' },
      { type: 'text', text: 'Wa' },
      { type: 'text', text: 'it' },
      { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 } },
    ];
    expect(fromMessage(message({ content, stop_reason: 'tool_use' }), CREATED)).toEqual({
      id: 'msg_1',
      object: 'chat.completion',
      created: CREATED,
      model: 'claude-opus-5-5',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'Wait',
            refusal: null,
            reasoning_content: 'Hm',
            tool_calls: [{ id: 'toolu_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
          },
          logprobs: null,
          finish_reason: 'tool_calls',
        },
      ],
      usage: USAGE,
    });
  });

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
  ])('that ends with %s finishes with %s, streamed too', async (stop_reason, finish) => {
    expect(fromMessage(message({ stop_reason }), CREATED).choices[0]?.finish_reason).toBe(finish);
    expect((await deltasOf([start, ...end(stop_reason)])).at(-1)).toBe(finish);
  });

  test('that is refused says so', () => {
    const [choice] = fromMessage(message({ stop_reason: 'refusal' }), CREATED).choices;
    expect(choice?.message).toMatchObject({ content: null, refusal: 'The model has refused to answer.' });
  });
});

test.each([
  ['authentication_error', 'invalid gateway key', null, 'invalid_api_key'],
  ['rate_limit_error', 'slow down', null, 'rate_limit_exceeded'],
  ['not_found_error', "model: 'x' is not served by this gateway; it serves y", 'model', 'model_not_found'],
  ['not_found_error', 'GET /v2 is not served by this gateway', null, null],
  ['invalid_request_error', 'prompt is too long: 9 tokens > 8 maximum', null, 'context_length_exceeded'],
  ['invalid_request_error', 'messages[0].role: it must be one of user', 'messages[0].role', null],
  ['invalid_request_error', 'messages.0.content.1: Field required', null, null],
])('of an %s “%s” the field is %s and the code %s', (type, text, param, code) => {
  expect(toOpenAiError({ type, message: text })).toEqual({ message: text, type, param, code });
});
