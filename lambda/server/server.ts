import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Gateway, IncomingRequest } from '../engine/gateway';
import type { Headers } from '../engine/headers';
import { writeBody } from '../gateway/write-body';
import { BodyBudget } from './body-budget';
import { OpenRequests } from './open-requests';
import { RequestBody } from './request-body';

/** Longer than a load balancer keeps its side (60 s in AWS): it must never send into a connection that we are closing. */
const KEEP_ALIVE_MS = 75_000;
/** A connection at rest is not one that sends its headers too slowly. */
const HEADERS_MS = KEEP_ALIVE_MS + 5_000;

/** The plain Node shell: one HTTP server, for a machine of one's own. */
export function createGatewayServer(handle: Gateway, budget = new BodyBudget(), open = new OpenRequests()): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS });
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    serve(handle, incoming, outgoing, { budget, open }).catch(() => outgoing.destroy());
  };
  server.on('request', onRequest);
  // Without this, Node would invite the body of a client that may not send it.
  server.on('checkContinue', onRequest);
  return server;
}

async function serve(
  handle: Gateway,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { budget, open }: { readonly budget: BodyBudget; readonly open: OpenRequests },
): Promise<void> {
  open.add(outgoing);
  const gone = new AbortController();
  const body = new RequestBody(incoming, outgoing, budget);
  outgoing.once('close', () => {
    open.delete(outgoing);
    body.release();
    // After a complete answer there is nothing left to abort.
    if (!outgoing.writableFinished) gone.abort();
  });
  outgoing.on('error', () => gone.abort());
  incoming.on('error', () => gone.abort());
  const response = await handle(toRequest(incoming, body), gone.signal);
  body.discard();
  if (!gone.signal.aborted) {
    const length = response.body instanceof Uint8Array ? { 'content-length': response.body.length } : {};
    outgoing.writeHead(response.status, { ...response.headers, ...length });
  }
  if (incoming.method === 'HEAD') outgoing.end();
  else if (response.body instanceof Uint8Array) outgoing.end(response.body);
  else await writeBody(response.body, outgoing, gone.signal);
}

function toRequest(incoming: IncomingMessage, body: RequestBody): IncomingRequest {
  const url = incoming.url ?? '/';
  const cut = url.indexOf('?');
  return {
    id: `gw_${randomUUID()}`,
    method: incoming.method ?? 'GET',
    path: cut < 0 ? url : url.slice(0, cut),
    query: cut < 0 ? '' : url.slice(cut),
    headers: flat(incoming.headers),
    body,
    client: undefined,
    timeLeftMs: undefined,
  };
}

/** Node joins repeated headers itself; `set-cookie` is the only list, and no client of an API sends it. */
function flat(headers: IncomingMessage['headers']): Headers {
  delete headers['set-cookie'];
  return headers as Headers;
}
