import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LIMIT_MS, type LambdaFunction } from './lambda-shim';
import { listenNear } from './listen-near';
import { readIntegrationResponse } from './prelude';
import { proxyEvent } from './proxy-event';

export interface FrontDoor {
  readonly url: string;
  /** Breaks what is under way. */
  close(): Promise<void>;
}

/** API Gateway's limit for a request. */
export const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/** A server that does what an API Gateway REST API with response streaming does in front of a function. */
export async function startFrontDoor(lambda: LambdaFunction, port: number): Promise<FrontDoor> {
  const server = createServer((message, response) => {
    serve(lambda, message, response).catch(() => refuse(response, 502, 'Internal server error'));
  });
  const url = `http://127.0.0.1:${await listenNear(server, port)}`;
  return {
    url,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(lambda: LambdaFunction, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(message);
  if (body === undefined) return refuse(response, 413, 'Request Too Long');
  const event = proxyEvent(message, body);
  const stream = lambda.invoke(event);
  const timer = setTimeout(() => stream.destroy(), LIMIT_MS);
  response.once('close', () => {
    clearTimeout(timer);
    stream.destroy();
  });
  await pass(stream, response, event.requestContext.requestId);
}

async function pass(stream: Readable, response: ServerResponse, requestId: string): Promise<void> {
  const { statusCode, headers, body } = await readIntegrationResponse(stream);
  response.writeHead(statusCode, { ...headers, 'x-amzn-requestid': requestId }).flushHeaders();
  await pipeline(body, response);
}

/** Undefined for a body over the limit, whose rest is not kept. */
export async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_REQUEST_BYTES) chunks.push(chunk);
  }
  return size > MAX_REQUEST_BYTES ? undefined : Buffer.concat(chunks);
}

/** After its headers are out, an answer can only be broken off. */
function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
