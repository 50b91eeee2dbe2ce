import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { anthropicError } from '../wire/anthropic/error/envelope';
import type { Gateway, GatewayRequest, GatewayResponse } from '../engine/gateway';
import type { Headers } from '../engine/headers';
import { MAX_BODY_BYTES } from '../gateway/gateway';
import { writeBody } from '../gateway/write-body';

/** The plain Node shell: one HTTP server, for a machine of one's own. */
export function createGatewayServer(handle: Gateway): Server {
  return createServer((incoming, outgoing) => {
    serve(handle, incoming, outgoing).catch(() => outgoing.destroy());
  });
}

async function serve(handle: Gateway, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  // After a complete answer there is nothing left to abort.
  outgoing.once('close', () => outgoing.writableFinished || gone.abort());
  outgoing.on('error', () => gone.abort());
  const id = `gw_${randomUUID()}`;
  const body = await readBody(incoming);
  const response = body === undefined ? tooLarge(id) : await handle(toRequest(incoming, id, body), gone.signal);
  if (!gone.signal.aborted) {
    const length = response.body instanceof Uint8Array ? { 'content-length': response.body.length } : {};
    outgoing.writeHead(response.status, { ...response.headers, ...length });
  }
  if (incoming.method === 'HEAD') outgoing.end();
  else if (response.body instanceof Uint8Array) outgoing.end(response.body);
  else await writeBody(response.body, outgoing, gone.signal);
}

/** Undefined for a body over the limit: its rest is let through unread, so that the client can hear the answer. */
function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    // By events: iterating a message costs several times as much.
    incoming.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY_BYTES) parts.push(part);
      else if (size > MAX_BODY_BYTES + DRAIN_BYTES) incoming.destroy();
    });
    incoming.on('end', () => resolve(size <= MAX_BODY_BYTES ? Buffer.concat(parts) : undefined));
    incoming.on('error', reject);
    incoming.on('close', () => incoming.complete || reject(GONE));
  });
}

/** One for all: the stack of a new one would cost every request. */
const GONE = new Error('the client is gone');

/** A client that sends more than this past the limit is cut off. */
const DRAIN_BYTES = 16 * 1024 * 1024;

function tooLarge(id: string): GatewayResponse {
  return anthropicError(413, `the request body is larger than ${MAX_BODY_BYTES} bytes`, id);
}

function toRequest(incoming: IncomingMessage, id: string, body: Buffer): GatewayRequest {
  const url = incoming.url ?? '/';
  const cut = url.indexOf('?');
  return {
    id,
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
