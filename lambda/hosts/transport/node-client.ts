import type { ClientRequest, Agent as HttpAgent, IncomingHttpHeaders } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Headers } from '../../engine/headers';
import { aborted, connectionError, noAnswer, type Exchange, type HttpClient, type WireAnswer } from './exchange';
import type { Body } from '../../engine/host';
import { messageBody } from './message-body';
import { sendStream } from './send-stream';

// An `import` of these would read every export of node:http and so load undici, 15 ms of a cold start.
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');

/** Node's own client: there at once, which is what counts where a process serves one request at a time. */
export class NodeClient implements HttpClient {
  constructor(
    private readonly httpAgent: HttpAgent,
    private readonly httpsAgent: HttpsAgent,
  ) {}

  to(url: URL): Exchange {
    const secure = url.protocol === 'https:';
    const request = secure ? https.request : http.request;
    const agent = secure ? this.httpsAgent : this.httpAgent;
    // Square brackets belong to the URL's text, not to an IPv6 address.
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const port = url.port === '' ? undefined : url.port;
    return ({ method, path, headers, body }, signal) => {
      const sent = body.length === undefined ? [...headers, 'transfer-encoding', 'chunked'] : headers;
      const options = { agent, hostname, port, method, path, headers: sent };
      return exchange(() => request(options), body, url.origin, signal);
    };
  }
}

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
      const error = aborted(origin, signal);
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
      if (status < 200) return void request.destroy(noAnswer(origin, status));
      isSettled = true;
      const answer = messageBody(message, release, (error) => connectionError(error, origin));
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
