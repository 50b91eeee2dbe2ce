import type { AnthropicHostConfig } from '../../lib/contract';
import { resolveModels } from '../../lib/catalog/resolve';
import type { HostCall } from '../../lambda/engine/host';
import type { MessagesBody } from '../../lambda/wire/anthropic/request/message-request';
import { call, host, MESSAGE, never, text, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer();
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const config = (over: Partial<AnthropicHostConfig> = {}): AnthropicHostConfig => ({
  kind: 'anthropic',
  name: 'first-party',
  endpoint: server.url,
  keys: [{ env: 'KEY_A' }, { env: 'KEY_B' }],
  ...over,
});
const open = (over: Partial<HostCall> = {}) => host(config()).open(call(undefined, over), never());
const raw = (json: string): Partial<HostCall> => ({
  bytes: Buffer.from(json),
  body: JSON.parse(json) as MessagesBody,
});

/** Nothing of this survives being parsed and written again. */
const ODD =
  '{ "model":"claude-opus-5-5" ,"big":12345678901234567890,"x":1.0,"x":2,\n"messages":[{"role":"user","content":"\\u00e9/\\/"}]}';

test("sends the client's bytes exactly, unknown fields and spacing included", async () => {
  await open(raw(ODD));
  expect(server.requests[0]?.body.toString()).toBe(ODD);
  expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/v1/messages' });
});

test('asks for a stream the client did not ask for by one field behind the opening brace', async () => {
  await open({ ...raw(ODD), stream: true });
  expect(server.requests[0]?.body.toString()).toBe(`{"stream":true,${ODD.slice(1)}`);
});

test('asks for a stream where the client asked for none in place', async () => {
  const body = '{"model":"claude-opus-5-5","stream": false ,"messages":[{"stream":false}]}';
  await open({ ...raw(body), stream: true });
  expect(server.requests[0]?.body.toString()).toBe(body.replace('"stream": false ,', '"stream": true ,'));
});

test("leaves a stream the client asked for, and Anthropic's own alias of a model, as they are", async () => {
  const body = '{"stream":true,"model":"claude-haiku-4-5","messages":[]}';
  await open({ ...raw(body), stream: true, model: 'claude-haiku-4-5-20251001' });
  expect(server.requests[0]?.body.toString()).toBe(body);
});

test('replaces a model name that is only ours, in place', async () => {
  const models = resolveModels([{ id: 'claude-opus-5-5', aliases: ['best'], on: { anthropic: 'claude-opus-5-5' } }]);
  await host(config(), { models }).open(call(undefined, raw('{"model": "best","messages":[]}')), never());
  expect(server.requests[0]?.body.toString()).toBe('{"model": "claude-opus-5-5","messages":[]}');
});

test('count_tokens goes to its own path, never as a stream', async () => {
  server.reply = json({ input_tokens: 3 });
  const answer = await open({ ...raw(ODD), endpoint: 'count_tokens', stream: true });
  expect(server.requests[0]).toMatchObject({ path: '/v1/messages/count_tokens', body: Buffer.from(ODD) });
  expect(await text(answer)).toBe('{"input_tokens":3}');
});

test("forwards what the API reads, whatever it is called, and none of the client's own credentials or connection", async () => {
  await open({
    headers: {
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'unknown-beta-2030-01-01,b',
      'anthropic-something-new': 'x',
      accept: 'text/event-stream',
      'content-type': 'application/json; charset=utf-8',
      authorization: 'Bearer client-key',
      'x-api-key': 'client-key',
      cookie: 'c',
      origin: 'https://example.com',
      host: 'gateway.example.com',
      'x-forwarded-for': '10.0.0.1',
      'x-failover-only': 'first-party',
      'accept-encoding': 'gzip, br',
      connection: 'close',
      'user-agent': 'Client/1',
    },
  });
  const { 'user-agent': userAgent, ...headers } = server.requests[0]?.headers ?? {};
  expect(headers).toEqual({
    'anthropic-version': '2026-10-21',
    'anthropic-beta': 'unknown-beta-2030-01-01,b',
    'anthropic-something-new': 'x',
    accept: 'text/event-stream',
    'content-type': 'application/json; charset=utf-8',
    'x-api-key': 'sk-ant-api03-aaaa',
    'accept-encoding': 'identity',
    'content-length': String(Buffer.byteLength(JSON.stringify(MESSAGE))),
    host: new URL(server.url).host,
    connection: 'keep-alive',
  });
  expect(userAgent).toMatch(/^cdk-claude-failover\/\d+\.\d+\.\d+$/);
});

test('has one id a key, and sends the one that is asked for', async () => {
  expect(host(config()).keys).toEqual(['KEY_A', 'KEY_B']);
  await open({ key: 'KEY_B' });
  expect(server.requests[0]?.headers['x-api-key']).toBe('sk-ant-api03-bbbb');
});

test('without a usable key nothing is sent, and the error names where the key belongs', async () => {
  const opening = host(config(), { env: { KEY_A: 'REPLACE_ME' } }).open(call(), never());
  await expect(opening).rejects.toMatchObject({
    kind: 'credential',
    message: 'host first-party: the key in environment variable KEY_A is still a placeholder; put the real key there',
  });
  expect(server.requests).toHaveLength(0);
});

test('an error answer is an answer like any other', async () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
  server.reply = json(error, 529, { 'retry-after': '7', 'set-cookie': 'a=b' });
  const answer = await open();
  expect(answer).toMatchObject({ status: 529, headers: { 'retry-after': '7' }, dropped: [] });
  expect(answer.headers).not.toHaveProperty('set-cookie');
  expect(JSON.parse(await text(answer))).toEqual(error);
});

test('a request for a stateful path is passed on with its method, query and body, under our key', async () => {
  const request = {
    id: 'r',
    method: 'GET',
    path: '/v1/messages/batches',
    query: '?limit=2',
    headers: { 'x-api-key': 'client-key', 'anthropic-version': '2023-06-01' },
    body: new Uint8Array(),
    client: undefined,
    timeLeftMs: undefined,
  };
  const answer = await host(config()).forward?.(request, 'KEY_B', never());
  expect(answer?.status).toBe(200);
  expect(server.requests[0]).toMatchObject({ method: 'GET', path: '/v1/messages/batches?limit=2' });
  expect(server.requests[0]?.headers).toMatchObject({
    'x-api-key': 'sk-ant-api03-bbbb',
    'anthropic-version': '2023-06-01',
  });
});

test('takes bodies of up to 32 MB in the schema of Anthropic itself', () => {
  const { maxBodyBytes, schema, kind } = host(config());
  expect({ maxBodyBytes, schema, kind }).toEqual({ maxBodyBytes: 32 << 20, schema: 'current', kind: 'anthropic' });
});
