import type { JsonObject } from '../../../../lambda/engine/json';
import { fromMessage } from '../../../../lambda/wire/openai/responses/answer/from-message';
import { BUILT_IN, CUSTOM, FUNCTION, type CalledTools } from '../../../../lambda/wire/openai/responses/tool-kinds';
import { call, CREATED, end, outputOf, start, text, thinking, written } from './events';

const OPENING = ['response.created', 'response.in_progress'];
const typesOf = (events: readonly JsonObject[]): unknown[] => events.map(({ type }) => type);
const TOOLS: CalledTools = new Map([
  ['f', { kind: FUNCTION, name: 'f' }],
  ['space__f', { kind: FUNCTION, name: 'f', namespace: 'space' }],
  ['apply', { kind: CUSTOM, name: 'apply' }],
  ['shell', { kind: BUILT_IN['shell']!, name: 'shell' }],
  ['local_shell', { kind: BUILT_IN['local_shell']!, name: 'local_shell' }],
  ['apply_patch', { kind: BUILT_IN['apply_patch']!, name: 'apply_patch' }],
]);

/** The orders of the events in OpenAI's reference of streaming, by what is answered. */
it.each<[string, JsonObject[], string[]]>([
  [
    'text',
    text('Hi', ' there'),
    [
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
    ],
  ],
  [
    'a call of a function',
    call('f', '{"a"', ':1}'),
    [
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
    ],
  ],
  [
    'reasoning',
    thinking('sig', 'Hm'),
    [
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
    ],
  ],
  [
    'a custom tool',
    call('apply', '{"input":"x"}'),
    ['output_item.added', 'custom_tool_call_input.delta', 'custom_tool_call_input.done', 'output_item.done'],
  ],
  ['a shell', call('shell', '{"commands":["ls"]}'), ['output_item.added', 'output_item.done']],
  ['thoughts that are not told', thinking('sig'), ['output_item.added', 'output_item.done']],
])('%s is streamed in the published order, numbered from 0', (_what, blocks, between) => {
  const events = written([start, ...blocks, ...end('end_turn')], TOOLS);
  expect(typesOf(events)).toEqual([...OPENING, ...between.map((type) => `response.${type}`), 'response.completed']);
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
});

it('a refusal is a part of its own, after what was said before', () => {
  const details = { stop_details: { explanation: 'No.' } };
  const events = written([start, ...text('Well'), ...end('refusal', details)]);
  expect(typesOf(events).slice(-6)).toEqual(
    ['content_part.added', 'refusal.delta', 'refusal.done', 'content_part.done', 'output_item.done', 'completed'].map(
      (type) => `response.${type}`,
    ),
  );
  expect(outputOf(events)).toMatchObject([{ content: [{ text: 'Well' }, { type: 'refusal', refusal: 'No.' }] }]);
});

it('an error comes as both events that clients know, and nothing that looks complete', () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
  const events = written([start, ...text('We'), error]);
  expect(events.slice(-2)).toMatchObject([
    { type: 'error', code: 'server_error', message: 'Overloaded', param: null },
    {
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message: 'Overloaded' }, output: [] },
    },
  ]);
});

it('an error before anything else has its place too', () => {
  const events = written([{ type: 'ping' }, { type: 'error', error: { type: 'api_error', message: 'No.' } }]);
  expect(typesOf(events)).toEqual(['error', 'response.failed']);
});

it('pieces of one text block are one part, and blocks of text beside each other are parts of one message', () => {
  const events = written(
    [start, ...text('a', 'b'), ...text('c'), ...call('f', '{}'), ...text('d'), ...end('end_turn')],
    TOOLS,
  );
  expect(outputOf(events)).toMatchObject([
    { type: 'message', id: 'msg_1_0', content: [{ text: 'ab' }, { text: 'c' }] },
    { type: 'function_call', id: 'fc_1_1' },
    { type: 'message', id: 'msg_1_2', content: [{ text: 'd' }] },
  ]);
  const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
  expect(deltas.map(({ content_index, output_index }) => [output_index, content_index])).toEqual([
    [0, 0],
    [0, 0],
    [0, 1],
    [2, 0],
  ]);
});

it('a block without text is no message', () => {
  expect(outputOf(written([start, ...text(), ...call('f'), ...end('tool_use')], TOOLS))).toMatchObject([
    { type: 'function_call', arguments: '{}' },
  ]);
});

it('an answer that ran out of tokens is incomplete, and so is what it ended in', () => {
  const events = written([start, ...text('Hi'), ...call('f', '{"a":'), ...end('max_tokens')], TOOLS);
  expect(events.at(-1)).toMatchObject({
    type: 'response.incomplete',
    response: {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ status: 'completed' }, { status: 'incomplete', arguments: '{"a":' }],
    },
  });
});

it('calls are told by the kind, the name and the namespace that the request gave them', () => {
  const events = written(
    [
      start,
      ...call('space__f', '{"a":1}'),
      ...call('apply', '{"input":"*** Begin', ' \\"é\\""}'),
      ...call('shell', '{"commands":["ls"],"timeout_ms":5}'),
      ...call('local_shell', '{"command":["ls","-l"],"working_directory":"/"}'),
      ...call('apply_patch', '{"type":"delete_file","path":"a"}'),
      ...call('stranger', '{}'),
      ...end('tool_use'),
    ],
    TOOLS,
  );
  expect(outputOf(events)).toMatchObject([
    { type: 'function_call', name: 'f', namespace: 'space', call_id: 'toolu_space__f', arguments: '{"a":1}' },
    { type: 'custom_tool_call', name: 'apply', input: '*** Begin "é"' },
    { type: 'shell_call', action: { commands: ['ls'], timeout_ms: 5, max_output_length: null } },
    { type: 'local_shell_call', action: { type: 'exec', command: ['ls', '-l'], working_directory: '/', env: {} } },
    { type: 'apply_patch_call', operation: { type: 'delete_file', path: 'a' } },
    { type: 'function_call', name: 'stranger' },
  ]);
});

it('usage counts the prompt with its caches, and the thoughts by themselves', () => {
  expect(written([start, ...text('Hi'), ...end('end_turn')]).at(-1)).toMatchObject({
    response: {
      usage: {
        input_tokens: 17,
        input_tokens_details: { cached_tokens: 5, cache_write_tokens: 2 },
        output_tokens: 9,
        output_tokens_details: { reasoning_tokens: 4 },
        total_tokens: 26,
      },
    },
  });
});

it('repeats of the request what an answer repeats, and says that nothing is kept', () => {
  const body = {
    instructions: 'Be brief.',
    metadata: { a: 'b' },
    tools: [{ type: 'function', name: 'f' }],
    store: true,
  };
  expect(written([start, ...end('end_turn')], TOOLS, body).at(-1)).toMatchObject({
    response: {
      ...body,
      store: false,
      previous_response_id: null,
      temperature: null,
      tool_choice: 'auto',
      created_at: CREATED,
    },
  });
});

it('a whole answer is what its stream would have come to', () => {
  const content = [
    { type: 'thinking', thinking: 'Hm', signature: 'sig' },
    { type: 'redacted_thinking', data: 'x' },
    { type: 'text', text: 'Hi' },
    { type: 'tool_use', id: 'toolu_f', name: 'f', input: { a: 1 } },
  ];
  const message = {
    id: 'msg_1',
    model: 'claude-opus-5-5',
    content,
    stop_reason: 'tool_use',
    usage: { input_tokens: 10, output_tokens: 9 },
  };
  const redacted = [{ type: 'content_block_start', content_block: content[1] }, { type: 'content_block_stop' }];
  const streamed = written(
    [start, ...thinking('sig', 'Hm'), ...redacted, ...text('Hi'), ...call('f', '{"a":1}'), ...end('tool_use')],
    TOOLS,
  );
  const asked = {
    body: { model: 'claude-opus-5-5' },
    tools: TOOLS,
    bytes: new Uint8Array(),
    stream: false,
    dropped: [],
  };
  expect(fromMessage(message, asked, CREATED)).toMatchObject({ status: 'completed', output: outputOf(streamed) });
});
