import Anthropic from '@anthropic-ai/sdk';
import { GATEWAY_KEY, type Setup, type TestGateway, useGateway } from './harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED } from './raw-client';

const start = useGateway();
const HAIKU = 'claude-haiku-4-5';
const ALLOWED: Setup['config'] = { steering: ['only', 'last-resort'] };
const route: Setup['route'] = { chain: ['anthropic'], lastResort: [{ host: 'bedrock-invoke', model: HAIKU }] };
const chain = ['anthropic', 'bedrock-invoke'] as const;

async function down(setup: Partial<Setup>): Promise<TestGateway> {
  const gateway = await start({ chain, route, config: ALLOWED, ...setup });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  return gateway;
}

describe('when no host has the model', () => {
  it.each([
    ['streamed', STREAMED],
    ['whole', BODY],
  ])('another model answers, %s, and the headers name it', async (_form, body) => {
    const answer = await post(await down({}), body);
    expect(answer.status).toBe(200);
    if (body === STREAMED) expectCompleteStream(answer);
    expect(failoverHeaders(answer).trace).toBe('anthropic:overloaded, bedrock-invoke:ok');
    expect(answer.headers.get('x-failover-model')).toBe('claude-haiku-4-5-20251001');
  });

  it('the SDK reads the model that has answered', async () => {
    const { url } = await down({});
    const client = new Anthropic({ baseURL: url, apiKey: GATEWAY_KEY, maxRetries: 0 });
    const message = await client.messages
      .stream({ model: 'claude-opus-5-5', max_tokens: 50, messages: [{ role: 'user', content: 'Hello' }] })
      .finalMessage();
    expect(message.model).toContain('claude-haiku-4-5');
  });

  it.each([
    ['a client that may not get another', {}, undefined],
    ['a request that declines it', { 'x-failover-last-resort': 'no' }, ALLOWED],
  ])('%s is told of the outage', async (_who, headers, config) => {
    const gateway = await down({ config });
    const answer = await post(gateway, BODY, { headers });
    expect(answer.status).toBe(529);
    expect(gateway.counts()).toEqual({ anthropic: 1, 'bedrock-invoke': 0 });
  });

  it('tokens are not counted by another model', async () => {
    const gateway = await down({});
    const { max_tokens: _, ...body } = BODY as Record<string, unknown>;
    expect((await post(gateway, body, { path: '/v1/messages/count_tokens' })).status).toBe(529);
    expect(gateway.counts()).toEqual({ anthropic: 1, 'bedrock-invoke': 0 });
  });
});

it('says what is wrong with a wish for another model', async () => {
  const gateway = await start({ chain, route, config: ALLOWED });
  const { status, json } = await post(gateway, BODY, { headers: { 'x-failover-last-resort': 'perhaps' } });
  expect(status).toBe(400);
  expect(json).toMatchObject({ error: { message: "x-failover-last-resort: 'perhaps' is not one of yes, no" } });
});

it('a client that may not get another model may not ask for one', async () => {
  const gateway = await start({ chain, route });
  expect((await post(gateway, BODY, { headers: { 'x-failover-last-resort': 'yes' } })).status).toBe(403);
});

it('a host that only other models are asked of can be tried by its name', async () => {
  const answer = await post(await start({ chain, route, config: ALLOWED }), STREAMED, {
    headers: { 'x-failover-only': 'bedrock-invoke' },
  });
  expectCompleteStream(answer);
  expect(answer.headers.get('x-failover-model')).toBe('claude-haiku-4-5-20251001');
});

describe("the owner's message", () => {
  const message = 'Out of order, back soon.';
  const silent: Setup['route'] = { chain: ['anthropic'], message };

  it.each([
    ['streamed', true],
    ['whole', false],
  ])('is an answer that the SDK reads, %s', async (_form, isStream) => {
    const { url } = await down({ route: silent });
    const client = new Anthropic({ baseURL: url, apiKey: GATEWAY_KEY, maxRetries: 0 });
    const params = {
      model: 'claude-opus-5-5',
      max_tokens: 50,
      messages: [{ role: 'user' as const, content: 'Hello' }],
    };
    const answer = isStream
      ? await client.messages.stream(params).finalMessage()
      : await client.messages.create(params);
    expect(answer).toMatchObject({
      model: 'none',
      content: [{ type: 'text', text: message }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 0, output_tokens: 0 },
    });
  });

  it('comes from no host, and only to those who may get it', async () => {
    const gateway = await down({ route: silent });
    expect((await post(gateway, BODY)).headers.get('x-failover-host')).toBe('none');
    expect((await post(gateway, BODY, { headers: { 'x-failover-last-resort': 'no' } })).status).toBe(529);
  });

  it('follows pings where the client has waited', async () => {
    const gateway = await start({
      chain,
      route: { ...silent, budget: { pingAfterMs: 100 } },
      config: ALLOWED,
      hosts: { anthropic: { timeouts: { headersMs: 400, firstContentMs: 400 } } },
    });
    await gateway.host('anthropic').setFault({ kind: 'hang' });
    const answer = await post(gateway, STREAMED);
    expect(answer.text).toContain('event: ping');
    expect(answer.text).toContain(message);
  });

  it('takes nothing from what the client has to mend', async () => {
    const gateway = await start({ chain, route: silent, config: ALLOWED });
    expect((await post(gateway, { ...(BODY as object), messages: [] })).status).toBe(400);
  });
});
