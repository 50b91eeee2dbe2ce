import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openServer, type OpenServer } from '../loopback/open-server';
import { LIMIT_MS, type LambdaFunction } from './lambda-shim';
import { passAnswer, readIntegrationResponse } from './integration-response';
import { proxyEvent, type RestApi } from './proxy-event';

const TEXT = /^(application\/json|text\/)/;
const LOCAL_API: RestApi = {
  accountId: '000000000000',
  id: 'local',
  stage: 'local',
  path: '',
  // Without a type, API Gateway takes it for JSON.
  isBinary: (contentType = 'application/json') => !TEXT.test(contentType),
};

/** API Gateway's limit for a request. */
export const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/** A server that does what an API Gateway REST API with response streaming does in front of a function. */
export async function startFrontDoor(lambda: LambdaFunction, port: number): Promise<OpenServer> {
  const server = createServer((message, response) => {
    serve(lambda, message, response).catch(() => refuse(response, 502, 'Internal server error'));
  });
  return openServer(server, port);
}

async function serve(lambda: LambdaFunction, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(message);
  if (body === undefined) return refuse(response, 413, 'Request Too Long');
  const event = proxyEvent(LOCAL_API, message, body);
  const stream = lambda.invoke(event);
  const timer = setTimeout(() => stream.destroy(), LIMIT_MS);
  response.once('close', () => {
    clearTimeout(timer);
    stream.destroy();
  });
  await passAnswer(await readIntegrationResponse(stream), response, event.requestContext.requestId);
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
