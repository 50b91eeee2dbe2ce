import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Anthropic from '@anthropic-ai/sdk';
import { recordingServer, json as jsonReply, type RecordingServer } from '../hosts/recording-server';
import { GATEWAY_KEY, IMPATIENT, useGateway, type Setup, type TestGateway } from './harness';
import { call } from './raw-client';
import { until } from '../local/hosts/caller';
import { useWrittenLines } from './written-lines';

const startGateway = useGateway();
const NOTE = expect.stringContaining('no failover');
const start = ({ config, ...setup }: Setup): Promise<TestGateway> =>
  startGateway({ ...setup, config: { stateful: true, ...config } });

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

  it('are off unless the operator allows them: clients share one workspace', async () => {
    const gateway = await startGateway({ chain: ['anthropic'] });
    const { status, json } = await call(gateway, { method: 'GET', path: '/v1/files' });
    expect(status).toBe(404);
    expect(json).toMatchObject({ error: { type: 'not_found_error', message: expect.stringContaining('"stateful"') } });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it.each([
    [{ stateful: true }, 'stateful: no host of kind anthropic'],
    [{ stateful: { host: 'bedrock' } }, 'stateful: no host of kind anthropic'],
  ])('%j without an Anthropic host is a configuration that does not start', async (config, problem) => {
    await expect(startGateway({ chain: ['bedrock'], config })).rejects.toThrow(problem);
  });

  it.each([
    ['GET', '/v1/files/../models'],
    ['GET', '/v1/files/%2e%2e/models'],
    ['GET', '/v1/files/a%2f..%2fb'],
    ['GET', '/v1//files'],
    ['GET', '/v1/files//content'],
    ['GET', '/v1/files/'],
    ['GET', '/v1/files/x/content/more'],
    ['GET', '/v1/messages/batches/x/../../../files'],
    ['POST', '/v1/messages/batches/x/unknown'],
  ])('%s %s is not passed on', async (method, path) => {
    const gateway = await start({ chain: ['anthropic'] });
    // As it stands: `fetch` would tidy it up.
    const answer = await raw(gateway, `${method} ${path} HTTP/1.1`);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it.each([
    ['PUT', '/v1/files', 'GET, POST'],
    ['DELETE', '/v1/messages/batches', 'GET, POST'],
    ['POST', '/v1/files/file_1', 'GET, DELETE'],
    ['GET', '/v1/messages/batches/x/cancel', 'POST'],
  ])('%s %s is no method of that path', async (method, path, allowed) => {
    const gateway = await start({ chain: ['anthropic'] });
    const { status, headers, json } = await call(gateway, { method, path });
    expect([status, headers.get('allow')]).toEqual([405, allowed]);
    expect(json).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it('the client’s steering holds for them too', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'] });
    const ask = (headers: Record<string, string>) => call(gateway, { method: 'GET', path: '/v1/files', headers });
    expect((await ask({ 'x-failover-only': 'anthropic' })).status).toBe(200);
    expect((await ask({ 'x-failover-only': 'bedrock' })).status).toBe(400);
    expect((await ask({ 'x-failover-skip': 'anthropic' })).status).toBe(400);
    expect((await ask({ 'x-failover-budget': 'soon' })).status).toBe(400);
    expect((await ask({ 'x-api-key': 'guess' })).status).toBe(401);
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 0 });
  });
});

describe('in front of an account with something in it', () => {
  let account: RecordingServer;
  beforeEach(async () => (account = await recordingServer()));
  afterEach(() => account.close());
  const front = (setup: Partial<Setup> = {}) =>
    start({
      chain: ['anthropic'],
      hosts: { anthropic: { endpoint: account.url, ...setup.hosts?.anthropic } },
      ...setup,
    });
  const BATCH = {
    id: 'msgbatch_01x',
    type: 'message_batch',
    processing_status: 'ended',
    results_url: 'https://api.anthropic.com/v1/messages/batches/msgbatch_01x/results',
    more: { unknown: 1 },
  };

  it('results are fetched through the gateway, so that its key never goes to api.anthropic.com', async () => {
    account.reply = (response, { path }) =>
      path.endsWith('/results')
        ? response.end('{"custom_id":"c0","result":{"type":"canceled"}}\n')
        : jsonReply(BATCH)(response, { method: '', path, headers: {}, body: Buffer.alloc(0) });
    const gateway = await front();
    const client = new Anthropic({ baseURL: gateway.url, apiKey: GATEWAY_KEY, maxRetries: 0 });
    const results = [];
    for await (const result of await client.messages.batches.results('msgbatch_01x')) results.push(result);
    expect(results).toEqual([{ custom_id: 'c0', result: { type: 'canceled' } }]);
    expect(account.requests.at(-1)?.path).toBe('/v1/messages/batches/msgbatch_01x/results');
    expect(JSON.stringify(account.requests.map(({ headers }) => headers))).not.toContain(GATEWAY_KEY);
  });

  it('the address of results is the one the client knows, behind proxies and stages too, in lists too', async () => {
    account.reply = jsonReply({ data: [BATCH, { ...BATCH, results_url: null }], has_more: false });
    const gateway = await front();
    const list = async (headers: Record<string, string>) =>
      (await call(gateway, { method: 'GET', path: '/v1/messages/batches', headers })).json;
    const own = (base: string) => ({
      data: [
        { ...BATCH, results_url: `${base}/v1/messages/batches/msgbatch_01x/results` },
        { ...BATCH, results_url: null },
      ],
      has_more: false,
    });
    expect(await list({})).toEqual(own(gateway.url));
    const { host } = new URL(gateway.url);
    expect(await list({ 'x-forwarded-proto': 'https' })).toEqual(own(`https://${host}`));
    expect(await list({ 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/prod' })).toEqual(
      own(`https://${host}/prod`),
    );
    expect(await list({ 'x-forwarded-proto': 'javascript' })).toMatchObject({ data: [{ results_url: null }, {}] });
  });

  it('a file streams up as it comes, and nobody holds it', async () => {
    const gateway = await front({ bodyBytes: 1024 });
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    const MB = 1024 * 1024;
    socket.write(
      `POST /v1/files HTTP/1.1\r\nhost: x\r\nx-api-key: ${GATEWAY_KEY}\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: ${40 * MB}\r\n\r\n`,
    );
    const first = once(socket, 'data') as Promise<[Buffer]>;
    for (let part = 0; part < 40; part++) socket.write(Buffer.alloc(MB, 'y'));
    expect((await first)[0].toString()).toMatch(/^HTTP\/1.1 200 /);
    await text(socket);
    expect(account.requests[0]?.body.length).toBe(40 * MB);
    expect(account.requests[0]?.headers).toMatchObject({
      'content-length': String(40 * MB),
      'content-type': 'multipart/form-data; boundary=x',
    });
  });

  it('a host that answers before it has heard all does not disturb what is still on its way', async () => {
    const MB = 1024 * 1024;
    let received = 0;
    const early = createServer((request, response) => {
      request.on('data', (part: Buffer) => (received += part.length));
      request.on('end', () => response.end('}'));
      response.write('{');
    }).listen(0, '127.0.0.1');
    await once(early, 'listening');
    const endpoint = `http://127.0.0.1:${(early.address() as AddressInfo).port}`;
    const gateway = await front({ hosts: { anthropic: { endpoint } } });
    const body = Buffer.alloc(40 * MB, 'y');
    expect((await call(gateway, { method: 'POST', path: '/v1/files', body })).text).toBe('{}');
    expect(received).toBe(40 * MB);
    early.close();
  });

  it('a file streams down at the reader’s pace, and its first bytes do not wait for the last', async () => {
    let finish = (): void => undefined;
    account.reply = (response) => {
      response.writeHead(200, {
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="a.pdf"',
      });
      response.write('first');
      finish = () => void response.end('last');
    };
    const gateway = await front();
    const response = await fetch(`${gateway.url}/v1/files/file_1/content`, { headers: { 'x-api-key': GATEWAY_KEY } });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.pdf"');
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    finish();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('last');
    expect((await reader.read()).done).toBe(true);
  });

  it('a download that breaks off never looks whole', async () => {
    account.reply = (response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' });
      response.write('first', () => response.destroy());
    };
    const gateway = await front();
    const { broken } = await call(gateway, { method: 'GET', path: '/v1/files/file_1/content' }).catch(() => ({
      broken: true,
    }));
    expect(broken).toBe(true);
  });

  describe('the log', () => {
    const { logged } = useWrittenLines();
    const config = { telemetry: { logs: true, metrics: false } };

    it('has one record for each of them, with who asked, where it went and how it ended', async () => {
      const gateway = await front({ config });
      await call(gateway, { method: 'GET', path: '/v1/files/file_1/content' });
      account.reply = jsonReply(BATCH);
      await call(gateway, { method: 'GET', path: '/v1/messages/batches/msgbatch_01x' });
      account.reply = jsonReply({ type: 'error' }, 404);
      await call(gateway, { method: 'DELETE', path: '/v1/files/file_2' });
      await until(() => logged('request').length === 3, 'three records');
      const common = { client: 'tester', host: 'anthropic', attempts: 1, durationMs: expect.any(Number) as number };
      expect(logged('request')).toMatchObject([
        { ...common, endpoint: 'files', outcome: 'answered', trace: 'anthropic:ok' },
        { ...common, endpoint: 'batches', outcome: 'answered', trace: 'anthropic:ok' },
        { ...common, endpoint: 'files', outcome: 'returned', trace: 'anthropic:404' },
      ]);
    });

    it('says that a host broke off, and that one was not reached', async () => {
      account.reply = (response) => void response.writeHead(200).write('first', () => response.destroy());
      const gateway = await front({ config });
      await call(gateway, { method: 'GET', path: '/v1/files/file_1/content' }).catch(() => undefined);
      account.reply = (response) => response.destroy();
      await call(gateway, { method: 'GET', path: '/v1/files' });
      await until(() => logged('request').length === 2, 'two records');
      expect(logged('request').map(({ outcome, trace }) => [outcome, trace])).toEqual([
        ['died', 'anthropic:cut'],
        ['returned', 'anthropic:connection'],
      ]);
    });
  });
});

/** Bytes as they are, and the answer's. */
function raw(gateway: TestGateway, line: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  socket.end(`${line}\r\nhost: x\r\nx-api-key: ${GATEWAY_KEY}\r\nconnection: close\r\n\r\n`);
  return text(socket);
}
