import { Readable } from 'node:stream';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { OpenServer } from '../../../local/loopback/open-server';
import type { FunctionPool } from '../runtime/function-pool';
import type { DeployedApi } from './deployed-api';
import { startDoor } from './front-door';

const ROUTER = 'arn:aws:lambda:us-east-1:000000000000:function:router';
const integration = { functionArn: ROUTER, isStreaming: true, timeoutMs: 60_000 };
const API: DeployedApi = {
  id: 'api1',
  stage: 'prod',
  apiKeySource: 'HEADER',
  binaryMediaTypes: ['image/png'],
  methods: [
    {
      path: '/{proxy+}',
      httpMethod: 'ANY',
      resourceId: 'resource1',
      apiKeyRequired: true,
      authorizerArn: undefined,
      authorizerId: undefined,
      integration,
    },
  ],
  responses: new Map(),
  keys: [{ id: 'key1', name: 'app', value: 'secret', enabled: true, plan: {} }],
  limits: { rate: undefined, burst: undefined },
};

/** Answers with the event it was given, after so long. */
const echo = (waitMs = 0): FunctionPool => ({
  fn: {} as FunctionPool['fn'],
  started: 1,
  async invoke(event) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return Readable.from([
      Buffer.concat([Buffer.from('{"statusCode":200}'), Buffer.alloc(8), Buffer.from(JSON.stringify(event))]),
    ]);
  },
  recycle: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

let door: OpenServer | undefined;
afterEach(() => door?.close());

async function ask(path: string, init: RequestInit, pool = echo(), limitMs?: number): Promise<Response> {
  door = await startDoor({ api: API, pools: new Map([[ROUTER, pool]]), usage: () => {}, limitMs });
  return fetch(`${door.url}${path}`, { ...init, headers: { 'x-api-key': 'secret', ...init.headers } });
}

test('the function is told the path within the stage, the key, and the body as the API’s media types say', async () => {
  const body = Buffer.from([137, 80, 0, 255]);
  const answer = await ask('/v1/files?beta=true', { method: 'POST', body, headers: { 'content-type': 'image/png' } });
  const event = (await answer.json()) as APIGatewayProxyEvent;
  expect(event).toMatchObject({
    path: '/v1/files',
    pathParameters: { proxy: 'v1/files' },
    queryStringParameters: { beta: 'true' },
    isBase64Encoded: true,
    body: body.toString('base64'),
  });
  expect(event.requestContext).toMatchObject({ path: '/prod/v1/files', stage: 'prod', apiId: 'api1' });
  expect(event.requestContext.identity).toMatchObject({ apiKeyId: 'key1' });
  expect(answer.headers.get('x-amzn-requestid')).toBe(event.requestContext.requestId);
});

test('what the API does not take for binary is text', async () => {
  const answer = await ask('/v1/messages', { method: 'POST', body: '{"é":1}', headers: { 'content-type': 'x/y' } });
  expect(await answer.json()).toMatchObject({ body: '{"é":1}', isBase64Encoded: false });
});

test('without a key of a plan it is 403, and over the time 504', async () => {
  const refused = await ask('/v1/messages', { headers: { 'x-api-key': 'another' } });
  expect([refused.status, await refused.json()]).toEqual([403, { message: 'Forbidden' }]);
  await door?.close();
  const late = await ask('/v1/messages', {}, echo(500), 50);
  expect([late.status, await late.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
});
