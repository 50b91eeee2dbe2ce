import { IMPATIENT, MODEL, useGateway } from './harness';
import { BODY, call, post, STREAMED } from './raw-client';

const start = useGateway();
const NOTE = expect.stringContaining('no failover');

describe('batches and files', () => {
  it.each([
    ['POST', '/v1/messages/batches', 400, '{ "requests" : [] }'],
    ['GET', '/v1/messages/batches?limit=5&after_id=x', 200, undefined],
    ['GET', '/v1/messages/batches/msgbatch_01x', 404, undefined],
    ['POST', '/v1/files?beta=true', 400, 'raw bytes of a file'],
    ['GET', '/v1/files/file_01x', 404, undefined],
  ])('%s %s goes to Anthropic as it came, and its %i comes back with a note', async (method, path, status, body) => {
    const gateway = await start({ chain: ['bedrock', 'anthropic'] });
    const headers = { 'content-type': 'application/octet-stream', 'anthropic-beta': 'files-api-2025-04-14' };
    const answer = await call(gateway, { method, path, headers, ...(body !== undefined && { body }) });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-failover-note')).toEqual(NOTE);
    expect(answer.headers.get('x-failover-host')).toBe('anthropic');
    expect(answer.headers.get('request-id')).toMatch(/^req_01/);
    const sent = gateway.calls('anthropic')[0];
    expect(sent).toMatchObject({ method, path, headers });
    expect(sent?.body.toString()).toBe(body ?? '');
    expect(gateway.counts()).toEqual({ bedrock: 0, anthropic: 1 });
  });

  it('fail without failover when Anthropic is down, and say so', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock', 'claude-platform-aws'] });
    await gateway.host('anthropic').setFault({ kind: 'refused' });
    const { status, json } = await call(gateway, { method: 'GET', path: '/v1/files' });
    expect(status).toBe(529);
    expect(json).toMatchObject({ error: { type: 'overloaded_error', message: NOTE } });
    expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0, 'claude-platform-aws': 0 });
  });

  it('fail in time when Anthropic hangs', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'], hosts: { anthropic: { timeouts: IMPATIENT } } });
    await gateway.host('anthropic').setFault({ kind: 'hang' });
    const { status, json } = await call(gateway, { method: 'GET', path: '/v1/files' });
    expect(status).toBe(504);
    expect(json).toMatchObject({ error: { type: 'timeout_error', message: NOTE } });
  });

  it('pass Anthropic’s own errors on', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 7 });
    const { status, headers, json } = await call(gateway, { method: 'GET', path: '/v1/files' });
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('7');
    expect(json).toMatchObject({ error: { type: 'rate_limit_error' } });
  });

  it('are not served without an Anthropic host', async () => {
    const gateway = await start({ chain: ['bedrock'] });
    const { status, json } = await call(gateway, { method: 'GET', path: '/v1/files' });
    expect(status).toBe(404);
    expect(json).toMatchObject({ error: { type: 'not_found_error', message: expect.stringContaining('/v1/files') } });
  });
});

describe('models', () => {
  it('are the configured ones, in Anthropic’s form, and no host is asked', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const list = await call(gateway, { method: 'GET', path: '/v1/models?limit=1000' });
    expect(list.json).toEqual({
      data: [
        { type: 'model', id: MODEL, display_name: 'Claude Opus 5.5', created_at: '2026-09-22T00:00:00Z' },
        expect.objectContaining({ id: 'claude-haiku-4-5-20251001' }),
      ],
      has_more: false,
      first_id: MODEL,
      last_id: 'claude-haiku-4-5-20251001',
    });
    const byAlias = await call(gateway, { method: 'GET', path: '/v1/models/claude-haiku-4-5' });
    expect(byAlias.json).toMatchObject({ type: 'model', id: 'claude-haiku-4-5-20251001' });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it.each(['/v1/models/claude-nobody', '/v1/models/%zz', '/v1/models/'])('%s is not found', async (path) => {
    const gateway = await start({ chain: ['anthropic'] });
    const { status, json } = await call(gateway, { method: 'GET', path });
    expect(status).toBe(404);
    expect(json).toMatchObject({ type: 'error', error: { type: 'not_found_error' } });
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

  it('answers the greeting of clients, with and without a body', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const get = await call(gateway, { method: 'GET', path: '/api/hello', headers: { 'x-api-key': '' } });
    expect([get.status, get.json]).toEqual([200, { ok: true }]);
    const head = await call(gateway, { method: 'HEAD', path: '/api/hello' });
    expect([head.status, head.text]).toEqual([200, '']);
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
  expect(headers.get('request-id')).toMatch(/^gw_/);
  expect(gateway.counts()).toEqual({ anthropic: 0 });
});

it('a query does not change what a path means', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  expect((await post(gateway, STREAMED, { path: '/v1/messages?beta=true' })).status).toBe(200);
});
