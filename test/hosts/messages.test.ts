import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import type { MessagesHostConfig } from '../../lib/contract';
import type { MessagesBody } from '../../lambda/wire/anthropic/request/message-request';
import { call, host, MESSAGE, never, text, transport } from './host-under-test';
import type { SseEvent } from '../../lambda/wire/sse-events';
import { assembled, eventsOf } from '../wire/openai/read-stream';
import { json, recordingServer, type RecordingServer, type Reply } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer();
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const config = (over: Partial<MessagesHostConfig> = {}): MessagesHostConfig => ({
  kind: 'messages',
  name: 'own',
  endpoint: server.url,
  auth: 'none',
  ...over,
});
const asked = (fields: object): MessagesBody => ({ ...MESSAGE, ...fields });
const sent = (at = 0): Record<string, unknown> => JSON.parse(server.requests[at]!.body.toString());

test.each([
  ['bearer', { keys: [{ env: 'KEY_A' }] }, { authorization: 'Bearer sk-ant-api03-aaaa' }],
  ['x-api-key', { auth: 'x-api-key', keys: [{ env: 'KEY_A' }] }, { 'x-api-key': 'sk-ant-api03-aaaa' }],
  [
    'a further header',
    { headers: { 'CF-AIG-Authorization': { env: 'KEY_B' } } },
    { 'cf-aig-authorization': 'sk-ant-api03-bbbb' },
  ],
] as const)('lets itself in by %s, and never by what the client has sent', async (_auth, over, headers) => {
  const of = 'keys' in over && !('auth' in over) ? { ...over, auth: 'bearer' as const } : over;
  await host(config(of)).open(
    call(undefined, { headers: { authorization: 'Bearer client', 'x-api-key': 'client' } }),
    never(),
  );
  expect(server.requests[0]).toMatchObject({
    path: '/v1/messages',
    headers: { ...headers, 'anthropic-version': '2023-06-01' },
  });
  expect(JSON.stringify(server.requests[0]?.headers)).not.toContain('client"');
});

test('signs for AWS where it is told the service', async () => {
  await host(config({ auth: { sigv4: 'bedrock-agentcore', region: 'eu-west-1' } })).open(call(), never());
  expect(server.requests[0]?.headers['authorization']).toContain('/eu-west-1/bedrock-agentcore/aws4_request');
});

test('asks for the model by its own id, and leaves out what only Claude’s hosts know', async () => {
  const body = asked({
    service_tier: 'auto',
    output_config: { effort: 'low' },
    thinking: { type: 'adaptive' },
    cache_control: { type: 'ephemeral' },
    system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral' } }],
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: [{ type: 'thinking', thinking: 't', signature: 'x' }] },
      {
        role: 'assistant',
        content: [
          { type: 'redacted_thinking', data: 'd' },
          { type: 'text', text: 'hello' },
        ],
      },
      { role: 'user', content: [{ type: 'text', text: 'go on', cache_control: { type: 'ephemeral' } }] },
    ],
  });
  const headers = { 'anthropic-beta': 'context-1m-2025-08-07', 'anthropic-version': '2026-10-21' };
  const answer = await host(config()).open(call(body, { model: 'qwen3', headers, stream: true }), never());
  expect(sent()).toEqual({
    model: 'qwen3',
    max_tokens: 5,
    stream: true,
    system: [{ type: 'text', text: 's' }],
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: [{ type: 'text', text: 'hello' }] },
      { role: 'user', content: [{ type: 'text', text: 'go on' }] },
    ],
  });
  expect(server.requests[0]?.headers).not.toHaveProperty('anthropic-beta');
  expect([...answer.dropped].sort()).toEqual([
    'cache_control',
    'context-1m-2025-08-07',
    'messages.*.content.*.cache_control',
    'messages.thinking',
    'output_config.effort',
    'service_tier',
    'system.*.cache_control',
    'thinking',
  ]);
});

test('one that lacks nothing gets the client’s own bytes, betas and version', async () => {
  const headers = { 'anthropic-beta': 'b', 'anthropic-version': '2026-10-21' };
  await host(config({ lacks: [] })).open(call(undefined, { headers }), never());
  expect(server.requests[0]).toMatchObject({ body: Buffer.from(JSON.stringify(MESSAGE)), headers });
});

test('what it lacks is what it says, or else everything beyond plain messages', async () => {
  const body = asked({ output_config: { format: { type: 'json_schema', schema: {} } } });
  const lost = (over: Partial<MessagesHostConfig>) => host(config(over)).cannotCarry?.(body, 'qwen3');
  expect(await lost({})).toBe('lacks-structured_outputs');
  expect(await lost({ lacks: ['web_search'] })).toBeUndefined();
});

test('one that has structured outputs is asked for them, and of the rest of their field for nothing', async () => {
  const format = { type: 'json_schema', schema: { type: 'object' } };
  const tools = [{ name: 'f', input_schema: {}, strict: true, defer_loading: true }];
  const body = asked({ output_config: { format, effort: 'low' }, tools });
  const { dropped } = await host(config({ lacks: ['tool_search'] })).open(call(body, { model: 'qwen3' }), never());
  expect(sent()).toMatchObject({ output_config: { format }, tools: [{ name: 'f', input_schema: {}, strict: true }] });
  expect(JSON.stringify(sent())).not.toMatch(/effort|defer_loading/);
  expect(dropped).toEqual(['output_config.effort', 'tools.*.defer_loading']);
});

test('instructions from within a conversation, as Claude Code gives them, stand with those before it', async () => {
  const body = asked({
    system: 'Be kind.',
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'system', content: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }] },
      { role: 'assistant', content: 'hello' },
      { role: 'user', content: 'go on' },
      { role: 'system', content: 'Be French.' },
    ],
  });
  expect(await host(config()).cannotCarry?.(body, 'qwen3')).toBeUndefined();
  const { dropped } = await host(config()).open(call(body, { model: 'qwen3' }), never());
  expect(sent()).toMatchObject({
    system: ['Be kind.', 'Be brief.', 'Be French.'].map((text) => ({ type: 'text', text })),
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'hello' },
      { role: 'user', content: 'go on' },
    ],
  });
  expect(dropped).toContain('messages.system');
  await host(config({ lacks: ['web_search'] })).open(call(body, { model: 'qwen3' }), never());
  expect(sent(1)['messages']).toHaveLength(5);
});

test('tools that the client has searched for itself, as Claude Code does, are told in words', async () => {
  const content = [{ type: 'tool_reference', tool_name: 'WebFetch' }];
  const found = { type: 'tool_result', tool_use_id: 'toolu_1', content };
  const body = asked({ messages: [{ role: 'user', content: [found, { type: 'text', text: 'go on' }] }] });
  expect(await host(config()).cannotCarry?.(body, 'qwen3')).toBeUndefined();
  await host(config()).open(call(body, { model: 'qwen3' }), never());
  const text = 'Found the tool WebFetch. It can be called now.';
  expect(sent()['messages']).toEqual([
    {
      role: 'user',
      content: [
        { ...found, content: [{ type: 'text', text }] },
        { type: 'text', text: 'go on' },
      ],
    },
  ]);
});

/** A server that counts nothing, thinks without a signature, and calls tools by ids of its own. */
const careless: Reply = (response) => {
  const events = [
    { type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', model: 'qwen3', content: [] } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'call:1', name: 'f', input: {} } },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null } },
    { type: 'message_stop' },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
};
const CONTENT = [
  { type: 'thinking', thinking: 'hm', signature: 'another-model' },
  { type: 'tool_use', id: 'toolu_another_call1', name: 'f', input: { a: 1 } },
];

test('the SDK reads an answer without counters, and its thinking and calls are marked as another model’s', async () => {
  server.reply = careless;
  const answer = await host(config()).open(call(undefined, { model: 'qwen3', stream: true }), never());
  const body = await text(answer);
  const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  const sdk = new Anthropic({ apiKey: 'k', fetch });
  const message = await sdk.messages.stream({ model: 'qwen3', max_tokens: 5, messages: [] }).finalMessage();
  expect(message).toMatchObject({ stop_reason: 'tool_use', usage: { output_tokens: 0 }, content: CONTENT });
});

test('the same of one that is not streamed', async () => {
  const content = [
    { type: 'thinking', thinking: 'hm' },
    { type: 'tool_use', id: 'call:1', name: 'f', input: { a: 1 } },
  ];
  server.reply = json({ type: 'message', content, usage: null });
  const answer = await host(config()).open(call(undefined, { model: 'qwen3' }), never());
  expect(JSON.parse(await text(answer))).toMatchObject({ content: CONTENT, usage: { output_tokens: 0 } });
});

describe('what llama.cpp’s server has really answered', () => {
  const recorded = (name: string) => readFileSync(join(__dirname, '../fixtures/llama-cpp', name), 'utf8');
  const streamed = async (name: string): Promise<SseEvent[]> => {
    server.reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(recorded(name));
    };
    const answer = await host(config()).open(call(undefined, { model: 'one-layer', stream: true }), never());
    return eventsOf([Buffer.from(await text(answer))]);
  };

  test('is given with one block open at a time, and each call begins with an input', async () => {
    const events = await streamed('messages-tools.sse');
    const open: unknown[] = [];
    for (const { event, data } of events) {
      const { index, content_block: block } = JSON.parse(data);
      if (event === 'content_block_start') open.push(index);
      if (event?.startsWith('content_block')) expect(open).toEqual([index]);
      if (event === 'content_block_stop') open.pop();
      if (block?.type === 'tool_use') expect(block).toHaveProperty('input', {});
    }
    expect(assembled(events)).toMatchObject({
      stop_reason: 'tool_use',
      content: [
        { type: 'text', text: 'I am a model of one layer.' },
        { type: 'tool_use', name: 'get_weather', input: { city: expect.any(String) } },
      ],
    });
  });

  test('says what it has stopped at, where it calls that the end of the turn', async () => {
    const stopped = { stop_reason: 'stop_sequence', stop_sequence: ' one' };
    expect(assembled(await streamed('messages-stop-sequence.sse'))).toMatchObject(stopped);
  });

  test('whole, has its calls marked as another model’s', async () => {
    server.reply = json(JSON.parse(recorded('messages-tools.json')));
    const message = JSON.parse(await text(await host(config()).open(call(), never())));
    const id = expect.stringMatching(/^toolu_another_[0-9a-z]+$/);
    expect(message.content[1]).toMatchObject({ type: 'tool_use', id, input: { city: expect.any(String) } });
  });
});

test('a block that goes on after the next has begun is no answer', async () => {
  const block = (index: number) => ({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
  const events = [
    block(0),
    block(1),
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'x' } },
  ];
  server.reply = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  };
  const answer = await host(config()).open(call(undefined, { stream: true }), never());
  await expect(text(answer)).rejects.toThrow('a block goes on after the next one has begun');
});
