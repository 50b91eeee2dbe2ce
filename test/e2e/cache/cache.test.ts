import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED, textOf } from '../raw-client';
import { ASKS, SDKS } from '../sdks';
import { OTHER_GATEWAY_KEY, useCache } from './caching';

const start = useCache();
const status = ({ headers }: { headers: Headers }) => headers.get('x-failover-cache');
const wish = (cache: string) => ({ headers: { 'x-failover-cache': cache } });

test('an equal request is answered with the same answer and without a host, whole or as a stream', async () => {
  const gateway = await start();
  const first = await post(gateway, BODY);
  expect(status(first)).toBe('miss');
  await gateway.kept(1);
  gateway.skip(5000);
  const again = await post(gateway, { ...BODY, metadata: { user_id: 'somebody' } });
  expect(again.json).toEqual(first.json);
  expect(status(again)).toBe('hit');
  expect(again.headers.get('age')).toBe('5');
  expect(failoverHeaders(again)).toEqual({ host: 'cache', attempts: '0', trace: 'cache:hit' });
  const streamed = await post(gateway, STREAMED);
  expectCompleteStream(streamed);
  expect(status(streamed)).toBe('hit');
  expect(textOf(streamed)).toBe(textOf(first));
  expect(gateway.counts()).toEqual({ anthropic: 1 });
});

test('what a stream was answered with is given as a whole', async () => {
  const gateway = await start();
  const streamed = await post(gateway, STREAMED);
  expectCompleteStream(streamed);
  expect(status(streamed)).toBe('miss');
  await gateway.kept(1);
  const whole = await post(gateway, BODY);
  expect(status(whole)).toBe('hit');
  expect(textOf(whole)).toBe(textOf(streamed));
});

describe.each(Object.entries(SDKS))('%s', (_, sdk) => {
  it.each(Object.keys(ASKS) as (keyof typeof ASKS)[])(
    'gets the same from the cache as from a host, whole and as a stream: %s',
    async (name) => {
      const gateway = await start();
      const client = sdk.connect(gateway.url);
      const first = await client.create(ASKS[name]);
      await gateway.kept(1);
      expect(await client.create(ASKS[name])).toEqual(first);
      expect(await client.stream(ASKS[name])).toEqual(first);
      expect(gateway.counts()).toEqual({ anthropic: 1 });
    },
  );
});

test('no client gets what another was answered, but for where the owner lets all share', async () => {
  const others = { headers: { 'x-api-key': OTHER_GATEWAY_KEY } };
  const apart = await start();
  await post(apart, BODY);
  await apart.kept(1);
  expect(status(await post(apart, BODY, others))).toBe('miss');
  expect(apart.counts()).toEqual({ anthropic: 2 });
  const shared = await start({ shared: true });
  const first = await post(shared, BODY);
  await shared.kept(1);
  expect((await post(shared, BODY, others)).json).toEqual(first.json);
});

test('who cannot be told apart from others has nothing kept, but for where all share', async () => {
  const nobody = { config: { clients: undefined } };
  const apart = await start({}, nobody);
  await post(apart, BODY);
  expect(status(await post(apart, BODY))).toBe('none');
  const shared = await start({ shared: true }, nobody);
  await post(shared, BODY);
  await shared.kept(1);
  expect(status(await post(shared, BODY))).toBe('hit');
});

test.each<[string, object]>([
  ['another model', { ...BODY, model: 'claude-haiku-4-5' }],
  ['another text', { ...BODY, messages: [{ role: 'user', content: 'Hello ' }] }],
  ['another limit', { ...BODY, max_tokens: 1023 }],
])('%s is another request', async (_, other) => {
  const gateway = await start();
  await post(gateway, BODY);
  await gateway.kept(1);
  expect(status(await post(gateway, other))).toBe('miss');
});

test('the order of betas makes no difference, and another beta or version does', async () => {
  const gateway = await start();
  const betas = (beta: string, version = '2023-06-01') => ({
    headers: { 'anthropic-beta': beta, 'anthropic-version': version },
  });
  await post(gateway, BODY, betas('context-1m-2025-08-07, interleaved-thinking-2025-05-14'));
  await gateway.kept(1);
  expect(status(await post(gateway, BODY, betas('interleaved-thinking-2025-05-14,context-1m-2025-08-07')))).toBe('hit');
  expect(status(await post(gateway, BODY, betas('interleaved-thinking-2025-05-14')))).toBe('miss');
  const both = 'interleaved-thinking-2025-05-14,context-1m-2025-08-07';
  expect(status(await post(gateway, BODY, betas(both, '2026-10-21')))).toBe('miss');
});

test('an answer that is too old is asked for again', async () => {
  const gateway = await start({ ttlSeconds: 60 });
  await post(gateway, BODY);
  await gateway.kept(1);
  gateway.skip(50_000);
  expect(status(await post(gateway, BODY))).toBe('hit');
  gateway.skip(11_000);
  expect(status(await post(gateway, BODY))).toBe('miss');
  expect(gateway.counts()).toEqual({ anthropic: 2 });
});

describe('x-failover-cache', () => {
  test('takes an answer that is young enough, and never one that is older than the route lets it be', async () => {
    const gateway = await start({ ttlSeconds: 60 });
    await post(gateway, BODY);
    await gateway.kept(1);
    gateway.skip(30_000);
    expect(status(await post(gateway, BODY, wish('40')))).toBe('hit');
    expect(status(await post(gateway, BODY, wish('20')))).toBe('miss');
    gateway.skip(61_000);
    expect(status(await post(gateway, BODY, wish('3600')))).toBe('miss');
  });

  test('bypass neither reads nor keeps, and refresh keeps what it does not read', async () => {
    const gateway = await start();
    const first = await post(gateway, BODY, wish('bypass'));
    expect(status(first)).toBe('bypass');
    expect(gateway.table.asked).toEqual([]);
    await post(gateway, BODY);
    await gateway.kept(1);
    const fresh = await post(gateway, BODY, wish('refresh'));
    expect(status(fresh)).toBe('refresh');
    await gateway.kept(2);
    const again = await post(gateway, BODY);
    expect([status(again), again.json]).toEqual(['hit', fresh.json]);
    expect(gateway.counts()).toEqual({ anthropic: 3 });
  });

  test('is what a route may wait for', async () => {
    const gateway = await start({ onRequest: true });
    expect(status(await post(gateway, BODY))).toBe('none');
    expect(status(await post(gateway, BODY, wish('600')))).toBe('miss');
    await gateway.kept(1);
    expect(status(await post(gateway, BODY))).toBe('none');
    expect(status(await post(gateway, BODY, wish('600')))).toBe('hit');
  });

  test.each(['0', '-1', '1.5', 'yes', '1h', ' ', '9'.repeat(10)])('is refused where it is %j', async (value) => {
    const gateway = await start();
    const refused = await post(gateway, BODY, wish(value));
    expect(refused.status).toBe(400);
    expect(refused.json).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.stringMatching(/^x-failover-cache: /) },
    });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  test('asks for nothing where the route has no cache, is still checked, and never reaches a host', async () => {
    const gateway = await start({}, { route: { cache: undefined } });
    expect(status(await post(gateway, BODY, wish('600')))).toBe('none');
    expect((await post(gateway, BODY, wish('soon'))).status).toBe(400);
    expect(status(await post(gateway, BODY))).toBeNull();
    for (const { headers } of gateway.calls('anthropic')) expect(headers).not.toHaveProperty('x-failover-cache');
  });

  test('is nothing to the count of tokens', async () => {
    const gateway = await start();
    for (let count = 0; count < 2; count++) {
      expect((await post(gateway, BODY, { path: '/v1/messages/count_tokens', ...wish('600') })).status).toBe(200);
    }
    expect(gateway.counts()).toEqual({ anthropic: 2 });
  });
});

test('another epoch forgets everything', async () => {
  const before = await start();
  await post(before, BODY);
  await before.kept(1);
  const after = await start({ epoch: 1 }, { table: before.table, beside: before });
  expect(status(await post(after, BODY))).toBe('miss');
});

test.each(['only', 'chain', 'skip'])('who names hosts by x-failover-%s is served by them', async (name) => {
  const gateway = await start({}, { chain: ['anthropic', 'bedrock'] });
  await post(gateway, BODY);
  await gateway.kept(1);
  const answer = await post(gateway, BODY, {
    headers: { [`x-failover-${name}`]: name === 'skip' ? 'anthropic' : 'bedrock' },
  });
  expect([status(answer), failoverHeaders(answer).host]).toEqual(['none', 'bedrock']);
});
