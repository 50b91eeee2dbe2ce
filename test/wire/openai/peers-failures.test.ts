import { toChatRequest } from '../../../lambda/wire/openai/to-chat-request';
import { withoutForeignThinking } from '../../../lambda/wire/anthropic/request/foreign-thinking';
import { GEMINI, ALL } from './chat-traits';
import { DONE, geminiCall, geminiChunk, openaiChunk, openaiUsage, SIGNATURE, sse, toolDelta } from './chunks';
import { accumulated, ASKED, assembled, plain, translated } from './read-stream';

/** What has broken in other gateways' translation, each with the stream or request that broke it. */

const tool = (name: string, input: object): object => ({ type: 'tool_use', name, input });
const content = async (stream: string): Promise<unknown> => plain(assembled(await translated(stream))['content']);
const messagesFor = (messages: readonly object[], traits = ALL): unknown =>
  toChatRequest({ model: 'c', messages }, 'm', traits).body['messages'];

test('1: the piece that begins a block is not lost with it, so that no call arrives with an empty input', async () => {
  // The whole call in the chunk that ends the text.
  const stream = sse([
    openaiChunk({ content: 'Reading.' }),
    openaiChunk(toolDelta(0, 'call_1', 'read_file', '{"path":"a.txt"}')),
    openaiChunk({}, 'tool_calls'),
  ]);
  expect(await content(stream)).toEqual([{ type: 'text', text: 'Reading.' }, tool('read_file', { path: 'a.txt' })]);
});

test('2: an empty list of calls beside text is no call', async () => {
  const stream = sse([
    openaiChunk({ content: 'Hello', tool_calls: [] }),
    openaiChunk({ content: '', tool_calls: [] }, 'stop'),
  ]);
  const events = await translated(stream);
  expect(events.filter(({ data }) => data.includes('input_json_delta'))).toEqual([]);
  expect(assembled(events)).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'text', text: 'Hello' }] });
});

test.each([['reasoning_content'], ['reasoning']])(
  '3: what the model thinks arrives, under either name: %s',
  async (field) => {
    const stream = sse([openaiChunk({ [field]: 'Hm.' }), openaiChunk({ content: 'Yes.' }, 'stop')]);
    expect(await content(stream)).toEqual([
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Yes.' },
    ]);
  },
);

test('3: thinking sent under both names is not told twice', async () => {
  const stream = sse([
    openaiChunk({ reasoning_content: 'Hm.', reasoning: 'Hm.' }),
    openaiChunk({ content: 'Yes.' }, 'stop'),
  ]);
  expect(await content(stream)).toMatchObject([{ thinking: 'Hm.' }, { text: 'Yes.' }]);
});

test('4: replayed thinking does not become text, neither Claude’s nor another model’s', () => {
  const thinking = ['EqQBsigned', 'another-model'].map((signature) => ({
    type: 'thinking',
    thinking: 'SECRET',
    signature,
  }));
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: [...thinking, { type: 'text', text: 'Hello' }] },
  ];
  expect(messagesFor(messages)).toEqual([
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
  ]);
});

test.each([['stop'], ['tool_calls'], ['function_call'], ['length'], ['eos']])(
  '5: a turn with a whole call ends with tool_use, though the server says %s',
  async (finish) => {
    const stream = sse([openaiChunk(toolDelta(0, 'call_1', 'save', '{"a":1}')), openaiChunk({}, finish)]);
    expect(assembled(await translated(stream))['stop_reason']).toBe('tool_use');
  },
);

test('6: of calls that overlap none is lost, and no two blocks are open at once', async () => {
  const stream = sse([
    openaiChunk({
      tool_calls: [
        { index: 0, id: 'call_1', type: 'function', function: { name: 'a', arguments: '{"x"' } },
        { index: 1, id: 'call_2', type: 'function', function: { name: 'b', arguments: '{"y"' } },
      ],
    }),
    openaiChunk({
      tool_calls: [
        { index: 1, function: { arguments: ':2}' } },
        { index: 0, function: { arguments: ':1}' } },
      ],
    }),
    openaiChunk({}, 'tool_calls'),
  ]);
  const events = await translated(stream);
  const order = events
    .map(({ event, data }) => [event, JSON.parse(data).index])
    .filter(([, index]) => index !== undefined);
  const opened = order
    .filter(([event]) => event !== 'content_block_delta')
    .map(([event, index]) => `${event} ${index}`);
  expect(opened).toEqual([
    'content_block_start 0',
    'content_block_stop 0',
    'content_block_start 1',
    'content_block_stop 1',
  ]);
  expect((await accumulated(events)).content).toMatchObject([tool('a', { x: 1 }), tool('b', { y: 2 })]);
});

test('7: an image of a result that is not the last does not split the results', () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
  const ids = ['toolu_1', 'toolu_2'];
  const messages = [
    { role: 'assistant', content: ids.map((id) => ({ type: 'tool_use', id, name: 'shot', input: {} })) },
    { role: 'user', content: ids.map((id) => ({ type: 'tool_result', tool_use_id: id, content: [image] })) },
  ];
  const roles = (messagesFor(messages) as readonly { role: string }[]).map(({ role }) => role);
  expect(roles).toEqual(['assistant', 'tool', 'tool', 'user']);
});

describe('8: Gemini’s signatures', () => {
  const calls = sse([
    geminiChunk({ tool_calls: [geminiCall('call_297140', 'read', { offset: 1 }, SIGNATURE)] }),
    geminiChunk({ tool_calls: [geminiCall('call_297141', 'read', { offset: 2 })] }, 'stop'),
  ]);
  const replay = async (): Promise<{ role: string; content: unknown }[]> => {
    const { content: blocks } = assembled(await translated(calls));
    const ids = (blocks as readonly { id: string }[]).map(({ id }) => id);
    return [
      { role: 'assistant', content: blocks },
      { role: 'user', content: ids.map((id) => ({ type: 'tool_result', tool_use_id: id, content: 'ok' })) },
    ];
  };

  test('go back to Gemini as they came, beside the call that they belong to', async () => {
    const [assistant] = messagesFor(await replay(), GEMINI) as readonly { tool_calls: readonly object[] }[];
    expect(assistant!.tool_calls).toMatchObject([{ extra_content: { google: { thought_signature: SIGNATURE } } }, {}]);
    expect(assistant!.tool_calls[1]).not.toHaveProperty('extra_content');
  });

  test('travel in ids that Claude takes, and do not reach it', async () => {
    const messages = await replay();
    const ids = [...JSON.stringify(messages).matchAll(/"(?:id|tool_use_id)":"([^"]*)"/g)].map(([, id]) => id);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]+$/);
    const own = JSON.stringify(withoutForeignThinking({ messages }));
    const short = [...own.matchAll(/"(?:id|tool_use_id)":"([^"]*)"/g)].map(([, id]) => id!);
    expect(short).toHaveLength(4);
    expect(new Set(short).size).toBe(2);
    for (const id of short) expect(id).toMatch(/^toolu_another_[a-z0-9]{14}$/);
  });

  test('of calls that another model has made are replaced by the word that Google has for it', () => {
    const use = (id: string): object => ({ type: 'tool_use', id, name: 'read', input: {} });
    const messages = [{ role: 'assistant', content: [use('toolu_01AbC'), use('toolu_01AbD')] }];
    const [assistant] = messagesFor(messages, GEMINI) as readonly { tool_calls: readonly object[] }[];
    expect(assistant!.tool_calls[0]).toMatchObject({
      extra_content: { google: { thought_signature: 'skip_thought_signature_validator' } },
    });
    expect(assistant!.tool_calls[1]).not.toHaveProperty('extra_content');
  });

  test('go to nobody else', async () => {
    expect(JSON.stringify(messagesFor(await replay(), ALL))).not.toContain('extra_content');
  });
});

test('9: text that carries a signature is text', async () => {
  const signed = { content: 'It is open.', extra_content: { google: { thought_signature: SIGNATURE } } };
  expect(await content(sse([geminiChunk(signed, 'stop')]))).toEqual([{ type: 'text', text: 'It is open.' }]);
});

test('10: tokens are counted from the beginning, and corrected at the end', async () => {
  const events = await translated(
    sse([openaiChunk({ content: 'Hi' }), openaiChunk({}, 'stop'), openaiUsage(90, 64, 1)]) + DONE,
  );
  const usages = events.map(({ data }) => JSON.parse(data)).map(({ message, usage }) => message?.usage ?? usage);
  expect(usages[0]).toMatchObject({ input_tokens: ASKED.inputTokensEstimate });
  expect(usages.at(-2)).toMatchObject({ input_tokens: 26, cache_read_input_tokens: 64, output_tokens: 1 });
});

test('11: server tools are never beside ours: what has them is not translated', () => {
  // See cannot-carry.test.ts.
  const stays = {
    role: 'assistant',
    content: [{ type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }],
  };
  expect(messagesFor([stays])).toEqual([]);
});

test.each([
  ['nothing', [{ content: '' }]],
  ['white space', [{ content: '\n' }, { content: ' ' }]],
])('12: %s before a call is no block of text, which Claude would refuse later', async (_name, deltas) => {
  const stream = sse([
    ...deltas.map((delta) => openaiChunk(delta)),
    openaiChunk(toolDelta(0, 'call_1', 'save', '{}')),
    openaiChunk({ content: '\n' }),
    openaiChunk({}, 'tool_calls'),
  ]);
  expect(await content(stream)).toEqual([tool('save', {})]);
});

test('13: a call without a name is no answer', async () => {
  const stream = sse([openaiChunk(toolDelta(0, 'call_1', '', '{"a":1}')), openaiChunk({}, 'tool_calls')]);
  await expect(translated(stream)).rejects.toThrow('a finished tool call has no name, or its arguments are no object');
});

test('13: a name that comes after the id, or again with each piece, is one name', async () => {
  const stream = sse([
    openaiChunk(toolDelta(0, 'call_1', '', '')),
    openaiChunk(toolDelta(0, 'call_1', 'save', '{"a"')),
    openaiChunk(toolDelta(0, 'call_1', 'save', ':1}')),
    openaiChunk({}, 'tool_calls'),
  ]);
  expect(await content(stream)).toEqual([tool('save', { a: 1 })]);
});

test('13: nor is it longer for a call that waits for its turn', async () => {
  const stream = sse([
    openaiChunk(toolDelta(0, 'call_1', 'save', '{"a"')),
    openaiChunk(toolDelta(1, 'call_2', 'list', '{"b"')),
    openaiChunk(toolDelta(1, 'call_2', 'list', ':2}')),
    openaiChunk(toolDelta(0, 'call_1', 'save', ':1}')),
    openaiChunk({}, 'tool_calls'),
  ]);
  expect(await content(stream)).toEqual([tool('save', { a: 1 }), tool('list', { b: 2 })]);
});

test('14: [DONE] is no event, and is not needed', async () => {
  const stream = sse([openaiChunk({ content: 'Hi' }), openaiChunk({}, 'stop'), openaiUsage(3, 0, 1)]);
  const withDone = await translated(stream + DONE);
  expect(await translated(stream)).toEqual(withDone);
  expect(withDone.map(({ data }) => data).join('')).not.toContain('[DONE]');
});

test('14: [DONE] alone ends nothing: without a finish reason the answer was cut', async () => {
  const events = await translated(sse([openaiChunk({ content: 'Hi' })]) + DONE);
  expect(events.map(({ event }) => event)).toEqual(['message_start', 'content_block_start', 'content_block_delta']);
});

test('15: calls and results of earlier turns are all there', () => {
  const turns = [1, 2, 3].flatMap((turn) => [
    { role: 'assistant', content: [{ type: 'tool_use', id: `toolu_${turn}`, name: 'step', input: { turn } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: `toolu_${turn}`, content: `did ${turn}` }] },
  ]);
  const sent = messagesFor(turns) as readonly { tool_calls?: readonly { function: object }[]; content: unknown }[];
  expect(sent.flatMap(({ tool_calls = [] }) => tool_calls.map((call) => call.function))).toEqual(
    [1, 2, 3].map((turn) => ({ name: 'step', arguments: `{"turn":${turn}}` })),
  );
  expect(sent.filter(({ tool_calls }) => !tool_calls).map(({ content: text }) => text)).toEqual([
    'did 1',
    'did 2',
    'did 3',
  ]);
});

test('16: the order of results is right, with thinking and without', () => {
  const messages = (thinking: readonly object[]): object[] => [
    { role: 'assistant', content: [...thinking, { type: 'tool_use', id: 'toolu_1', name: 'a', input: {} }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'and' },
        { type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' },
      ],
    },
  ];
  const roles = (list: unknown): string[] => (list as readonly { role: string }[]).map(({ role }) => role);
  const expected = ['assistant', 'tool', 'user'];
  expect(roles(messagesFor(messages([])))).toEqual(expected);
  expect(roles(messagesFor(messages([{ type: 'thinking', thinking: 'Hm', signature: 'Eq' }])))).toEqual(expected);
});
