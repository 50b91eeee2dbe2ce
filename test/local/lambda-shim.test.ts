import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createLambda, type StreamingHandler } from '../../local/front-door/lambda-shim';
import { readIntegrationResponse } from '../../local/front-door/integration-response';
import { installAwslambda } from '../../local/front-door/response-stream';

installAwslambda();

const EVENT = { httpMethod: 'GET' } as APIGatewayProxyEvent;
const invoke = (handler: StreamingHandler) => createLambda(handler).invoke(EVENT);
const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
};
const answer: StreamingHandler = (event, stream) => {
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: 418, headers: { 'x-method': event.httpMethod } });
  out.write('tea');
  out.end('pot');
};

test('the raw response is the metadata as JSON, eight NUL bytes and the body', async () => {
  const raw = await collect(invoke(answer));
  expect(raw.toString()).toBe('{"statusCode":418,"headers":{"x-method":"GET"}}\0\0\0\0\0\0\0\0teapot');
});

test('a body that is only passed to end() goes out without metadata, as on Lambda', async () => {
  const raw = await collect(
    invoke((_, stream) => {
      awslambda.HttpResponseStream.from(stream, { statusCode: 200 }).end('lost');
    }),
  );
  expect(raw.toString()).toBe('lost');
});

test('the response of a handler that throws fails with its error', async () => {
  const failing = invoke(() => {
    throw new Error('a bad handler');
  });
  await expect(collect(failing)).rejects.toThrow('a bad handler');
});

test('a handler learns that nobody reads its response on', async () => {
  const { promise: gone, resolve } = Promise.withResolvers<undefined>();
  const stream = invoke((_, out) => void out.once('close', () => resolve(undefined)).write('some'));
  stream.destroy();
  await gone;
  expect(stream.destroyed).toBe(true);
});

test('a handler is told how much of the 15 minutes is left', async () => {
  let left = 0;
  await collect(
    invoke((_, stream, context) => {
      left = context.getRemainingTimeInMillis();
      stream.end('x');
    }),
  );
  expect(left).toBeGreaterThan(890_000);
  expect(left).toBeLessThanOrEqual(900_000);
});

test('the metadata is found wherever the chunks are cut', async () => {
  const raw = await collect(invoke(answer));
  for (let at = 1; at < raw.length; at += 1) {
    const halves = invoke((_, stream) => {
      stream.write(raw.subarray(0, at));
      stream.end(raw.subarray(at));
    });
    const { statusCode, headers, body } = await readIntegrationResponse(halves);
    expect([statusCode, headers, (await collect(body)).toString()]).toEqual([418, { 'x-method': 'GET' }, 'teapot']);
  }
});

test.each([
  ['ends before its metadata does', '{"statusCode":200}\0\0\0', /without metadata/],
  ['goes on without metadata', 'x'.repeat(20_000), /no metadata in the first 16384 bytes/],
])('a response that %s is refused', async (_, text, reason) => {
  await expect(readIntegrationResponse(invoke((_event, stream) => void stream.end(text)))).rejects.toThrow(reason);
});
