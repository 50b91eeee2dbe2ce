import { GATEWAY_KEY } from './harness';
import { BODY, post, STREAMED } from './raw-client';
import { accepted, ASYNC, HOUR_MS, look, sha256, useWaiting } from './use-waiting';

const { start, startGateway } = useWaiting();

describe('a request that prefers to wait', () => {
  it('gets 202 and a place where its answer is, once the worker has asked the hosts as any other request would be', async () => {
    const { gateway, queue, worker } = await start();
    const { id, path, headers, json } = await accepted(gateway);
    expect(headers.get('preference-applied')).toBe('respond-async');
    // Behind API Gateway with its stage.
    const url = headers.get('location')!;
    expect(url).toMatch(new RegExp(`^${gateway.url}(/local)?${path}$`));
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(json).toMatchObject({ type: 'async_request', id, status: 'waiting', url });
    expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0 });

    expect(await look(gateway, path)).toMatchObject({ status: 202, json: { id, status: 'waiting' } });
    await worker.work();
    const answer = await look(gateway, path);
    const direct = await post(gateway, BODY);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-failover-host')).toBe('anthropic');
    expect({ ...(answer.json as object), id: '' }).toEqual({ ...(direct.json as object), id: '' });
    const [asked, usual] = gateway.calls('anthropic').map(({ body }) => body.toString());
    expect(asked).toBe(usual);
    expect(queue.messages.bodies).toEqual([]);
  });

  it('fails over while it waits, by the same chain', async () => {
    const { gateway, worker } = await start();
    const { path } = await accepted(gateway);
    await gateway.host('anthropic').setFault({ kind: 'refused' });
    await worker.work();
    expect((await look(gateway, path)).headers.get('x-failover-host')).toBe('bedrock');
  });

  it('outlives an outage of hours, is asked ever more seldom, and is answered when it ends', async () => {
    const { gateway, queue, worker, now, later, setHosts } = await start();
    const { path } = await accepted(gateway);
    await setHosts('refused');
    const pauses: number[] = [];
    while (now.ahead < 3 * HOUR_MS) {
      await worker.work();
      const next = queue.messages.nextAt! - (Date.now() + now.ahead);
      pauses.push(Math.round(next / 1000));
      later(next + 10);
    }
    expect(pauses.slice(0, 3)).toEqual([15, expect.closeTo(15, -1), expect.closeTo(30, -1)]);
    expect(Math.max(...pauses)).toBe(900);
    expect(pauses.length).toBeLessThan(20);
    expect((await look(gateway, path)).status).toBe(202);
    await setHosts();
    await worker.work();
    expect((await look(gateway, path)).status).toBe(200);
  });

  it('is told at its deadline that nobody had an answer, and an SDK does not ask again for that', async () => {
    const { gateway, queue, worker, later, setHosts } = await start();
    const { path } = await accepted(gateway, { 'x-failover-deadline': '600' });
    await setHosts('refused');
    await worker.work();
    later(600_001);
    await worker.work();
    const { status, headers, json } = await look(gateway, path);
    expect(status).toBe(504);
    expect(headers.get('x-should-retry')).toBe('false');
    expect(json).toMatchObject({ type: 'error', error: { type: 'timeout_error' } });
    expect(queue.messages.bodies).toEqual([]);
  });

  it('is told so too where no worker has ever come, and then gets no other answer from one that comes after all', async () => {
    const { gateway, worker, later } = await start();
    const { path } = await accepted(gateway);
    later(6 * HOUR_MS + 60_001);
    expect((await look(gateway, path)).status).toBe(504);
    await worker.work();
    expect((await look(gateway, path)).status).toBe(504);
    expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0 });
  });

  it('gets a refusal of the host as its answer: what is wrong with the request stays wrong', async () => {
    const { gateway, queue, worker } = await start();
    const { path } = await accepted(gateway, {}, { ...BODY, max_tokens: -1 });
    await worker.work();
    const { status, headers, json } = await look(gateway, path);
    expect(status).toBe(400);
    expect(headers.get('x-should-retry')).toBe('false');
    expect(json).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
    expect(queue.messages.bodies).toEqual([]);
  });

  it('is gone when its time is over', async () => {
    const { gateway, worker, later } = await start();
    const { path } = await accepted(gateway);
    await worker.work();
    later(30 * HOUR_MS);
    expect((await look(gateway, path)).status).toBe(404);
  });

  it('keeps no key in what is kept, and no prompt in the queue', async () => {
    const { gateway, queue } = await start();
    await accepted(gateway, { cookie: 'session=secret-cookie', 'x-unknown': 'of-a-proxy', 'anthropic-beta': 'a-beta' });
    const [key] = queue.bucket.keys;
    const kept = queue.bucket.read(key!)!.toString();
    for (const secret of [GATEWAY_KEY, 'secret-cookie', 'of-a-proxy']) expect(kept).not.toContain(secret);
    expect(kept).toContain('a-beta');
    expect(queue.messages.bodies.join()).not.toContain('Hello');
  });
});

describe('an answer that is fetched', () => {
  const clients = [
    { name: 'tester', keySha256: sha256(GATEWAY_KEY) },
    { name: 'other', keySha256: sha256('another-key') },
  ];

  it('is its own client’s: to another it is not there', async () => {
    const { gateway, worker } = await start({ config: { clients } });
    const { path } = await accepted(gateway);
    const asOther = { 'x-api-key': 'another-key' };
    expect((await look(gateway, path, asOther)).status).toBe(404);
    await worker.work();
    expect((await look(gateway, path, asOther)).status).toBe(404);
    expect((await look(gateway, path)).status).toBe(200);
  });

  it.each(['x', 'async_', 'async_AAAAAAAAAAAAAAAAAAAAAAAA', '../requests/x', 'async_AAAAAAAAAAAAAAAAAAAAAAA/'])(
    'is not there by the id %j',
    async (id) => {
      const { gateway } = await start();
      expect((await look(gateway, `/v1/messages/async/${id}`)).status).toBe(404);
    },
  );

  it('says that it cannot be read while S3 is down, and is there afterwards', async () => {
    const { gateway, queue, worker } = await start();
    const { path } = await accepted(gateway);
    await worker.work();
    queue.setFault({ s3: 'down' });
    expect(await look(gateway, path)).toMatchObject({ status: 503 });
    queue.setFault();
    expect((await look(gateway, path)).status).toBe(200);
  });
});

describe('what does not wait', () => {
  it('is a request that does not say so', async () => {
    const { gateway, queue } = await start();
    expect((await post(gateway, BODY)).status).toBe(200);
    expect((await post(gateway, BODY, { headers: { prefer: 'return=minimal' } })).status).toBe(200);
    expect(queue.bucket.keys).toEqual([]);
  });

  it('is a stream: it is answered as it always is', async () => {
    const { gateway } = await start();
    const { status, events } = await post(gateway, STREAMED, { headers: ASYNC });
    expect(status).toBe(200);
    expect(events.at(-1)?.event).toBe('message_stop');
  });

  it('is counting tokens', async () => {
    const { gateway } = await start();
    const { status } = await post(gateway, BODY, { path: '/v1/messages/count_tokens', headers: ASYNC });
    expect(status).toBe(200);
  });

  it.each([
    ['an unknown model', { ...BODY, model: 'gpt-1' }, {}, 404],
    ['no JSON', '{', {}, 400],
    ['a deadline beyond what is allowed', BODY, { 'x-failover-deadline': '21601' }, 400],
    ['a deadline that is none', BODY, { 'x-failover-deadline': '-1' }, 400],
    ['a webhook of a client that has none', BODY, { 'x-failover-webhook': 'https://hooks.example.com' }, 403],
  ])('is a request with %s, which is refused at once', async (_, body, headers, status) => {
    const { gateway, queue } = await start();
    expect((await post(gateway, body, { headers: { ...ASYNC, ...headers } })).status).toBe(status);
    expect(queue.bucket.keys).toEqual([]);
  });

  it('is a deadline or a webhook of a request that does not wait', async () => {
    const { gateway } = await start();
    expect((await post(gateway, BODY, { headers: { 'x-failover-deadline': '60' } })).status).toBe(400);
  });

  it('is anything, where the owner has not switched it on', async () => {
    const gateway = await startGateway({ chain: ['anthropic'] });
    expect((await post(gateway, BODY, { headers: ASYNC })).status).toBe(200);
    expect((await look(gateway, '/v1/messages/async/async_AAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
  });
});
