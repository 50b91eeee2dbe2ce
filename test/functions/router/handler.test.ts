import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { Context } from 'aws-lambda';
import { createHandler } from '../../../lambda/functions/router/handler';
import type { IncomingRequest } from '../../../lambda/engine/gateway';
import { readIntegrationResponse } from '../../../local/front-door/integration-response';
import { installAwslambda, ResponseStream } from '../../../local/front-door/response-stream';

installAwslambda();
const context = { awsRequestId: '8f5c0a2e-1', getRemainingTimeInMillis: () => 900_000 } as Context;

let asked: IncomingRequest | undefined;
const handler = createHandler({
  handle: (request) => {
    asked = request;
    async function* body() {
      yield Buffer.from('event: ping\n');
      yield Buffer.from('data: {"type":"ping"}\n\n');
    }
    return Promise.resolve({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: body() });
  },
  settle: () => undefined,
});
beforeEach(() => (asked = undefined));

async function streamed(event: unknown) {
  const stream = new ResponseStream();
  await handler(event, stream, context);
  const { statusCode, headers, body } = await readIntegrationResponse(stream);
  return { statusCode, headers, text: await text(body) };
}

async function whole(event: unknown) {
  const stream = new PassThrough();
  await handler(event, stream, context);
  const result = JSON.parse((await buffer(stream)).toString()) as Record<string, unknown> & { body: string };
  return { ...result, text: Buffer.from(result.body, 'base64').toString() };
}

const ANSWER = 'event: ping\ndata: {"type":"ping"}\n\n';

/** As AWS documents format 2.0; the values are made up. */
const url = {
  version: '2.0',
  routeKey: '$default',
  rawPath: '/v1/messages',
  rawQueryString: 'beta=true&x=1&x=2',
  cookies: ['a=1', 'b=2'],
  headers: { 'Content-Type': 'application/json', 'anthropic-beta': 'a,b', 'x-forwarded-proto': 'https' },
  requestContext: {
    apiId: 'abc',
    domainName: 'abc.lambda-url.us-east-1.on.aws',
    stage: '$default',
    http: { method: 'POST', path: '/v1/messages', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'x' },
  },
  body: Buffer.from('{"model":"claude-opus-5-5"}').toString('base64'),
  isBase64Encoded: true,
};

test('a function URL’s request is served as the client sent it, and streams', async () => {
  expect(await streamed(url)).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'text/event-stream' },
    text: ANSWER,
  });
  expect(asked).toMatchObject({
    method: 'POST',
    path: '/v1/messages',
    query: '?beta=true&x=1&x=2',
    headers: { 'content-type': 'application/json', 'anthropic-beta': 'a,b', cookie: 'a=1; b=2' },
    client: undefined,
    timeLeftMs: 899_000,
  });
  expect(Buffer.from(asked?.body as Uint8Array).toString()).toBe('{"model":"claude-opus-5-5"}');
});

test('an HTTP API, which cannot stream, gets the answer whole and in its time; its stage is no part of the path', async () => {
  const requestContext = {
    ...url.requestContext,
    domainName: 'abc.execute-api.us-east-1.amazonaws.com',
    stage: 'prod',
    authorizer: { lambda: { client: 'web' } },
  };
  const answer = await whole({ ...url, rawPath: '/prod/v1/messages', requestContext });
  expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/event-stream' }, text: ANSWER });
  expect(asked).toMatchObject({
    path: '/v1/messages',
    headers: { 'x-forwarded-prefix': '/prod' },
    client: 'web',
    timeLeftMs: 29_000,
  });
});

test('an HTTP API in the first format gets the answer whole too', async () => {
  const event = { version: '1.0', httpMethod: 'GET', path: '/health', headers: {}, body: null, isBase64Encoded: false };
  expect(await whole(event)).toMatchObject({ statusCode: 200, text: ANSWER });
});

test('a load balancer is told what to put there instead, in both of its forms', async () => {
  const requestContext = {
    elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/x/1' },
  };
  const answer = await whole({
    requestContext,
    httpMethod: 'GET',
    path: '/health',
    headers: {},
    body: '',
    isBase64Encoded: false,
  });
  expect(answer).toMatchObject({
    statusCode: 501,
    headers: { 'content-type': 'application/json' },
    multiValueHeaders: { 'content-type': ['application/json'] },
  });
  expect(JSON.parse(answer.text)).toMatchObject({
    error: { message: expect.stringContaining('function URL') as string },
  });
  expect(asked).toBeUndefined();
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['a text', 'ping'],
  ['a schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }],
  ['a queue’s records', { Records: [{ body: '{}' }] }],
  ['a WebSocket', { requestContext: { routeKey: '$connect', connectionId: 'x' }, headers: {} }],
  ['a method without a path', { httpMethod: 'POST' }],
  ['a request with nonsense in it', { httpMethod: 'POST', path: '/v1/messages', body: { model: 'x' } }],
  ['a URL with nonsense in it', { ...url, headers: 5, cookies: 5 }],
])('%s is answered, and nothing crashes', async (_what, event) => {
  const answer = await whole(event);
  expect(answer).toMatchObject({ statusCode: 400 });
  expect(JSON.parse(answer.text)).toMatchObject({
    error: { message: expect.stringContaining('no HTTP request') as string },
  });
  expect(asked).toBeUndefined();
});

test('a REST API’s request streams', async () => {
  const event = {
    httpMethod: 'POST',
    path: '/v1/messages',
    headers: {},
    body: '{}',
    isBase64Encoded: false,
    requestContext: {},
  };
  expect(await streamed(event)).toMatchObject({ statusCode: 200, text: ANSWER });
});
