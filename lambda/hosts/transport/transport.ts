import type { ClientRequest, IncomingHttpHeaders } from 'node:http';
import { HostError, type Body, type HostAnswer } from '../../engine/host';
import type { Headers } from '../../engine/headers';
import { errorText } from '../../runtime/error-text';
import { AnswerBody } from './answer-body';
import { sendStream } from './send-stream';

// An `import` of these would read every export of node:http and so load undici, 15 ms of a cold start.
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');

export interface HostRequest {
  readonly method: string;
  /** Below the base URL, with a leading slash, already encoded. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Body;
}
export type WireAnswer = Omit<HostAnswer, 'dropped'>;

/** Where a host's requests go; its base URL is read once. */
export interface Origin {
  readonly url: URL;
  /** The base URL's own path, without a trailing slash. */
  readonly basePath: string;
  send(request: HostRequest, signal: AbortSignal): Promise<WireAnswer>;
}

/** Keep-alive connections to every host, shared by all adapters. */
export class Transport {
  readonly httpAgent = new http.Agent({ keepAlive: true });
  readonly httpsAgent = new https.Agent({ keepAlive: true });

  origin(baseUrl: string): Origin {
    const url = new URL(baseUrl);
    const secure = url.protocol === 'https:';
    const request = secure ? https.request : http.request;
    const agent = secure ? this.httpsAgent : this.httpAgent;
    const basePath = url.pathname.replace(/\/+$/, '');
    // Square brackets belong to the URL's text, not to an IPv6 address.
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const port = url.port === '' ? undefined : url.port;
    return {
      url,
      basePath,
      send: ({ method, path, headers, body }, signal) => {
        const options = {
          agent,
          hostname,
          port,
          method,
          path: basePath + path,
          headers: wireHeaders(headers, url.host, body),
        };
        return exchange(() => request(options), body, url.origin, signal);
      },
    };
  }

  closeAll(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}

/** Name, value, name, value: Node writes such a list as it is, where an object costs it a lookup and a copy a header. */
function wireHeaders(headers: Headers, host: string, body: Body): string[] {
  const sent = ['host', host, 'accept-encoding', 'identity'];
  if (body.length === undefined) sent.push('transfer-encoding', 'chunked');
  else if (body.length > 0) sent.push('content-length', String(body.length));
  for (const name in headers) if (name !== 'host') sent.push(name, headers[name] ?? '');
  return sent;
}

/** Settles whatever the host does: an answer, an error, an end without either, or the signal. */
function exchange(begin: () => ClientRequest, body: Body, origin: string, signal: AbortSignal): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    let request: ClientRequest;
    try {
      request = begin();
    } catch (error) {
      // A header that cannot be written; Node names it and keeps its value to itself.
      return reject(connectionError(error, origin));
    }
    let isSettled = false;
    const fail = (error: unknown): void => {
      isSettled = true;
      release();
      reject(error);
    };
    const abort = (): void => {
      const error = new HostError('connection', `the request to ${origin} was aborted`, { cause: signal.reason });
      fail(error);
      request.destroy(error);
    };
    const release = (): void => signal.removeEventListener('abort', abort);
    // Stays for the life of the socket: an error after the answer has begun reaches the body instead.
    request.on('error', (error) => fail(connectionError(error, origin)));
    // The one event that always comes: Node drops the socket of a change of protocol without a word.
    request.on('close', () => isSettled || fail(connectionError(undefined, origin)));
    request.on('response', (message) => {
      const status = message.statusCode ?? 0;
      if (status < 200) return void request.destroy(new HostError('connection', `${origin} answered with ${status}`));
      isSettled = true;
      const answer = new AnswerBody(message, release, (error) => connectionError(error, origin));
      resolve({ status, headers: singleHeaders(message.headers), body: answer });
    });
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    if (body instanceof Uint8Array) request.end(body);
    else {
      sendStream(body, request).catch((error: unknown) => {
        fail(error);
        request.destroy();
      });
    }
  });
}

/** Node joins repeated headers itself; `set-cookie` is the only list, and nobody's business here. */
function singleHeaders(headers: IncomingHttpHeaders): Headers {
  delete headers['set-cookie'];
  return headers as Headers;
}

function connectionError(error: unknown, origin: string): HostError {
  if (error instanceof HostError) return error;
  const reason = error === undefined ? 'closed before the answer was complete' : errorText(error);
  return new HostError('connection', `connection to ${origin}: ${reason}`, { cause: error });
}
