import type { ClientPolicy } from '../../lib/contract';
import { MODEL, useGateway, type Setup, type TestGateway } from './harness';
import { expectDenied, setupWith } from './policy-team';
import { BODY, call, expectCompleteStream, post, STREAMED } from './raw-client';
import { useWrittenLines } from './written-lines';

const startGateway = useGateway();
const HAIKU = 'claude-haiku-4-5';
const start = (policy: ClientPolicy, setup: Partial<Setup> = {}): Promise<TestGateway> =>
  startGateway(setupWith(policy, setup));

describe('a team that may use some models', () => {
  const policy = { models: ['claude-haiku-*'] };

  it('gets those, and of another it hears what it may use', async () => {
    const gateway = await start(policy);
    expect((await post(gateway, { ...BODY, model: HAIKU })).status).toBe(200);
    await expectDenied(gateway, BODY, `model: '${MODEL}' is not for client 'web'; it may use ${HAIKU}`);
    expect((await post(gateway, BODY, { headers: { 'x-api-key': 'other key' } })).status).toBe(200);
  });

  it.each([`${MODEL}[1m]`, 'opus-like', 'claude-haiku-in-disguise'])(
    'does not get another by its other name %s',
    async (model) => {
      const own = {
        id: MODEL,
        aliases: ['opus-like', 'claude-haiku-in-disguise'],
        on: { anthropic: MODEL, bedrock: 'anthropic.claude-opus-5-5' },
      };
      const gateway = await start(policy, { config: { models: [own, HAIKU] } });
      await expectDenied(gateway, { ...BODY, model }, `'${MODEL}' is not for client 'web'`);
      await expectDenied(gateway, { ...BODY, model }, `'${MODEL}' is not`, { path: '/v1/messages/count_tokens' });
    },
  );

  it('does not get another by a key that a parser may read before the last', async () => {
    const gateway = await start(policy);
    const twice = JSON.stringify({ ...BODY, model: HAIKU }).replace('{', `{"mod\\u0065l":"${MODEL}",`);
    const { status, json } = await post(gateway, twice);
    expect(status).toBe(403);
    expect(json).toMatchObject({ error: { message: expect.stringContaining("has 'model' twice") } });
    expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0 });
  });

  it.each([
    ['as the next', { fallbacks: [MODEL] }],
    ['as the next, at one host', { fallbacks: [`bedrock/${MODEL}`] }],
    ["in Anthropic's own list", { fallbacks: [{ model: MODEL }] }],
    ["in Anthropic's own list, which leaves the model to it", { fallbacks: 'default' }],
    ['as the one that a tool asks', { tools: [{ type: 'advisor_20260301', name: 'advisor', model: MODEL }] }],
  ])('does not get another %s', async (_how, fields) => {
    const gateway = await start(policy);
    await expectDenied(gateway, { ...BODY, model: HAIKU, ...fields }, "is not for client 'web'");
  });

  it("is left its own chain where the owner's next models are not its own", async () => {
    const gateway = await start(policy, { route: { fallbacks: [MODEL] } });
    await Promise.all(
      [gateway.host('anthropic'), gateway.host('bedrock')].map((host) => host.setFault({ kind: 'overloaded' })),
    );
    expect((await post(gateway, { ...BODY, model: HAIKU })).status).toBe(529);
    const models = [...gateway.calls('anthropic'), ...gateway.calls('bedrock')].map(
      ({ body, path }) => `${body}${path}`,
    );
    expect(models.join()).not.toMatch(/opus/);
  });

  it('sees no others in the list of models, and in what it is told of an unknown one', async () => {
    const gateway = await start(policy);
    const list = await call(gateway, { method: 'GET', path: '/v1/models' });
    expect(list.json).toMatchObject({ data: [{ id: expect.stringContaining(HAIKU) }], has_more: false });
    expect((await call(gateway, { method: 'GET', path: `/v1/models/${MODEL}` })).status).toBe(404);
    expect((await call(gateway, { method: 'GET', path: `/v1/models/${HAIKU}` })).status).toBe(200);
    const unknown = await post(gateway, { ...BODY, model: 'claude-9' });
    expect(unknown.json).toMatchObject({ error: { message: expect.not.stringContaining(MODEL) } });
    const openAi = await call(gateway, { method: 'GET', path: '/v1/models', headers: { 'user-agent': 'OpenAI/JS 6' } });
    expect(openAi.text).not.toContain(MODEL);
  });

  it.each(['/v1/chat/completions', '/v1/responses'])("is refused in OpenAI's form at %s", async (path) => {
    const gateway = await start(policy);
    const ask = (model: string) =>
      post(gateway, { model, messages: [{ role: 'user', content: 'Hi' }], input: 'Hi' }, { path });
    expect((await ask(HAIKU)).status).toBe(200);
    const { status, json } = await ask(MODEL);
    expect(status).toBe(403);
    expect(json).toEqual({
      error: expect.objectContaining({ message: expect.stringContaining(`it may use ${HAIKU}`) }),
    });
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 0 });
  });
});

describe('a team that may use some hosts', () => {
  it('is served by those, and by no other when they are down', async () => {
    const gateway = await start({ hosts: ['bedrock'] });
    const answer = await post(gateway, STREAMED);
    expectCompleteStream(answer);
    expect(answer.headers.get('x-failover-host')).toBe('bedrock');
    await gateway.host('bedrock').setFault({ kind: 'overloaded' });
    expect((await post(gateway, BODY)).status).toBe(500);
    expect(gateway.counts()['anthropic']).toBe(0);
  });

  it('may not steer to another', async () => {
    const gateway = await start({ hosts: ['bedrock'] });
    const to = (host: string) => ({ headers: { 'x-failover-only': host } });
    await expectDenied(gateway, BODY, "host 'anthropic' is not for client 'web'; it may use bedrock", to('anthropic'));
    expect((await post(gateway, BODY, to('bedrock'))).status).toBe(200);
  });

  it('has no last resort at another', async () => {
    const lastResort = [{ host: 'anthropic', model: HAIKU }];
    const route = { chain: ['bedrock'], lastResort } as const;
    const gateway = await start({ hosts: ['bedrock'] }, { route });
    await gateway.host('bedrock').setFault({ kind: 'overloaded' });
    expect((await post(gateway, BODY)).status).toBe(500);
    expect(gateway.counts()['anthropic']).toBe(0);
    expect((await start({}, { route })).counts()).toEqual({ anthropic: 0, bedrock: 0 });
  });
});

describe('a team that may be served in one geography', () => {
  const inside = { hosts: { bedrock: { profile: 'us' } } } as const;

  it('is served by the hosts that serve there and nowhere else', async () => {
    const gateway = await start({ geographies: ['us'] }, inside);
    expect((await post(gateway, BODY)).headers.get('x-failover-host')).toBe('bedrock');
    expect(gateway.counts()['anthropic']).toBe(0);
  });

  it('is refused where its chain has no such host', async () => {
    const gateway = await start({ geographies: ['us'] }, { ...inside, route: { chain: ['anthropic'] } });
    await expectDenied(gateway, BODY, /may only be served in us, and no host of this chain/);
  });
});

describe('what is written of a denial', () => {
  const { logged, metric, written } = useWrittenLines();

  it('is a count, whose it was and which part of the policy, and nothing of the request', async () => {
    const gateway = await start({ maxTokens: 10 }, { config: { telemetry: {} } });
    await post(gateway, { ...BODY, max_tokens: 10 });
    expect(metric('Denied')).toEqual([]);
    await post(gateway, BODY);
    expect(metric('Denied')).toEqual([expect.objectContaining({ Denied: 1 })]);
    expect(logged('refused')).toEqual([expect.objectContaining({ client: 'web', rule: 'maxTokens', status: 403 })]);
    expect(written().join()).not.toContain('Hello');
  });
});
