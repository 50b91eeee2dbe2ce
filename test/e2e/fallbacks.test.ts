import { createHash } from 'node:crypto';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { RouterConfig } from '../../lib/contract';
import { GATEWAY_KEY, MODEL, type Setup, type TestGateway, useGateway } from './harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED, textOf } from './raw-client';

const start = useGateway();
const HAIKU = 'claude-haiku-4-5';
const HAIKU_ID = 'claude-haiku-4-5-20251001';
const CHAIN = ['anthropic', 'bedrock-invoke', 'foundry'] as const;

/** Opus at Anthropic alone; Haiku at two clouds. */
const ROUTES: RouterConfig['routes'] = [
  { models: ['claude-haiku-*'], chain: ['bedrock-invoke', 'foundry'] },
  { chain: ['anthropic'] },
];

async function down(config: Partial<RouterConfig> = {}, setup: Partial<Setup> = {}): Promise<TestGateway> {
  const gateway = await start({ chain: CHAIN, config: { routes: ROUTES, ...config }, ...setup });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  return gateway;
}

const bodyAt = (gateway: TestGateway, host: (typeof CHAIN)[number]): string =>
  new TextDecoder().decode(gateway.calls(host)[0]!.body);

describe('models that a request names in `fallbacks`', () => {
  it.each([
    ['streamed', STREAMED],
    ['whole', BODY],
  ])('answer when the first is nowhere to be had, %s, and say so', async (_form, body) => {
    const answer = await post(await down(), { ...body, fallbacks: [HAIKU] });
    expect(answer.status).toBe(200);
    if (body === STREAMED) expectCompleteStream(answer);
    expect(failoverHeaders(answer).trace).toBe('anthropic:overloaded, bedrock-invoke:ok');
    expect(answer.headers.get('x-failover-model')).toBe(HAIKU_ID);
    expect(answer.text).toContain(`"model":"${HAIKU_ID}"`);
  });

  it('have the whole chain of their own route', async () => {
    const gateway = await down();
    await gateway.host('bedrock-invoke').setFault({ kind: 'unavailable' });
    const answer = await post(gateway, { ...BODY, fallbacks: [HAIKU] });
    expect(answer.headers.get('x-failover-host')).toBe('foundry');
  });

  it('may be one link of it', async () => {
    const gateway = await down();
    const answer = await post(gateway, { ...BODY, fallbacks: [`foundry/${HAIKU}`] });
    expect(failoverHeaders(answer).trace).toBe('anthropic:overloaded, foundry:ok');
    expect(gateway.counts()).toEqual({ anthropic: 1, 'bedrock-invoke': 0, foundry: 1 });
  });

  it('are asked at once while the first is known to be down', async () => {
    const gateway = await down();
    await gateway.host('anthropic').setFault({ kind: 'billing' });
    await post(gateway, { ...BODY, fallbacks: [HAIKU] });
    const answer = await post(gateway, { ...BODY, fallbacks: [HAIKU] });
    expect(failoverHeaders(answer).trace).toBe('anthropic:skipped-billing, bedrock-invoke:ok');
  });

  it('stay out of it while the first answers, which never sees the field', async () => {
    const gateway = await start({ chain: CHAIN, config: { routes: ROUTES } });
    const answer = await post(gateway, `{"fallbacks": ["${HAIKU}"], ${JSON.stringify(STREAMED).slice(1)}`);
    expect(answer.headers.get('x-failover-model')).toBeNull();
    expect(bodyAt(gateway, 'anthropic')).toBe(`{ ${JSON.stringify(STREAMED).slice(1)}`);
  });

  it('never count tokens, and the field does not disturb that', async () => {
    const gateway = await start({ chain: CHAIN, config: { routes: ROUTES } });
    const { max_tokens: _, ...body } = BODY;
    const path = '/v1/messages/count_tokens';
    expect((await post(gateway, { ...body, fallbacks: [HAIKU] }, { path })).status).toBe(200);
    expect(bodyAt(gateway, 'anthropic')).not.toContain('fallbacks');
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    expect((await post(gateway, { ...body, fallbacks: [HAIKU] }, { path })).status).toBe(529);
  });

  it('rescue a cut stream where the answer is committed as a whole', async () => {
    const gateway = await down();
    await gateway.host('anthropic').setFault({ kind: 'cut', afterEvents: 4 });
    const headers = { 'x-failover-commit': 'complete' };
    const answer = await post(gateway, { ...STREAMED, fallbacks: [HAIKU] }, { headers });
    expectCompleteStream(answer);
    expect(textOf(answer)).toContain('You asked');
    expect(failoverHeaders(answer).host).toBe('bedrock-invoke');
  });

  it('get no more tokens than they have, nor ways to think that they lack', async () => {
    const gateway = await down();
    const body = { ...BODY, max_tokens: 128_000, thinking: { type: 'adaptive' }, output_config: { effort: 'max' } };
    const answer = await post(gateway, { ...body, fallbacks: [HAIKU] });
    expect(answer.status).toBe(200);
    expect(JSON.parse(bodyAt(gateway, 'bedrock-invoke'))).toMatchObject({ max_tokens: 64_000 });
    expect(bodyAt(gateway, 'bedrock-invoke')).not.toMatch(/thinking|effort/);
    expect(answer.headers.get('x-failover-dropped')).toBe('thinking, output_config.effort');
  });

  it('come before the last resort, which is asked when they fail too', async () => {
    const routes = [ROUTES[0]!, { chain: ['anthropic'], lastResort: [{ host: 'foundry', model: MODEL }] }];
    const gateway = await down({ routes, steering: ['last-resort'] });
    await gateway.host('bedrock-invoke').setFault({ kind: 'overloaded' });
    const answer = await post(gateway, { ...BODY, fallbacks: [`bedrock-invoke/${HAIKU}`] });
    expect(failoverHeaders(answer).trace).toMatch(/^anthropic:overloaded, (bedrock-invoke:server-error, )+foundry:ok$/);
  });

  it('are asked at the hosts that a client has chosen itself, and no others', async () => {
    const gateway = await down();
    const headers = { 'x-failover-only': 'anthropic' };
    const answer = await post(gateway, { ...BODY, fallbacks: [HAIKU] }, { headers });
    expect(answer.status).toBe(529);
    expect(gateway.counts()).toEqual({ anthropic: 2, 'bedrock-invoke': 0, foundry: 0 });
  });

  it('leave the first model the word where all have failed', async () => {
    const gateway = await down();
    for (const host of ['bedrock-invoke', 'foundry'] as const) await gateway.host(host).setFault({ kind: 'billing' });
    const answer = await post(gateway, { ...BODY, fallbacks: [HAIKU, HAIKU_ID, MODEL] });
    expect(answer.status).toBe(529);
    expect(answer.json).toMatchObject({ error: { type: 'overloaded_error' } });
    expect(gateway.counts()).toEqual({ anthropic: 1, 'bedrock-invoke': 1, foundry: 1 });
  });
});

describe('a name in `fallbacks` that cannot be', () => {
  const sha = (key: string): string => createHash('sha256').update(key).digest('hex');
  const clients = [{ name: 'tester', keySha256: sha(GATEWAY_KEY) }];
  const closed = [
    { models: ['claude-haiku-*'], clients: ['other'], chain: ['foundry'] },
    { chain: ['anthropic'], models: ['claude-opus-*'] },
  ];

  it.each<[string, unknown, Partial<RouterConfig>, number, string]>([
    [
      'no model',
      ['gpt-9'],
      {},
      400,
      "fallbacks[0]: 'gpt-9' is neither a model nor a host and a model of this gateway; it may name",
    ],
    [
      'a host without the model',
      [HAIKU, `anthropic/${HAIKU}`],
      {},
      403,
      `fallbacks[1]: 'anthropic/${HAIKU}' is not for client 'tester'`,
    ],
    [
      'of another client',
      [HAIKU],
      { routes: closed, clients: [...clients, { name: 'other', keySha256: sha('b') }] },
      403,
      `fallbacks[0]: '${HAIKU_ID}' is not for client 'tester'; it may name ${MODEL}`,
    ],
    ['more than four', Array(5).fill(HAIKU), {}, 400, 'fallbacks: 5 are too many; at most 4 may be given'],
    ['partly an object', [HAIKU, { model: HAIKU }], {}, 400, 'fallbacks[1]: it is no string'],
    ['a last resort without consent', ['openai/gpt'], {}, 400, "fallbacks[0]: 'openai/gpt'"],
  ])('is told: %s', async (_what, fallbacks, config, status, message) => {
    const gateway = await start({ chain: CHAIN, config: { routes: ROUTES, ...config } });
    const answer = await post(gateway, { ...BODY, fallbacks });
    expect(answer.status).toBe(status);
    expect((answer.json as { error: { message: string } }).error.message).toContain(message);
    expect(gateway.counts()).toEqual({ anthropic: 0, 'bedrock-invoke': 0, foundry: 0 });
  });
});

it('an example in the words about a wrong name is one that is taken', async () => {
  const gateway = await start({ chain: CHAIN, config: { routes: ROUTES } });
  const body = { ...BODY, model: HAIKU };
  const headers = { 'x-failover-only': 'anthropic' };
  const { text } = await post(gateway, { ...body, fallbacks: ['gpt-9'] }, { headers });
  const [, example] = /as in \\"(.*?)\\"/.exec(text) ?? [];
  expect(example).toBe(`bedrock-invoke/${HAIKU_ID}`);
  expect((await post(gateway, { ...body, fallbacks: [example] })).status).toBe(200);
});

describe("Anthropic's own `fallbacks`", () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['a list of objects', [{ model: HAIKU_ID }], {}],
    ['"default"', 'default', {}],
    ['an empty list with its beta', [], { 'anthropic-beta': 'server-side-fallback-2026-07-01' }],
  ])('goes to Anthropic as it came: %s', async (_form, fallbacks, headers) => {
    const gateway = await start({ chain: CHAIN, config: { routes: ROUTES } });
    await post(gateway, { ...STREAMED, fallbacks }, { headers });
    expect(bodyAt(gateway, 'anthropic')).toBe(JSON.stringify({ ...STREAMED, fallbacks }));
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    expect((await post(gateway, { ...STREAMED, fallbacks }, { headers })).status).toBe(529);
  });
});

describe('the fallbacks of a route', () => {
  const routes = [ROUTES[0]!, { chain: ['anthropic'], fallbacks: [`foundry/${HAIKU}`] }];
  const steering = ['last-resort'] as const;

  it('answer requests that name none, for clients that may have another model', async () => {
    const answer = await post(await down({ routes, steering }), BODY);
    expect(failoverHeaders(answer).trace).toBe('anthropic:overloaded, foundry:ok');
  });

  it('that its client may not use are passed by', async () => {
    const closed = [
      { ...ROUTES[0]!, clients: ['other'] },
      { models: ['claude-opus-*'], chain: ['anthropic'], fallbacks: [HAIKU, `foundry/${MODEL}`] },
    ];
    const open = { models: [MODEL], header: { name: 'x-open', value: 'yes' }, chain: ['foundry'] };
    const key = createHash('sha256').update(GATEWAY_KEY).digest('hex');
    const clients = [
      { name: 'tester', keySha256: key },
      { name: 'other', apiKeyId: 'abc' },
    ];
    const gateway = await down({ routes: [open, ...closed], steering, clients });
    expect((await post(gateway, BODY)).status).toBe(529);
    expect(gateway.counts()).toEqual({ anthropic: 1, 'bedrock-invoke': 0, foundry: 0 });
  });

  it.each<[string, Partial<RouterConfig>, Record<string, string>, object]>([
    ['a client that may not', { routes }, {}, {}],
    ['a request that declines', { routes, steering }, { 'x-failover-last-resort': 'no' }, {}],
    ['a request that names none of them', { routes, steering }, {}, { fallbacks: [] }],
  ])('do not answer %s', async (_who, config, headers, fields) => {
    expect((await post(await down(config), { ...BODY, ...fields }, { headers })).status).toBe(529);
  });
});

describe('the SDKs', () => {
  it("Anthropic's passes the field through, and reads who has answered", async () => {
    const { url } = await down();
    const client = new Anthropic({ baseURL: url, apiKey: GATEWAY_KEY, maxRetries: 0 });
    const ask = { ...BODY, messages: [{ role: 'user' as const, content: 'Hello' }], fallbacks: [HAIKU] };
    expect((await client.messages.create(ask as unknown as Anthropic.MessageCreateParamsNonStreaming)).model).toBe(
      HAIKU_ID,
    );
  });

  it.each([
    ['names', { fallbacks: [HAIKU] }],
    ["LiteLLM's form", { fallbacks: [{ model: HAIKU }] }],
    ["OpenRouter's form", { models: [MODEL, HAIKU] }],
  ])("OpenAI's too, by %s", async (_form, fields) => {
    const { url } = await down();
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: GATEWAY_KEY, maxRetries: 0 });
    const ask = { model: MODEL, messages: [{ role: 'user' as const, content: 'Hello' }], ...fields };
    const { data, response } = await client.chat.completions.create(ask).withResponse();
    expect(data).toMatchObject({
      model: HAIKU_ID,
      choices: [{ message: { content: expect.stringContaining('“Hello”') } }],
    });
    expect(response.headers.get('x-failover-dropped')).toBeNull();
  });
});
