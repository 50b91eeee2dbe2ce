import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { GATEWAY_KEY, useGateway, type TestGateway } from './harness';
import { BODY, call, post, textOf } from './raw-client';

const start = useGateway();
const MB = 1024 * 1024;

const sockets: Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

/** A request whose head and first bytes are sent, and whose rest is not. */
function begin(gateway: TestGateway, headers: Record<string, string>, body = '', path = '/v1/messages'): Socket {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  const head = { host: hostname, 'x-api-key': GATEWAY_KEY, connection: 'close', ...headers };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  return socket;
}

async function answerOf(socket: Socket): Promise<{ status: number; json: unknown; head: string }> {
  const [first] = (await once(socket, 'data')) as [Buffer];
  const rest = socket.readableEnded ? '' : await text(socket);
  const [head = '', body = ''] = (first.toString() + rest).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), json: body === '' ? undefined : JSON.parse(body), head };
}

describe('before a byte of the body is read', () => {
  it('a client without the right key hears so', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const socket = begin(gateway, { 'x-api-key': 'guess', 'content-length': String(31 * MB) });
    expect(await answerOf(socket)).toMatchObject({ status: 401, json: { error: { type: 'authentication_error' } } });
  });

  it('a client that waits for `100 Continue` is not invited without a key, and is with one', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const body = JSON.stringify(BODY);
    const headers = {
      'anthropic-version': '2023-06-01',
      expect: '100-continue',
      'content-length': String(body.length),
    };
    const refused = await answerOf(begin(gateway, { ...headers, 'x-api-key': 'guess', connection: 'keep-alive' }));
    // What came next could be the body or another request.
    expect(refused).toMatchObject({ status: 401, head: expect.stringMatching(/^connection: close/im) });
    const invited = begin(gateway, headers);
    expect(String((await once(invited, 'data'))[0])).toMatch(/^HTTP\/1.1 100 Continue/);
    invited.write(body);
    expect(await answerOf(invited)).toMatchObject({ status: 200 });
  });

  it.each([
    ['a path that does not exist', '/v1/nothing', 404],
    ['a body that is too large for any host', '/v1/messages', 413],
  ])('%s is refused', async (_what, path, status) => {
    const gateway = await start({ chain: ['anthropic'] });
    const socket = begin(gateway, { 'content-length': String(33 * MB) }, '', path);
    expect(await answerOf(socket)).toMatchObject({ status });
  });
});

describe('bytes in flight', () => {
  const OVERLOADED = { status: 503, json: { type: 'error', error: { type: 'overloaded_error' } } };

  it('are limited for the process: one large body too many is told when to come back, small ones are served', async () => {
    const gateway = await start({ chain: ['anthropic'], bodyBytes: 64 * MB });
    const first = begin(gateway, { 'content-length': String(31 * MB) });
    await settled(gateway);
    const second = await answerOf(begin(gateway, { 'content-length': String(31 * MB) }));
    expect(second).toMatchObject(OVERLOADED);
    expect(second.head).toMatch(/^retry-after: [1-9]/m);
    expect((await post(gateway, BODY)).status).toBe(200);
    first.destroy();
    await once(first, 'close');
    await settled(gateway);
    const third = begin(gateway, { 'content-length': String(31 * MB) }, '{"never": "whole"');
    third.setTimeout(100, () => third.destroy());
    await once(third, 'close');
    expect(third.bytesRead).toBe(0);
  });

  it('are counted as they come where the client does not say how many', async () => {
    const gateway = await start({ chain: ['anthropic'], bodyBytes: 4 * MB });
    const chunk = `${MB.toString(16)}\r\n${' '.repeat(MB)}\r\n`;
    const socket = begin(gateway, { 'transfer-encoding': 'chunked' }, chunk.repeat(5));
    expect(await answerOf(socket)).toMatchObject(OVERLOADED);
  });

  it('are given back when an answer is through, however it ended', async () => {
    const gateway = await start({ chain: ['anthropic'], bodyBytes: 4 * MB });
    const large = { ...BODY, messages: [{ role: 'user', content: 'x'.repeat(3 * MB) }] };
    for (let round = 0; round < 3; round++) expect((await post(gateway, large)).status).toBe(200);
    await gateway.host('anthropic').setFault({ kind: 'prompt-too-long' });
    for (let round = 0; round < 3; round++) expect((await post(gateway, large)).status).toBe(400);
  });
});

it('a large body arrives at the host byte for byte, announced or in chunks', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  const body = JSON.stringify({ ...BODY, messages: [{ role: 'user', content: 'äöü'.repeat(300_000) }] });
  expect(textOf(await post(gateway, body))).not.toBe('');
  const chunked = new ReadableStream<Uint8Array>({
    start(controller) {
      const bytes = Buffer.from(body);
      for (let at = 0; at < bytes.length; at += 100_001) controller.enqueue(bytes.subarray(at, at + 100_001));
      controller.close();
    },
  });
  const headers = { 'x-api-key': GATEWAY_KEY, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  const response = await fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers,
    body: chunked,
    duplex: 'half',
  });
  expect(response.status).toBe(200);
  await response.text();
  const [first, second] = gateway.calls('anthropic').map((request) => request.body.toString());
  expect(first === second).toBe(true);
  expect(first?.includes('äöü'.repeat(300_000))).toBe(true);
});

it('a client that says nothing more has no connection to a host opened for it', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  begin(gateway, { 'content-length': '100' }, '{"model":');
  await settled(gateway);
  expect(gateway.counts()).toEqual({ anthropic: 0 });
});

it('the connection of an idle client is kept longer than a load balancer keeps its own', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  const { headers } = await call(gateway, { method: 'GET', path: '/health' });
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
});

/** What was sent before has been taken in. */
async function settled(gateway: TestGateway): Promise<void> {
  for (let count = 0; count < 3; count++) await call(gateway, { method: 'GET', path: '/health' });
}
