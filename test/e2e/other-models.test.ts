import Anthropic from '@anthropic-ai/sdk';
import AnthropicZero from 'anthropic-sdk-0';
import type { LinkConfig } from '../../lib/contract';
import type { Fault } from '../../local/hosts';
import { GATEWAY_KEY, IMPATIENT, MODEL, type Setup, type TestGateway, useGateway } from './harness';
import type { HostName } from './host-setups';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED, textOf } from './raw-client';

const start = useGateway();
const ALLOWED: Setup['config'] = { steering: ['only', 'commit', 'last-resort'] };
const MODELS = {
  openai: 'gpt-5.2',
  'azure-openai': 'my-gpt',
  'vertex-gemini': 'google/gemini-3-pro',
  'bedrock-models': 'openai.gpt-oss-120b-1:0',
  messages: 'qwen3-coder',
} as const;
type Other = keyof typeof MODELS;
const OTHERS = Object.keys(MODELS) as Other[];

/** Claude is down, and these are behind it. */
async function down(others: readonly Other[], over: Partial<Setup> = {}): Promise<TestGateway> {
  const lastResort = others.map((host): LinkConfig => ({ host, model: MODELS[host] }));
  const chain: HostName[] = ['anthropic', ...others];
  const gateway = await start({
    chain,
    config: ALLOWED,
    ...over,
    route: { chain: ['anthropic'], lastResort, ...over.route },
  });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  return gateway;
}

const client = ({ url }: TestGateway) => new Anthropic({ baseURL: url, apiKey: GATEWAY_KEY, maxRetries: 0 });
const TOOL = {
  name: 'weather',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
};
const ASKED = { model: MODEL, max_tokens: 400, messages: [{ role: 'user' as const, content: 'Hello' }] };

describe.each(OTHERS)('a host of kind %s', (kind) => {
  it.each([
    ['streamed', STREAMED],
    ['whole', BODY],
  ])('answers, %s, and says which model has', async (_form, body) => {
    const answer = await post(await down([kind]), body);
    expect(answer.status).toBe(200);
    if (body === STREAMED) expectCompleteStream(answer);
    expect(failoverHeaders(answer).trace).toBe(`anthropic:overloaded, ${kind}:ok`);
    expect(answer.headers.get('x-failover-model')).toBe(MODELS[kind]);
    expect(textOf(answer)).toContain('再見');
    expect(answer.text).toContain(`"model":"${MODELS[kind]}"`);
  });

  it('serves a whole turn with a tool to the SDK', async () => {
    const sdk = client(await down([kind]));
    const first = await sdk.messages.stream({ ...ASKED, tools: [TOOL], tool_choice: { type: 'any' } }).finalMessage();
    const call = first.content.find((block) => block.type === 'tool_use')!;
    expect(first).toMatchObject({ model: MODELS[kind], stop_reason: 'tool_use' });
    expect(call.input).toMatchObject({ city: expect.any(String) });
    const result = { type: 'tool_result' as const, tool_use_id: call.id, content: 'Rain, 12 degrees.' };
    const last = await sdk.messages.create({
      ...ASKED,
      tools: [TOOL],
      messages: [...ASKED.messages, { role: 'assistant', content: first.content }, { role: 'user', content: [result] }],
    });
    expect(last).toMatchObject({ stop_reason: 'end_turn', usage: { output_tokens: expect.any(Number) } });
  });

  it('serves the SDK of the generation before, streamed and whole', async () => {
    const sdk = new AnthropicZero({ baseURL: (await down([kind])).url, apiKey: GATEWAY_KEY, maxRetries: 0 });
    const answered = { model: MODELS[kind], stop_reason: 'end_turn' };
    expect(await sdk.messages.stream(ASKED).finalMessage()).toMatchObject(answered);
    expect(await sdk.messages.create(ASKED)).toMatchObject(answered);
  });

  it('is passed by where the point of a request would be lost, and what it can do without is said', async () => {
    const gateway = await down([kind]);
    const search = [{ type: 'web_search_20250305', name: 'web_search' }];
    const lost = await post(gateway, { ...BODY, tools: search });
    expect(failoverHeaders(lost).trace).toBe(`anthropic:overloaded, ${kind}:lacks-web_search`);
    expect(lost.status).toBe(529);
    const body = { ...STREAMED, service_tier: 'auto', context_management: { edits: [] } };
    const headers = { 'anthropic-beta': 'context-management-2025-06-27' };
    const dropped = (await post(gateway, body, { headers })).headers.get('x-failover-dropped');
    for (const part of ['service_tier', 'context_management', 'context-management-2025-06-27'])
      expect(dropped).toContain(part);
  });

  it('never sees what is another host’s, nor the client’s key', async () => {
    const gateway = await down([kind]);
    await post(gateway, STREAMED, { headers: { cookie: 'session=1', 'x-private': 'p' } });
    const [{ headers, path } = { headers: {}, path: '' }] = gateway.calls(kind);
    expect(JSON.stringify({ headers, path })).not.toMatch(
      /simulated-gateway-key|sk-ant-|session=1|x-private|x-failover/,
    );
  });
});

const FAULTS: readonly (readonly [string, Fault, RegExp])[] = [
  ['529', { kind: 'overloaded', status: 529 }, /:overloaded/],
  ['503', { kind: 'unavailable' }, /:server-error/],
  ['429', { kind: 'rate-limited' }, /:rate-limited/],
  ['an empty account', { kind: 'billing' }, /:billing/],
  ['a refused key', { kind: 'expired-credential' }, /:credential/],
  ['a page of a proxy', { kind: 'html' }, /:malformed/],
  ['a hang', { kind: 'hang' }, /:timeout/],
  ['a hang after the headers', { kind: 'hang-after-headers' }, /:timeout/],
  ['a reset', { kind: 'reset' }, /:connection/],
  ['nobody there', { kind: 'refused' }, /:connection/],
  ['an error in the stream', { kind: 'error-in-stream' }, /:overloaded/],
  ['a cut before content', { kind: 'cut', afterEvents: 0 }, /:(connection|malformed)/],
  ['an end before content', { kind: 'end-without-stop', afterEvents: 0 }, /:malformed/],
  ['a prompt too long', { kind: 'prompt-too-long' }, /:too-large/],
];

describe.each(['openai', 'bedrock-models'] as const)('a fault on the OpenAI wire of %s', (kind) => {
  const timeouts = { [kind]: { timeouts: IMPATIENT } };

  it.each(FAULTS)('%s: the next link answers', async (_name, fault, reason) => {
    const gateway = await down([kind, 'messages'], { hosts: timeouts });
    await gateway.host(kind).setFault(fault);
    const answer = await post(gateway, STREAMED);
    expectCompleteStream(answer);
    expect(failoverHeaders(answer).trace).toMatch(reason);
    expect(failoverHeaders(answer).host).toBe('messages');
  });

  it.each([
    ['a cut', { kind: 'cut', afterEvents: 4 }],
    ['an error in the stream', { kind: 'error-in-stream', afterEvents: 4 }],
    ['an end without a finish', { kind: 'end-without-stop', afterEvents: 4 }],
  ] as const)('%s after content ends in an error, and a whole answer is rescued', async (_name, fault) => {
    const gateway = await down([kind, 'messages'], { hosts: timeouts });
    await gateway.host(kind).setFault(fault);
    const streamed = await post(gateway, STREAMED);
    expect(streamed.events.at(-1)?.event).toBe('error');
    const whole = await post(gateway, BODY);
    expect(failoverHeaders(whole).host).toBe('messages');
  });

  it('without [DONE] is whole all the same', async () => {
    const gateway = await down([kind]);
    await gateway.host(kind).setFault({ kind: 'end-without-stop' });
    expectCompleteStream(await post(gateway, STREAMED));
  });
});

it('a conversation that another model has answered goes on at Claude by itself', async () => {
  const gateway = await down(['messages']);
  const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
  const sdk = client(gateway);
  const first = await sdk.messages.stream({ ...ASKED, max_tokens: 2000, thinking }).finalMessage();
  expect(first.content[0]).toMatchObject({ type: 'thinking', signature: expect.stringMatching(/^another-model/) });
  await gateway.host('anthropic').setFault();
  gateway.skip(60_000);
  const messages = [...ASKED.messages, { role: 'assistant' as const, content: first.content }, ...ASKED.messages];
  const next = await sdk.messages.create({ ...ASKED, max_tokens: 2000, thinking, messages });
  expect(next.model).toBe(MODEL);
  expect(gateway.calls('anthropic').at(-1)?.body.toString()).not.toContain('another-model');
});

it('nonsense in the stream never ends as an answer', async () => {
  const gateway = await down(['openai', 'messages']);
  await gateway.host('openai').setFault({ kind: 'malformed-event', afterEvents: 4 });
  const answer = await post(gateway, STREAMED);
  if (failoverHeaders(answer).host === 'openai') expect(answer.events.at(-1)?.event).toBe('error');
  else expectCompleteStream(answer);
});

describe('a gateway behind a gateway', () => {
  it('that sees itself in via says so, and nobody is asked again', async () => {
    const gateway = await down(['messages']);
    await post(gateway, STREAMED, { headers: { via: '1.1 proxy' } });
    const via = gateway.calls('messages')[0]?.headers['via'] ?? '';
    expect(via).toMatch(/^1\.1 proxy, 1\.1 claude-failover-[0-9a-f]{16}$/);
    const again = await post(gateway, BODY, { headers: { via } });
    expect(again.status).toBe(508);
    expect(again.json).toMatchObject({ error: { type: 'loop_detected_error' } });
    expect(again.headers.get('x-should-retry')).toBe('false');
    expect(gateway.calls('messages')).toHaveLength(1);
  });

  it('is left for the next link when it is one and the same', async () => {
    const gateway = await down(['messages', 'openai']);
    await gateway.host('messages').setFault({ kind: 'unavailable', status: 508 });
    expect(failoverHeaders(await post(gateway, BODY)).trace).toBe(
      'anthropic:overloaded, messages:host-config, openai:ok',
    );
  });
});
