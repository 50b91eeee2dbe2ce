import { GATEWAY_KEY } from './harness';
import { BODY, post } from './raw-client';
import { accepted, ASYNC, look, pathOf, sha256, useWaiting } from './use-waiting';
import type { Step } from './queue-worker';

const { start } = useWaiting();

describe('when every host is down', () => {
  const CONSENT = { 'x-failover-queue': 'yes' };

  it('a request that agrees waits instead of failing, and one that does not gets the error', async () => {
    const { gateway, worker, setHosts } = await start({ route: { whenDown: 'queue' } });
    expect((await post(gateway, BODY, { headers: CONSENT })).status).toBe(200);
    await setHosts('refused');
    expect((await post(gateway, BODY)).status).toBe(529);
    expect((await post(gateway, BODY, { headers: { 'x-failover-queue': 'no' } })).status).toBe(529);
    const { status, json } = await post(gateway, BODY, { headers: CONSENT });
    expect(status).toBe(202);
    await setHosts();
    await worker.work();
    expect((await look(gateway, pathOf(json))).status).toBe(200);
  });

  it('waits rather than hear the owner’s words, and the worker takes them for no answer', async () => {
    const config = { steering: ['last-resort'] as const };
    const { gateway, worker, setHosts } = await start({
      route: { whenDown: 'queue', message: 'We are down.' },
      config,
    });
    await setHosts('refused');
    const { status, json } = await post(gateway, BODY, { headers: CONSENT });
    expect(status).toBe(202);
    await worker.work();
    expect((await look(gateway, pathOf(json))).status).toBe(202);
  });

  it('agrees for nothing on a route that fails', async () => {
    const { gateway, setHosts } = await start();
    await setHosts('refused');
    expect((await post(gateway, BODY, { headers: CONSENT })).status).toBe(529);
  });

  it('gets the hosts’ error where it cannot be kept either', async () => {
    const { gateway, queue, setHosts } = await start({ route: { whenDown: 'queue' } });
    await setHosts('refused');
    queue.setFault({ sqs: 'down' });
    expect((await post(gateway, BODY, { headers: CONSENT })).status).toBe(529);
  });

  it('a client that would stay a moment gets the answer of a host that has one by then, else it waits', async () => {
    const { gateway, worker, setHosts } = await start();
    const headers = { prefer: 'respond-async, wait=1' };
    expect((await post(gateway, BODY, { headers })).status).toBe(200);
    await setHosts('hang');
    const began = Date.now();
    const { status, json } = await post(gateway, BODY, { headers });
    expect(status).toBe(202);
    expect(Date.now() - began).toBeLessThan(5000);
    await setHosts();
    await worker.work();
    expect((await look(gateway, pathOf(json))).status).toBe(200);
  });
});

describe('nothing that was accepted is lost', () => {
  it.each([{ s3: 'down' }, { sqs: 'down' }, { s3: 'lost' }, { sqs: 'lost' }] as const)(
    'with %j a request is not accepted, and its client is told so',
    async (fault) => {
      const { gateway, queue } = await start();
      queue.setFault(fault);
      const { status, headers } = await post(gateway, BODY, { headers: ASYNC });
      expect(status).toBe(503);
      expect(headers.get('retry-after')).toBe('10');
    },
  );

  const STEPS: readonly Step[] = ['request read', 'answer read', 'answered', 'settled', 'client told of'];
  it.each(STEPS)('when the worker dies before: %s; another one takes it up, and there is one answer', async (dieAt) => {
    const webhooks = [{ client: 'tester', hosts: ['hooks.example.com'], secret: { env: 'OTHER_KEY' } }];
    const { gateway, queue, worker, later } = await start({}, { webhooks });
    const { path } = await accepted(gateway, { 'x-failover-webhook': 'https://hooks.example.com/claude' });
    await worker.work({ dieAt });
    expect(queue.messages.bodies).toHaveLength(1);
    later(900_001);
    await worker.work();
    await worker.work();
    const { status } = await look(gateway, path);
    expect(status).toBe(200);
    expect(worker.told).toEqual([{ id: path.split('/').at(-1), status: 200 }]);
    // The one who died between the host's answer and its own writing has had it for nothing: that is paid twice.
    expect(gateway.calls('anthropic')).toHaveLength(dieAt === 'settled' ? 2 : 1);
    expect(queue.messages.bodies).toEqual([]);
  });

  it('while the queue or the bucket is down, and comes back', async () => {
    const { gateway, queue, worker, later } = await start();
    const { path } = await accepted(gateway);
    queue.setFault({ s3: 'down', sqs: 'down' });
    await worker.work();
    expect(queue.messages.bodies).toHaveLength(1);
    queue.setFault();
    later(900_001);
    await worker.work();
    expect((await look(gateway, path)).status).toBe(200);
  });

  it('nor answered twice, when a message comes twice at the same time', async () => {
    const { gateway, queue, worker } = await start();
    const { path } = await accepted(gateway);
    queue.messages.duplicate();
    expect(await worker.work()).toBe(2);
    const first = await look(gateway, path);
    expect(first.status).toBe(200);
    queue.messages.duplicate();
    await worker.work();
    expect((await look(gateway, path)).text).toBe(first.text);
    expect(queue.bucket.keys.filter((key) => key.startsWith('answers/'))).toHaveLength(1);
  });

  it('and one that fails keeps no other waiting', async () => {
    const { gateway, queue, worker } = await start();
    const bad = await accepted(gateway);
    const good = await accepted(gateway);
    queue.bucket.delete(queue.bucket.keys.find((key) => key.endsWith(bad.id))!);
    await worker.work();
    expect((await look(gateway, good.path)).status).toBe(200);
    expect(worker.lines).toContain('request lost');
  });
});

describe('in order', () => {
  it('a client’s requests are answered one after the other, and another client’s do not wait for them', async () => {
    const clients = [
      { name: 'tester', keySha256: sha256(GATEWAY_KEY) },
      { name: 'other', keySha256: sha256('another-key') },
    ];
    const { gateway, worker } = await start({ config: { clients } }, { isOrdered: true });
    const first = await accepted(gateway);
    const second = await accepted(gateway);
    const others = await accepted(gateway, { 'x-api-key': 'another-key' });
    expect(await worker.work()).toBe(2);
    expect((await look(gateway, first.path)).status).toBe(200);
    expect((await look(gateway, second.path)).status).toBe(202);
    expect((await look(gateway, others.path, { 'x-api-key': 'another-key' })).status).toBe(200);
    await worker.work();
    expect((await look(gateway, second.path)).status).toBe(200);
  });
});
