import { createHash } from 'node:crypto';
import { startHealthTable } from '../../local/health-table/health-table';
import type { ClientLimits } from '../../lib/contract';
import { until } from '../local/hosts/caller';
import { GATEWAY_KEY, useGateway, type Setup, type TestGateway } from './harness';
import { BODY, call, expectCompleteStream, post, STREAMED } from './raw-client';

const startGateway = useGateway();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const start = (limits: ClientLimits | undefined, setup: Partial<Setup> = {}): Promise<TestGateway> =>
  startGateway({
    chain: ['anthropic'],
    ...setup,
    config: { clients: [{ name: 'web', keySha256: sha256(GATEWAY_KEY), limits }], ...setup.config },
  });
const waiting = (seconds: number | string) => ({ headers: { 'x-failover-wait': String(seconds) } });
const underWay = (gateway: TestGateway, requests: number) =>
  until(() => gateway.calls('anthropic').length === requests, 'the host is asked');

describe('a team with a limit of requests at a time', () => {
  it.each([
    ['a stream', STREAMED],
    ['a message', BODY],
  ])('is refused one more, and served when %s has ended', async (_what, body) => {
    const gateway = await start({ concurrent: 1 });
    await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 300 });
    const first = post(gateway, body);
    await underWay(gateway, 1);
    const refused = await post(gateway, BODY);
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({
      error: { type: 'rate_limit_error', message: 'this client may have 1 requests at a time; try again in 1 s' },
    });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await first).status).toBe(200);
    expect((await post(gateway, BODY)).status).toBe(200);
  });

  it('has it across processes that share a table, and what a client has left is free', async () => {
    const table = await startHealthTable('health');
    const gateway = await start({ concurrent: 1 }, { table });
    const beside = await start({ concurrent: 1 }, { table, beside: gateway });
    await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 5000 });
    const leaving = new AbortController();
    const first = post(gateway, BODY, { signal: leaving.signal }).catch(() => undefined);
    await underWay(gateway, 1);
    expect((await post(beside, BODY)).status).toBe(429);
    leaving.abort();
    await first;
    await gateway.host('anthropic').setFault(undefined);
    expect((await post(beside, BODY, waiting(5))).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await table.close();
  });
});

describe('a team with a limit of tokens', () => {
  it("hears in Anthropic's headers what is left, of prompts and answers as the host has counted them", async () => {
    const gateway = await start({ tokensPerMinute: 4000, requestsPerMinute: 10 });
    const first = await post(gateway, BODY);
    const { usage } = first.json as { usage: { input_tokens: number; output_tokens: number } };
    const second = await post(gateway, BODY);
    expect(second.status).toBe(200);
    for (const name of ['tokens', 'input-tokens', 'output-tokens']) {
      expect(second.headers.get(`anthropic-ratelimit-${name}-limit`)).toBe('4000');
      expect(second.headers.get(`anthropic-ratelimit-${name}-reset`)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const left = Number(second.headers.get(`anthropic-ratelimit-${name}-remaining`));
      expect(left).toBeLessThan(4000 - usage.input_tokens - usage.output_tokens);
    }
    expect(second.headers.get('anthropic-ratelimit-requests-remaining')).toBe('8');
  });

  it('is refused until the minute is over, at every door', async () => {
    const gateway = await start({ tokensPerMinute: 20 });
    expect((await post(gateway, BODY)).status).toBe(200);
    const refused = await post(gateway, BODY);
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ error: { message: expect.stringMatching(/may use 20 tokens a minute/) } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    const chat = { model: BODY.model, messages: BODY.messages };
    const atDoor = await post(gateway, chat, { path: '/v1/chat/completions' });
    expect(atDoor.status).toBe(429);
    expect(atDoor.json).toMatchObject({ error: { message: expect.stringMatching(/tokens a minute/) } });
    gateway.skip(65_000);
    expect((await post(gateway, BODY)).status).toBe(200);
  });
});

describe('a request that would rather wait', () => {
  it('waits for a place instead of being refused, and the header goes to no host', async () => {
    const gateway = await start({ concurrent: 1 });
    await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 200, times: 1 });
    const first = post(gateway, BODY);
    await underWay(gateway, 1);
    const [second, third] = await Promise.all([post(gateway, BODY, waiting(10)), post(gateway, STREAMED, waiting(10))]);
    expect([(await first).status, second.status]).toEqual([200, 200]);
    expectCompleteStream(third);
    for (const { headers } of gateway.calls('anthropic')) expect(headers).not.toHaveProperty('x-failover-wait');
  });

  it('waits for the rate of its team', async () => {
    const gateway = await start({ rate: 4, burst: 1 });
    expect((await post(gateway, BODY)).status).toBe(200);
    expect((await post(gateway, BODY, waiting(2))).status).toBe(200);
    expect((await post(gateway, BODY)).status).toBe(429);
  });

  it('hears pings in the meantime where it wants a stream, and then the answer or the refusal', async () => {
    const gateway = await start({ concurrent: 1 }, { route: { budget: { pingAfterMs: 40 } } });
    await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 2500, times: 1 });
    const first = post(gateway, BODY);
    await underWay(gateway, 1);
    const [served, refused] = await Promise.all([
      post(gateway, STREAMED, waiting(10)),
      post(gateway, STREAMED, waiting(1.5)),
    ]);
    await first;
    expect(served.events.slice(0, 2).map(({ event }) => event)).toEqual(['ping', 'ping']);
    expectCompleteStream(served);
    expect(refused.status).toBe(200);
    expect(refused.events.at(-1)).toEqual({
      event: 'error',
      data: expect.objectContaining({ error: expect.objectContaining({ type: 'rate_limit_error' }) }),
    });
  });

  it('is refused at once where it would wait too long', async () => {
    const gateway = await start({ tokensPerMinute: 20 });
    await post(gateway, BODY);
    const started = Date.now();
    expect((await post(gateway, BODY, waiting(2))).status).toBe(429);
    expect(Date.now() - started).toBeLessThan(1500);
  });

  it('is served when the host takes requests again, and refused at once where that is too late', async () => {
    const gateway = await start(undefined, { hosts: { anthropic: { retry: { rateLimitWaitMaxMs: 0 } } } });
    await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 1, times: 1 });
    expect((await post(gateway, BODY, waiting(5))).status).toBe(200);
    await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 30 });
    expect((await post(gateway, BODY, waiting(5))).status).toBe(429);
  });

  it('gives its place to others when its client leaves', async () => {
    const gateway = await start({ concurrent: 1 });
    await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 300 });
    const first = post(gateway, BODY);
    await underWay(gateway, 1);
    const leaving = new AbortController();
    const second = post(gateway, BODY, { ...waiting(10), signal: leaving.signal });
    setTimeout(() => leaving.abort(), 50);
    await expect(second).rejects.toThrow();
    await first;
    expect(gateway.counts()).toEqual({ anthropic: 1 });
  });

  it.each(['soon', '-1', '841', '1e3'])('is told that %s is no time', async (value) => {
    const gateway = await start({ rate: 10 });
    const { status, json } = await post(gateway, BODY, waiting(value));
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { message: expect.stringContaining('x-failover-wait') } });
    expect((await call(gateway, { method: 'GET', path: '/v1/models', ...waiting(1) })).status).toBe(200);
  });
});
