import { receive, send, soundCall, useHosts } from './caller';

const start = useHosts();
const NEW = { 'anthropic-version': '2026-10-21' };

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const said = (content: unknown) => ({ messages: [{ role: 'assistant', content }, ...user('Go on').messages] });

const REFUSED: readonly (readonly [body: object, words: string])[] = [
  [{ max_tokens: -1 }, 'max_tokens: must be greater than or equal to 0'],
  [{ max_tokens: 1.5 }, 'max_tokens: Input should be a valid integer'],
  [{ max_tokens: '64' }, 'max_tokens: Input should be a valid integer'],
  [
    { max_tokens: 128_001 },
    'max_tokens: 128001 > 128000, which is the maximum allowed number of output tokens for claude-opus-5-5',
  ],
  [
    { max_tokens: 64_001, model: 'claude-haiku-4-5' },
    'max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5',
  ],
  [{ model: undefined }, 'model: Field required'],
  [{ messages: [] }, 'messages: at least one message is required'],
  [{ messages: ['Hello'] }, 'messages.0: Input should be an object'],
  [{ messages: [{ content: 'Hello' }] }, 'messages.0.role: Field required'],
  [
    { messages: [{ role: 'tool', content: 'Hello' }] },
    'messages: Unexpected role "tool". Allowed roles are "user" or "assistant"',
  ],
  [{ messages: [{ role: 'user' }] }, 'messages.0.content: Field required'],
  [user(5), 'messages.0.content: Input should be a valid array'],
  [user(['Hello']), 'messages.0.content.0: Input should be an object'],
  [user([{ text: 'Hello' }]), 'messages.0.content.0.type: Field required'],
  [user([]), 'messages.0: user messages must have non-empty content'],
  [user(''), 'messages.0: user messages must have non-empty content'],
  [user([{ type: 'text', text: '' }]), 'messages: text content blocks must be non-empty'],
  [said([]), 'messages.0: all messages must have non-empty content except for the optional final assistant message'],
  [{ system: 5 }, 'system: Input should be a valid array'],
  [{ temperature: 1.1 }, 'temperature: range: 0..1'],
  [{ temperature: 'hot' }, 'temperature: Input should be a valid number'],
  [{ top_p: -1 }, 'top_p: range: 0..1'],
  [{ top_k: 0.5 }, 'top_k: Input should be a valid integer'],
  [{ stop_sequences: 'END' }, 'stop_sequences: Input should be a valid array'],
  [{ stop_sequences: ['END', 5] }, 'stop_sequences.1: Input should be a valid string'],
  [{ stop_sequences: [' \n'] }, 'stop_sequences: each stop sequence must contain non-whitespace'],
  [{ stream: 'yes' }, 'stream: Input should be a valid boolean'],
  [{ tools: {} }, 'tools: Input should be a valid array'],
  [
    { tool_choice: { type: 'required' } },
    "tool_choice: Input tag 'required' found using 'type' does not match any of the expected tags: 'auto', 'any', 'tool', 'none'",
  ],
  [
    { thinking: { type: 'enabled', budget_tokens: 100 } },
    'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
  ],
  [
    { thinking: { type: 'enabled', budget_tokens: 1024 } },
    '`max_tokens` must be greater than `thinking.budget_tokens`.',
  ],
  [{ output_config: { format: { type: 'json_schema' } } }, 'output_config.format.schema: Field required'],
];

it.each(REFUSED)('%j is refused in the API’s own words', async (body, words) => {
  const host = await start('anthropic');
  const call = soundCall('anthropic', false);
  const { status, text } = await receive(await send(host, { ...call, body: { ...call.body, ...body } }));
  expect([status, JSON.parse(text)]).toMatchObject([
    400,
    { type: 'error', error: { type: 'invalid_request_error', message: expect.stringContaining(words) } },
  ]);
});

it.each(['foundry', 'bedrock', 'vertex'] as const)('the same is refused on %s', async (kind) => {
  const host = await start(kind);
  const call = soundCall(kind, true);
  const { status, text } = await receive(await send(host, { ...call, body: { ...call.body, max_tokens: -1 } }));
  expect([status, text]).toEqual([400, expect.stringContaining('max_tokens: must be greater than or equal to 0')]);
});

it('takes no tokens as an order to fill the cache only', async () => {
  const host = await start('anthropic');
  const call = soundCall('anthropic', false);
  const { status, text } = await receive(await send(host, { ...call, body: { ...call.body, max_tokens: 0 } }));
  expect([status, JSON.parse(text)]).toMatchObject([
    200,
    { content: [], stop_reason: 'max_tokens', usage: { output_tokens: 0 } },
  ]);
});

it.each(['temperature', 'top_p', 'top_k'])('%s is gone in the API version of 2026, and only there', async (field) => {
  const host = await start('anthropic');
  const { path, headers, body } = soundCall('anthropic', false);
  const sampled = { path, body: { ...body, [field]: 1 } };
  expect((await send(host, { ...sampled, headers })).status).toBe(200);
  const { status, text } = await receive(await send(host, { ...sampled, headers: { ...headers, ...NEW } }));
  expect([status, text]).toEqual([400, expect.stringContaining(`${field}: Extra inputs are not permitted`)]);
});

it('counting tokens needs messages, but no max_tokens', async () => {
  const host = await start('anthropic');
  const { headers, body } = soundCall('anthropic', false);
  const path = '/v1/messages/count_tokens';
  const counted = { model: body['model'], messages: body['messages'] };
  expect((await send(host, { path, headers, body: counted })).status).toBe(200);
  const { status, text } = await receive(await send(host, { path, headers, body: { model: body['model'] } }));
  expect([status, text]).toEqual([400, expect.stringContaining('messages: Field required')]);
});
