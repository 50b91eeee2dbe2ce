import { createHash } from 'node:crypto';
import Anthropic, { RateLimitError } from '@anthropic-ai/sdk';
import { startHealthTable } from '../../local/health-table/health-table';
import type { ClientConfig } from '../../lib/contract';
import { GATEWAY_KEY, MODEL, useGateway, type Setup, type TestGateway } from './harness';
import { BODY, call, expectCompleteStream, post, STREAMED } from './raw-client';
import { useWrittenLines } from './written-lines';

const startGateway = useGateway();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const start = (limits: ClientConfig['limits'], setup: Partial<Setup> = {}): Promise<TestGateway> =>
  startGateway({
    chain: ['anthropic'],
    ...setup,
    config: {
      clients: [
        { name: 'limited', keySha256: sha256(GATEWAY_KEY), limits },
        { name: 'other', keySha256: [sha256('old key'), sha256('new key')] },
      ],
      ...setup.config,
    },
  });
const as = (key: string) => ({ headers: { 'x-api-key': key } });

describe('a client with a limit', () => {
  it('is told what is left, then to wait, and is served again when it has', async () => {
    const gateway = await start({ rate: 1, burst: 2 });
    const first = await post(gateway, BODY);
    expect(first.status).toBe(200);
    expect(first.headers.get('anthropic-ratelimit-requests-limit')).toBe('2');
    expect(first.headers.get('anthropic-ratelimit-requests-remaining')).toBe('1');
    expectCompleteStream(await post(gateway, STREAMED));
    const refused = await post(gateway, BODY);
    expect(refused.status).toBe(429);
    expect(refused.json).toEqual({
      type: 'error',
      error: { type: 'rate_limit_error', message: 'this client may send 1 requests a second; try again in 1 s' },
      request_id: refused.headers.get('request-id'),
    });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('x-should-retry')).toBe('true');
    expect(refused.headers.get('anthropic-ratelimit-requests-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(gateway.counts()).toEqual({ anthropic: 2 });
    gateway.skip(1000);
    expect((await post(gateway, BODY)).status).toBe(200);
  });

  it('takes nothing from another, and is not asked for a check of health', async () => {
    const gateway = await start({ rate: 1 });
    await post(gateway, BODY);
    expect((await post(gateway, BODY)).status).toBe(429);
    expect((await post(gateway, BODY, as('new key'))).status).toBe(200);
    expect((await call(gateway, { method: 'GET', path: '/health' })).status).toBe(200);
  });

  it('hears it as the rate limit error of its own SDK, which waits and asks again by itself', async () => {
    const gateway = await start({ rate: 1 });
    const client = (maxRetries: number) => new Anthropic({ apiKey: GATEWAY_KEY, baseURL: gateway.url, maxRetries });
    const ask = (maxRetries: number) =>
      client(maxRetries).messages.create({
        model: MODEL,
        max_tokens: 100,
        messages: [{ role: 'user', content: 'Hi' }],
      });
    await ask(0);
    await expect(ask(0)).rejects.toThrow(RateLimitError);
    await expect(ask(2)).resolves.toMatchObject({ type: 'message' });
  });

  it("hears it in OpenAI's form at that door", async () => {
    const gateway = await start({ rate: 1 });
    const path = '/v1/chat/completions';
    const body = { model: MODEL, messages: [{ role: 'user', content: 'Hello' }] };
    await post(gateway, body, { path });
    const refused = await post(gateway, body, { path });
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ error: { message: expect.stringContaining('1 requests a second') } });
    expect(refused.headers.get('retry-after')).toBe('1');
  });

  it('has its quota across processes that share a table', async () => {
    const table = await startHealthTable('health');
    const quota = { limit: 3, period: 'month' } as const;
    const gateway = await start({ quota }, { table });
    const beside = await start({ quota }, { table, beside: gateway });
    await Promise.all([post(gateway, BODY), post(gateway, BODY)]);
    gateway.skip(5000);
    await post(gateway, BODY);
    beside.skip(5000);
    await post(beside, BODY);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await post(beside, BODY)).status).toBe(429);
    await table.close();
  });
});

it.each(['old key', 'new key'])('a client with two keys is let in by its %s', async (key) => {
  const gateway = await start(undefined);
  expect((await post(gateway, BODY, as(key))).status).toBe(200);
  expect((await post(gateway, BODY, as(`${key}s`))).status).toBe(401);
});

describe('what is written of requests that are refused', () => {
  const { metric, written } = useWrittenLines();

  it('is a count, and no key', async () => {
    const gateway = await start({ rate: 1 }, { config: { telemetry: {} } });
    await post(gateway, BODY);
    await post(gateway, BODY);
    await post(gateway, BODY, as('guessed key'));
    expect(metric('Limited')).toEqual([expect.objectContaining({ Limited: 1 })]);
    expect(written().join()).not.toContain('guessed');
  });
});
