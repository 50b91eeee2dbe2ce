import Anthropic from '@anthropic-ai/sdk';
import { OWN_ID } from './front-door';
import { GATEWAY_KEY, MODEL, useGateway } from './harness';
import { BODY, call, post, STREAMED } from './raw-client';

const start = useGateway();
const HAIKU = 'claude-haiku-4-5-20251001';
const FOUR = ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5', 'claude-opus-5'] as const;

describe('models', () => {
  const ids = (json: unknown) => (json as { data: { id: string }[] }).data.map(({ id }) => id);

  it('are the configured ones, in Anthropic’s form, and no host is asked', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const list = await call(gateway, { method: 'GET', path: '/v1/models?limit=1000' });
    expect(list.json).toEqual({
      data: [
        {
          type: 'model',
          id: MODEL,
          display_name: 'Claude Opus 5.5',
          created_at: '2026-09-22T00:00:00Z',
          lifecycle: 'active',
          deprecated_at: null,
          retires_at: null,
          line: 'opus',
          max_input_tokens: 1_000_000,
          max_tokens: 128_000,
          capabilities: expect.objectContaining({
            effort: expect.objectContaining({ supported: true, xhigh: { supported: true } }),
            thinking: {
              supported: true,
              types: {
                adaptive: { supported: true },
                between_tools: { supported: false },
                disabled: { supported: false },
                enabled: { supported: false },
              },
            },
          }),
        },
        expect.objectContaining({ id: HAIKU, max_input_tokens: 200_000, max_tokens: 64_000 }),
      ],
      has_more: false,
      first_id: MODEL,
      last_id: HAIKU,
    });
    const byAlias = await call(gateway, { method: 'GET', path: '/v1/models/claude-haiku-4-5' });
    expect(byAlias.json).toMatchObject({ type: 'model', id: HAIKU });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it('come in pages, forwards and backwards', async () => {
    const gateway = await start({ chain: ['anthropic'], config: { models: FOUR } });
    const page = async (query: string) => (await call(gateway, { method: 'GET', path: `/v1/models?${query}` })).json;
    const [a, b, c, d] = FOUR;
    expect(await page('limit=2')).toMatchObject({
      data: [{ id: a }, { id: b }],
      has_more: true,
      first_id: a,
      last_id: b,
    });
    expect(await page(`limit=2&after_id=${b}`)).toMatchObject({ data: [{ id: c }, { id: d }], has_more: false });
    expect(await page(`limit=2&before_id=${d}`)).toMatchObject({ data: [{ id: b }, { id: c }], has_more: true });
    expect(await page(`limit=2&before_id=${b}`)).toMatchObject({ data: [{ id: a }], has_more: false });
    expect(await page(`after_id=${d}`)).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
    expect(ids(await page('lifecycle[]=active&lifecycle[]=deprecated'))).toEqual([...FOUR]);
    expect(ids(await page('lifecycle=deprecated'))).toEqual([]);
    expect(ids(await page('lifecycle=retired'))).toEqual([]);
  });

  it('the official SDK reads every page of them', async () => {
    const gateway = await start({ chain: ['anthropic'], config: { models: FOUR } });
    const client = new Anthropic({ baseURL: gateway.url, apiKey: GATEWAY_KEY, maxRetries: 0 });
    const read: string[] = [];
    for await (const model of client.models.list({ limit: 3 })) read.push(model.id);
    expect(read).toEqual([...FOUR]);
  });

  it('what Anthropic retired and a cloud still serves is deprecated, with Anthropic’s dates', async () => {
    const gateway = await start({ chain: ['bedrock'], config: { models: ['claude-opus-4-1'] } });
    expect((await call(gateway, { method: 'GET', path: '/v1/models' })).json).toMatchObject({
      data: [
        {
          id: 'claude-opus-4-1-20250805',
          lifecycle: 'deprecated',
          deprecated_at: '2026-06-05T00:00:00Z',
          retires_at: '2026-08-05T00:00:00Z',
        },
      ],
    });
  });

  it.each([
    'limit=0',
    'limit=1001',
    'limit=-1',
    'limit=ten',
    'limit=',
    'limit=1e2',
    'after_id=claude-nobody',
    'before_id=',
    `after_id=${MODEL}&before_id=${MODEL}`,
    'lifecycle=old',
  ])('?%s is refused, and says what is wrong', async (query) => {
    const gateway = await start({ chain: ['anthropic'] });
    const { status, json } = await call(gateway, { method: 'GET', path: `/v1/models?${query}` });
    expect(status).toBe(400);
    const [name] = query.split('=');
    expect(json).toMatchObject({ error: { type: 'invalid_request_error', message: expect.stringContaining(name!) } });
  });

  it.each(['/v1/models/claude-nobody', '/v1/models/%zz', '/v1/models/'])('%s is not found', async (path) => {
    const gateway = await start({ chain: ['anthropic'] });
    const { status, json } = await call(gateway, { method: 'GET', path });
    expect(status).toBe(404);
    expect(json).toMatchObject({ type: 'error', error: { type: 'not_found_error' } });
  });

  it('Claude Code’s mark for the large window is taken, and no host sees it', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'] });
    const marked = { ...BODY, model: `${MODEL}[1m]` };
    expect((await post(gateway, marked)).status).toBe(200);
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    expect((await post(gateway, marked)).status).toBe(200);
    expect(JSON.parse(gateway.calls('anthropic')[0]!.body.toString())).toMatchObject({ model: MODEL });
    expect(gateway.calls('bedrock')[0]!.path + gateway.calls('bedrock')[0]!.body.toString()).not.toContain('1m]');
    const got = await call(gateway, { method: 'GET', path: `/v1/models/${MODEL}%5B1m%5D` });
    expect(got.json).toMatchObject({ id: MODEL });
  });
});

describe('health', () => {
  it('is 200 while any host can serve, and 503 when none can', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'] });
    const health = () => call(gateway, { method: 'GET', path: '/health', headers: { 'x-api-key': '' } });
    expect((await health()).json).toMatchObject({ status: 'ok', hosts: [{ name: 'anthropic', serving: true }, {}] });

    await gateway.host('anthropic').setFault({ kind: 'billing' });
    await post(gateway, BODY);
    const degraded = await health();
    expect(degraded.status).toBe(200);
    expect(degraded.json).toMatchObject({
      status: 'degraded',
      hosts: [
        { name: 'anthropic', serving: false, models: [{ model: MODEL, state: 'cooling', reason: 'billing' }] },
        { name: 'bedrock', kind: 'bedrock', serving: true, models: [{ state: 'healthy' }] },
      ],
    });

    await gateway.host('bedrock').setFault({ kind: 'rate-limited', retryAfter: 50 });
    await post(gateway, BODY);
    const down = await health();
    expect(down.status).toBe(503);
    expect(down.json).toMatchObject({ status: 'down' });
  });

  it('says how it stands and nothing else to whoever asks, where that is configured; clients are told of the hosts', async () => {
    const gateway = await start({ chain: ['anthropic'], config: { openHealth: true } });
    const open = () => call(gateway, { method: 'GET', path: '/health', headers: { 'x-api-key': '' } });
    const hosts = (headers = {}) => call(gateway, { method: 'GET', path: '/health/hosts', headers });
    expect(await open()).toMatchObject({ status: 200, text: '{"status":"ok","serving":true}' });
    expect((await hosts({ 'x-api-key': '' })).status).toBe(401);
    expect((await hosts()).json).toMatchObject({ status: 'ok', hosts: [{ name: 'anthropic', serving: true }] });

    await gateway.host('anthropic').setFault({ kind: 'billing' });
    await post(gateway, BODY);
    const down = await open();
    expect([down.status, down.text]).toEqual([503, '{"status":"down","serving":false}']);
    expect(JSON.stringify(down.headers)).not.toMatch(/anthropic|claude/);
  });

  it('answers the greeting of clients, with and without a body', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const get = await call(gateway, { method: 'GET', path: '/api/hello', headers: { 'x-api-key': '' } });
    expect([get.status, get.json]).toEqual([200, { ok: true }]);
    for (const path of ['/api/hello', '/', '/health', '/v1/models']) {
      const head = await call(gateway, { method: 'HEAD', path });
      expect([path, head.status, head.text]).toEqual([path, 200, '']);
    }
  });
});

it.each([
  ['GET', '/'],
  ['GET', '/v1/messages'],
  ['POST', '/v1/complete'],
  ['DELETE', '/v1/messages/count_tokens'],
  ['POST', '/v1/messages/'],
  ['GET', '/v1/filesystem'],
])('%s %s is answered in Anthropic’s form: there is no such thing', async (method, path) => {
  const gateway = await start({ chain: ['anthropic'] });
  const { status, json, headers } = await call(gateway, { method, path });
  expect(status).toBe(404);
  expect(json).toEqual({
    type: 'error',
    error: { type: 'not_found_error', message: expect.stringContaining(`${method} ${path} is not served`) },
    request_id: headers.get('request-id'),
  });
  expect(headers.get('request-id')).toMatch(OWN_ID);
  expect(gateway.counts()).toEqual({ anthropic: 0 });
});

it('a query does not change what a path means', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  expect((await post(gateway, STREAMED, { path: '/v1/messages?beta=true' })).status).toBe(200);
});

describe('a wrong base URL', () => {
  it.each([
    ['/v1/v1/messages', 'has to end before /v1'],
    ['/prod/v1/messages', 'has to end before /prod'],
    ['/v1/v1/models', 'has to end before /v1'],
    ['/messages', 'has to end in /v1'],
    ['/messages/count_tokens', 'has to end in /v1'],
    ['/models', 'has to end in /v1'],
  ])('POST %s hears what is wrong with it', async (path, what) => {
    const gateway = await start({ chain: ['anthropic'] });
    const { status, json } = await post(gateway, BODY, { path });
    expect(status).toBe(404);
    expect(json).toMatchObject({ error: { message: expect.stringContaining('check the base URL') } });
    expect(json).toMatchObject({ error: { message: expect.stringContaining(what) } });
  });
});
