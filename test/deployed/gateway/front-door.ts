import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { readBody } from '../../../local/front-door/front-door';
import { passAnswer, readIntegrationResponse } from '../../../local/front-door/integration-response';
import { proxyEvent } from '../../../local/front-door/proxy-event';
import { openServer, type OpenServer } from '../../../local/loopback/open-server';
import type { FunctionPool } from '../runtime/function-pool';
import { authorize } from './authorize';
import { mayInvoke } from '../iam/aws-acts';
import type { Iam } from '../iam/iam';
import { restApi, withCaller } from './rest-api';
import type { ApiMethod, DeployedApi } from './deployed-api';
import { ApiGatewayError, renderError } from './api-gateway-error';
import type { UsageMeter } from './usage';

/** Lambda's limit for the event of a synchronous invocation, in which a body stands as escaped JSON. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

export interface DoorOptions {
  readonly api: DeployedApi;
  /** Whether API Gateway may call the functions. @default - it may */
  readonly iam?: Pick<Iam, 'act'>;
  readonly pools: ReadonlyMap<string, FunctionPool>;
  readonly usage: UsageMeter;
  /** Instead of the limit of the API, which is longer than a test can wait. */
  readonly limitMs: number | undefined;
}

/** Does with a request what API Gateway does, all of it as the deployed API says. */
export async function startDoor(options: DoorOptions): Promise<OpenServer> {
  // A connection that closes just as its client uses it again looks like a failure of the gateway.
  const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    serve(options, message, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  const door = await openServer(server);
  return { ...door, url: `${door.url}/${options.api.stage}` };
}

async function serve(options: DoorOptions, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { api } = options;
  const body = await readBody(message);
  const event = proxyEvent(restApi(api), message, body ?? Buffer.alloc(0));
  const { requestId } = event.requestContext;
  try {
    if (body === undefined) throw new ApiGatewayError('REQUEST_TOO_LARGE');
    await answer(options, event, response);
  } catch (error) {
    // After its headers are out, an answer can only be broken off.
    if (response.headersSent) return void response.destroy();
    const own = error instanceof ApiGatewayError ? error : new ApiGatewayError('API_CONFIGURATION_ERROR');
    const { status, headers, body } = renderError(api, own, requestId);
    response.writeHead(status, { ...headers, 'x-amzn-requestid': requestId, 'x-amzn-errortype': own.type }).end(body);
  }
}

async function answer(options: DoorOptions, event: APIGatewayProxyEvent, response: ServerResponse): Promise<void> {
  const { api, iam, pools, usage, limitMs } = options;
  const fitting = api.methods.filter((candidate) => matches(candidate, event));
  // A path of its own goes before what takes the rest.
  const method = fitting.find(({ path }) => path === event.path) ?? fitting[0];
  if (method === undefined) throw new ApiGatewayError('MISSING_AUTHENTICATION_TOKEN');
  if (method.authorizerArn !== undefined)
    await mayInvoke(iam, method.authorizerArn, api, `authorizers/${method.authorizerId}`);
  const caller = await authorize(api, method, event, pools.get(method.authorizerArn ?? ''));
  usage(caller.key);
  const full = withCaller(event, method, caller);
  if (Buffer.byteLength(JSON.stringify(full)) > MAX_EVENT_BYTES) throw new ApiGatewayError('REQUEST_TOO_LARGE');
  const { functionArn, isStreaming, timeoutMs } = method.integration;
  const pool = pools.get(functionArn);
  if (pool === undefined || !isStreaming) throw new ApiGatewayError('API_CONFIGURATION_ERROR');

  await mayInvoke(iam, functionArn, api, `${api.stage}/${event.httpMethod}${event.path}`);

  const limit = AbortSignal.timeout(limitMs ?? timeoutMs);
  const running = pool.invoke(full);
  try {
    const answer = await inTime(limit, running.then(readIntegrationResponse));
    await passAnswer(answer, response, event.requestContext.requestId, limit);
  } finally {
    // Nobody tells the function that its reader has left: it runs to its end, and only then is free again.
    running.then(drain).catch(() => {});
  }
}

function inTime<T>(limit: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    limit.addEventListener('abort', () => reject(new ApiGatewayError('INTEGRATION_TIMEOUT')), { once: true });
    promise.then(resolve, reject);
  });
}

async function drain(stream: Readable): Promise<void> {
  for await (const _ of stream);
}

function matches({ path, httpMethod }: ApiMethod, event: APIGatewayProxyEvent): boolean {
  if (httpMethod !== 'ANY' && httpMethod !== event.httpMethod) return false;
  return path === '/{proxy+}' ? event.path.length > 1 : path === event.path;
}
