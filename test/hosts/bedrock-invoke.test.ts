import fc from 'fast-check';
import { once } from 'node:events';
import type { BedrockHostConfig } from '../../lib/contract';
import type { HostAnswer, HostCall } from '../../lambda/engine/host';
import type { MessagesBody } from '../../lambda/wire/anthropic/request/message-request';
import { chunkFrame, errorFrame, exceptionFrame } from './event-stream-frames';
import { expectedAuthorization } from './expected-signature';
import { call, frozen, host, MESSAGE, never, text, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer, type Reply } from './recording-server';

const HAIKU = frozen<MessagesBody>({ ...MESSAGE, model: 'claude-haiku-4-5' });
const HAIKU_ID = 'claude-haiku-4-5-20251001';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer();
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const config = (over: Partial<BedrockHostConfig> = {}): BedrockHostConfig => ({
  kind: 'bedrock',
  name: 'bedrock',
  endpoint: server.url,
  region: 'us-east-1',
  profile: 'us',
  ...over,
});
const open = (over: Partial<HostCall> = {}, body: MessagesBody = HAIKU, signal = never()): Promise<HostAnswer> =>
  host(config()).open(call(body, { model: HAIKU_ID, ...over }), signal);
const sent = (): unknown => JSON.parse(server.requests.at(-1)?.body.toString() ?? '');

const EVENTS = [
  '{"type":"message_start","message":{"id":"msg_bdrk_1","type":"message","role":"assistant","content":[]}}',
  '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
  '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"héllo 🌍"}}',
  '{"type":"content_block_stop","index":0}',
  '{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":8}}',
];
const SSE = EVENTS.map((data) => `event: ${(JSON.parse(data) as { type: string }).type}\ndata: ${data}\n\n`).join('');
const FRAMES = EVENTS.map(chunkFrame);

const streaming =
  (...parts: readonly Uint8Array[]): Reply =>
  (response) => {
    response.writeHead(200, {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-requestid': 'b0d4e1c2-0000-4000-8000-000000000001',
    });
    for (const part of parts) response.write(part);
    response.end();
  };

test('asks InvokeModel with model and way of answering in the path, version and betas in the body', async () => {
  server.reply = json({ type: 'message', id: 'msg_bdrk_1' }, 200, { 'x-amzn-requestid': 'id-1' });
  const headers = { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'context-1m-2025-08-07', 'x-api-key': 'k' };
  const answer = await open({ headers }, frozen({ ...HAIKU, stream: false, unknown: { a: 1 } }));
  const [request] = server.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke',
    headers: { 'content-type': 'application/json' },
  });
  const { model: _, ...rest } = HAIKU;
  expect(sent()).toEqual({
    ...rest,
    unknown: { a: 1 },
    anthropic_version: 'bedrock-2023-05-31',
    anthropic_beta: ['context-1m-2025-08-07'],
  });
  expect(Object.keys(request?.headers ?? {}).filter((name) => /^anthropic-|api-key/.test(name))).toEqual([]);
  expect(request && expectedAuthorization(request, 'us-east-1', 'bedrock')).toBe(request?.headers.authorization);
  expect(answer).toMatchObject({ status: 200, headers: { 'x-amzn-requestid': 'id-1' }, dropped: [] });
  expect(JSON.parse(await text(answer))).toEqual({ type: 'message', id: 'msg_bdrk_1' });
});

test("an application profile's ARN is one segment of the path", async () => {
  server.reply = streaming(...FRAMES);
  const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl';
  const bedrock = host(config({ models: { [HAIKU_ID]: arn } }));
  await text(await bedrock.open(call(HAIKU, { model: HAIKU_ID, stream: true }), never()));
  expect(server.requests[0]?.path).toBe(`/model/${encodeURIComponent(arn)}/invoke-with-response-stream`);
});

test.each([
  ['2026-10-21', 'claude-opus-5-5', '2026-10-21'],
  ['2026-10-21', HAIKU_ID, 'bedrock-2023-05-31'],
  ['2023-06-01', 'claude-opus-5-5', 'bedrock-2023-05-31'],
  [undefined, 'claude-opus-5-5', 'bedrock-2023-05-31'],
])("the client's version %s for %s is sent as %s", async (version, model, expected) => {
  const headers: Record<string, string> = version === undefined ? {} : { 'anthropic-version': version };
  await host(config({ door: 'invoke' })).open(call({ ...MESSAGE, model }, { model, headers }), never());
  expect(sent()).toMatchObject({ anthropic_version: expected });
});

test('a version the host has taught wins', async () => {
  const adaptation = { dropBetas: [], dropFields: [], version: 'bedrock-2023-05-31' };
  const headers = { 'anthropic-version': '2026-10-21' };
  await host(config({ door: 'invoke' })).open(call(undefined, { adaptation, headers }), never());
  expect(sent()).toMatchObject({ anthropic_version: 'bedrock-2023-05-31' });
});

test('counts tokens by the foundation model, with the whole body the count needs', async () => {
  server.reply = json({ inputTokens: 42 });
  const { max_tokens: _, ...counted } = HAIKU;
  const answer = await open({ endpoint: 'count_tokens' }, frozen(counted));
  expect(server.requests[0]?.path).toBe('/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/count-tokens');
  const { input } = sent() as { input: { invokeModel: { body: string } } };
  expect(JSON.parse(Buffer.from(input.invokeModel.body, 'base64').toString())).toEqual({
    max_tokens: 1,
    messages: HAIKU.messages,
    anthropic_version: 'bedrock-2023-05-31',
  });
  expect(JSON.parse(await text(answer))).toEqual({ input_tokens: 42 });
});

describe('the event stream', () => {
  test('becomes the SSE it was made from; payloads without a type are dropped', async () => {
    server.reply = streaming(...FRAMES.slice(0, 2), chunkFrame('{"no":"type"}'), ...FRAMES.slice(2));
    const answer = await open({ stream: true });
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'x-amzn-requestid': 'b0d4e1c2-0000-4000-8000-000000000001',
      },
    });
    expect(await text(answer)).toBe(SSE);
  });

  test('is the same however its bytes are split', async () => {
    const wire = Buffer.concat(FRAMES);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: wire.length - 1 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const edges = [0, ...at.sort((a, b) => a - b), wire.length];
        const parts = edges.slice(1).map((end, index) => wire.subarray(edges[index], end));
        server.reply = (response) => {
          response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
          const write = (): void => {
            const part = parts.shift();
            if (part === undefined) response.end();
            else response.write(part, () => setImmediate(write));
          };
          write();
        };
        expect(await text(await open({ stream: true }))).toBe(SSE);
      }),
      { numRuns: 40 },
    );
  });

  const EXCEPTIONS = [
    ['internalServerException', 500, 'api_error', 'InternalServerException'],
    ['modelStreamErrorException', 424, 'api_error', 'ModelStreamErrorException'],
    ['modelTimeoutException', 408, 'timeout_error', 'ModelTimeoutException'],
    ['serviceUnavailableException', 503, 'overloaded_error', 'ServiceUnavailableException'],
    ['throttlingException', 429, 'rate_limit_error', 'ThrottlingException'],
    ['validationException', 400, 'invalid_request_error', 'ValidationException'],
  ] as const;

  test.each(EXCEPTIONS)('%s as its first frame is an answer with status %s', async (frame, status, _, name) => {
    server.reply = streaming(exceptionFrame(frame, { message: 'said why' }));
    const answer = await open({ stream: true });
    expect(answer).toMatchObject({ status, headers: { 'x-amzn-errortype': name } });
    expect(JSON.parse(await text(answer))).toEqual({ message: 'said why' });
  });

  test('an exception as its first frame releases the connection', async () => {
    const gone = new Promise<void>((resolve) => {
      server.reply = (response) => {
        response.on('close', resolve);
        response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
        response.write(exceptionFrame('throttlingException', { message: 'slow down' }));
      };
    });
    expect(await open({ stream: true })).toMatchObject({ status: 429 });
    await gone;
  });

  test.each(EXCEPTIONS)('%s after content (%s) is an error event of type %s', async (frame, _, type) => {
    server.reply = streaming(...FRAMES.slice(0, 3), exceptionFrame(frame, { message: 'said why' }));
    const received = await text(await open({ stream: true }));
    const error = { type: 'error', error: { type, message: 'said why' } };
    expect(received).toMatch(/^event: message_start\n/);
    expect(received.endsWith(`event: error\ndata: ${JSON.stringify(error)}\n\n`)).toBe(true);
  });

  test('an error frame without a model is told apart by its code', async () => {
    server.reply = streaming(...FRAMES.slice(0, 3), errorFrame('throttlingException', 'slow down'));
    expect(await text(await open({ stream: true }))).toContain('"type":"rate_limit_error","message":"slow down"');
  });

  test('cut off in a later frame is a connection error', async () => {
    server.reply = (response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(Buffer.concat([...FRAMES.slice(0, 3), FRAMES[3]!.subarray(0, 20)]), () => response.destroy());
    };
    const reading = open({ stream: true }).then(text);
    await expect(reading).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
  });

  test('cut off before its first frame is whole cannot be read', async () => {
    server.reply = (response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(FRAMES[3]!.subarray(0, 20), () => response.destroy());
    };
    await expect(open({ stream: true }).then(text)).rejects.toMatchObject({ name: 'MalformedAnswer' });
  });

  test('ended in the middle of a frame cannot be read, as any stream that ends before its time', async () => {
    server.reply = streaming(...FRAMES.slice(0, 3), FRAMES[3]!.subarray(0, 20));
    await expect(open({ stream: true }).then(text)).rejects.toMatchObject({ name: 'MalformedAnswer' });
  });
});

describe('a refusal', () => {
  test.each([
    [429, 'ThrottlingException:http://internal.amazon.com/', { message: 'Too many requests' }],
    [
      400,
      'ValidationException',
      { type: 'error', error: { type: 'invalid_request_error', message: 'invalid beta flag' } },
    ],
    [403, 'ExpiredTokenException', { message: 'The security token included in the request is expired' }],
    [404, 'FTUFormNotFilled', { message: 'Model use case details have not been submitted for this account.' }],
  ])('with status %s and %s keeps its headers and its body as they came', async (status, errortype, body) => {
    server.reply = json(body, status, { 'x-amzn-errortype': errortype, 'x-amzn-requestid': 'id-2' });
    for (const stream of [true, false]) {
      const answer = await open({ stream });
      expect(answer).toMatchObject({
        status,
        headers: { 'x-amzn-errortype': errortype, 'x-amzn-requestid': 'id-2' },
        dropped: [],
      });
      expect(JSON.parse(await text(answer))).toEqual(body);
    }
    expect(server.requests).toHaveLength(2);
  });
});

test('a refused connection is a connection error, at once and without a retry', async () => {
  const { url } = server;
  await server.close();
  const bedrock = host(config({ endpoint: url }));
  await expect(bedrock.open(call(HAIKU, { model: HAIKU_ID }), never())).rejects.toMatchObject({
    kind: 'connection',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

test.each(['aborted', 'given up by its reader', 'given up before it is read'])(
  'an answer that is %s releases its connection',
  async (how) => {
    const gone = new Promise<void>((resolve) => {
      server.reply = (response) => {
        response.on('close', resolve);
        response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
        response.write(Buffer.concat(FRAMES.slice(0, 3)));
      };
    });
    const controller = new AbortController();
    const answer = await open({ stream: true }, HAIKU, controller.signal);
    const iterator = answer.body[Symbol.asyncIterator]();
    if (how !== 'given up before it is read') await iterator.next();
    if (how === 'aborted') controller.abort();
    else await iterator.return?.();
    await gone;
  },
);

test('an abort while the answer is awaited is a connection error', async () => {
  const controller = new AbortController();
  server.reply = () => controller.abort();
  await expect(open({ stream: true }, HAIKU, controller.signal)).rejects.toMatchObject({ kind: 'connection' });
  for (const socket of server.connections) if (!socket.destroyed) await once(socket, 'close');
});
