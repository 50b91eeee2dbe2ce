import { once } from 'node:events';
import { request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MAX_REQUEST_BYTES, startFrontDoor } from '../../local/front-door/front-door';
import { createLambda, type StreamingHandler } from '../../local/front-door/lambda-shim';
import { installAwslambda, type ResponseStream } from '../../local/front-door/response-stream';
import type { OpenServer } from '../../local/loopback/open-server';

installAwslambda();

const open: OpenServer[] = [];
afterEach(async () => {
  for (const door of open.splice(0)) await door.close();
});

async function behind(handler: StreamingHandler): Promise<string> {
  const door = await startFrontDoor(createLambda(handler), 0);
  open.push(door);
  return door.url;
}

const begin = (stream: ResponseStream, statusCode: number, headers: Record<string, string> = {}) =>
  awslambda.HttpResponseStream.from(stream, { statusCode, headers });

/** Answers with the event it was given. */
const echo: StreamingHandler = (event, stream) => {
  const out = begin(stream, 200, { 'content-type': 'application/json' });
  out.write(JSON.stringify(event));
  out.end();
};
const echoed = async (url: string, init?: RequestInit): Promise<APIGatewayProxyEvent> =>
  (await (await fetch(url, init)).json()) as APIGatewayProxyEvent;

test('a request arrives as the proxy event of a REST API', async () => {
  const url = await behind(echo);
  const event = await echoed(`${url}/v1/messages?beta=true&limit=1&limit=2`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'k' },
    body: '{"text":"再見"}',
  });
  expect(event).toMatchObject({
    httpMethod: 'POST',
    path: '/v1/messages',
    headers: { 'x-api-key': 'k', 'X-Forwarded-Proto': 'http' },
    multiValueHeaders: { 'x-api-key': ['k'] },
    queryStringParameters: { beta: 'true', limit: '2' },
    multiValueQueryStringParameters: { limit: ['1', '2'] },
    body: '{"text":"再見"}',
    isBase64Encoded: false,
    requestContext: { httpMethod: 'POST', stage: 'local', requestId: expect.any(String) as string },
  });
});

test('a request without query and body has null in their places', async () => {
  const event = await echoed(`${await behind(echo)}/health`);
  expect(event).toMatchObject({ path: '/health', queryStringParameters: null, body: null, isBase64Encoded: false });
});

test('a body that is no text arrives as base64', async () => {
  const bytes = new Uint8Array([0, 255, 1, 254]);
  const url = await behind(echo);
  const headers = { 'content-type': 'application/octet-stream' };
  const event = await echoed(url, { method: 'POST', headers, body: bytes });
  expect([event.isBase64Encoded, event.body]).toEqual([true, 'AP8B/g==']);
});

test('the client gets status, headers and body of the function', async () => {
  const url = await behind((_, stream) => {
    const out = begin(stream, 429, { 'retry-after': '7' });
    out.write('later');
    out.end();
  });
  const response = await fetch(url);
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([429, '7', 'later']);
});

test('each piece reaches the client before the function writes the next one', async () => {
  const { promise: seen, resolve } = Promise.withResolvers<undefined>();
  const url = await behind(async (_, stream) => {
    const out = begin(stream, 200);
    out.write('first');
    await seen;
    out.write('second');
    out.end();
  });
  const pieces: string[] = [];
  for await (const piece of (await fetch(url)).body ?? []) {
    pieces.push(Buffer.from(piece).toString());
    resolve(undefined);
  }
  expect(pieces).toEqual(['first', 'second']);
});

test('a function is not asked for more than a slow client takes', async () => {
  const chunk = Buffer.alloc(64 * 1024);
  let written = 0;
  const url = await behind(async (_, stream) => {
    const out = begin(stream, 200);
    for (let n = 0; n < 1000; n += 1) {
      written += chunk.length;
      if (!out.write(chunk)) await once(out, 'drain');
    }
    out.end();
  });
  let read = 0;
  let ahead = 0;
  for await (const piece of (await fetch(url)).body ?? []) {
    read += piece.length;
    ahead = Math.max(ahead, written - read);
    for (let turns = 0; turns < 5; turns += 1) await setImmediate();
  }
  expect(read).toBe(1000 * chunk.length);
  // What the sockets in between hold.
  expect(ahead).toBeLessThan(0.4 * read);
});

test('many requests are served at a time', async () => {
  let inside = 0;
  const { promise: all, resolve } = Promise.withResolvers<undefined>();
  const url = await behind(async (event, stream) => {
    inside += 1;
    if (inside === 5) resolve(undefined);
    await all;
    await echo(event, stream, {} as never);
  });
  const paths = await Promise.all([1, 2, 3, 4, 5].map(async (n) => (await echoed(`${url}/${n}`)).path));
  expect(paths).toEqual(['/1', '/2', '/3', '/4', '/5']);
});

test('a function learns that its client has gone', async () => {
  const { promise: gone, resolve } = Promise.withResolvers<undefined>();
  const url = await behind(
    (_, stream) =>
      void begin(
        stream.once('close', () => resolve(undefined)),
        200,
      ).write('some'),
  );
  const call = request(url).end();
  await once(call, 'response');
  call.destroy();
  await expect(gone).resolves.toBeUndefined();
});

test('a request over 10 MB is refused with 413, without asking the function', async () => {
  const handler = jest.fn(echo);
  const url = await behind(handler);
  const response = await fetch(url, { method: 'POST', body: Buffer.alloc(MAX_REQUEST_BYTES + 1) });
  expect([response.status, await response.json()]).toEqual([413, { message: 'Request Too Long' }]);
  expect(handler).not.toHaveBeenCalled();
});

test('a function that fails before its answer gives a 502', async () => {
  const url = await behind(() => Promise.reject(new Error('a secret')));
  const response = await fetch(url);
  expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
});

test('a function that fails within its answer breaks the connection off', async () => {
  const { promise: seen, resolve } = Promise.withResolvers<undefined>();
  const url = await behind(async (_, stream) => {
    begin(stream, 200).write('half');
    await seen;
    throw new Error('died');
  });
  const response = await fetch(url);
  resolve(undefined);
  await expect(response.text()).rejects.toThrow();
});

test('a port that is taken gives way to the next one', async () => {
  const first = await behind(echo);
  const port = Number(new URL(first).port);
  const door = await startFrontDoor(createLambda(echo), port);
  open.push(door);
  expect(Number(new URL(door.url).port)).toBeGreaterThan(port);
});
