import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { Client, Dispatcher } from 'undici';
import type { Headers } from '../../engine/headers';
import type { StreamedBody } from '../../engine/host';
import { AnswerBody } from './answer-body';
import { Connections } from './connections';
import {
  aborted,
  connectionError,
  noAnswer,
  type Exchange,
  type HttpClient,
  type WireAnswer,
  type WireRequest,
} from './exchange';

/** A quarter less work a request than Node's own client, and 15 ms to load: for a process that serves many. */
export class UndiciClient implements HttpClient {
  readonly #connections = new Map<string, Connections>();

  to({ origin }: URL): Exchange {
    const connections = this.#connections.get(origin) ?? new Connections(origin);
    this.#connections.set(origin, connections);
    return (request, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) reject(aborted(origin, signal));
        else new Call(origin, connections, signal, resolve, reject).send(request);
      });
  }

  close(): void {
    for (const [origin, connections] of this.#connections) connections.destroyAll(connectionError(undefined, origin));
  }
}

type Controller = Dispatcher.DispatchController;

/** One request under way. */
class Call implements Dispatcher.DispatchHandler {
  readonly #client: Client;
  #body: AnswerBody | undefined;

  constructor(
    private readonly origin: string,
    private readonly connections: Connections,
    private readonly signal: AbortSignal,
    private readonly resolve: (answer: WireAnswer) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.#client = connections.take();
  }

  send({ method, path, headers, body }: WireRequest): void {
    this.signal.addEventListener('abort', this.#abort, { once: true });
    const sent = body instanceof Uint8Array ? body : Readable.from(this.#watched(body));
    this.#client.dispatch({ method: method as Dispatcher.HttpMethod, path, headers: [...headers], body: sent }, this);
  }

  /** undici asks for it; there is nothing to do yet. */
  onRequestStart(): void {}

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status === 101 || status < 100) return this.#giveUp(noAnswer(this.origin, status));
    if (status < 200) return;
    this.#body = new AnswerBody({
      pause: () => controller.pause(),
      resume: () => controller.resume(),
      destroy: () => this.#giveUp(aborted(this.origin, this.signal)),
    });
    this.resolve({ status, headers: singleHeaders(headers), body: this.#body });
  }

  onResponseData(_controller: Controller, chunk: Uint8Array): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#release();
    this.connections.giveBack(this.#client);
    this.#body?.end();
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#giveUp(asNodeSays(error));
  }

  #giveUp(error: unknown): void {
    const hostError = connectionError(error, this.origin);
    this.#release();
    this.reject(hostError);
    this.#body?.end(() => hostError);
    this.connections.destroy(this.#client, hostError);
  }

  readonly #abort = (): void => this.#giveUp(aborted(this.origin, this.signal));

  #release(): void {
    this.signal.removeEventListener('abort', this.#abort);
  }

  /** What breaks a body off is told as it is: it is not the host's fault. */
  async *#watched({ chunks }: StreamedBody): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      this.reject(error);
      throw error;
    }
  }
}

/** The same code for the same thing, whatever client is in use. */
const NODES_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_DESTROYED: 'ECONNRESET',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'ECONNRESET',
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_HEADERS_OVERFLOW: 'HPE_HEADER_OVERFLOW',
  UND_ERR_INVALID_ARG: 'ERR_INVALID_CHAR',
};

function asNodeSays(error: Error & { readonly code?: string }): Error {
  const code = NODES_CODES[error.code ?? ''];
  return code === undefined ? error : Object.assign(new Error(error.message, { cause: error }), { code });
}

/** Of these a second one counts for nothing, as with Node's own client. */
const SINGLE: ReadonlySet<string> = new Set([
  'age',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
  'server',
]);

function singleHeaders(headers: IncomingHttpHeaders): Headers {
  const single: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || name === 'set-cookie') continue;
    single[name] = typeof value === 'string' ? value : SINGLE.has(name) ? value[0]! : value.join(', ');
  }
  return single;
}
