import type { Headers } from './headers';

/** What is known of a client's request before its body is read, whatever shell received it. */
export interface RequestHead {
  /** Ours; the host's own request id replaces it in the answer where there is one. */
  readonly id: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With its leading `?`, or empty. */
  readonly query: string;
  readonly headers: Headers;
  /** The client's name, or API Gateway's id of its key, where the front door has authenticated it. */
  readonly client: string | undefined;
  /** How long the shell itself lives on, where it has an end. */
  readonly timeLeftMs: number | undefined;
}

/** A request whose body is here. */
export interface GatewayRequest extends RequestHead {
  readonly body: Uint8Array;
}

/** A body that is still with the client: nothing of it is read for who may not ask, nor more than the asker's limit. */
export interface UnreadBody {
  /** As announced; undefined for one that comes in chunks. */
  readonly length: number | undefined;
  read(limit: number): Promise<Uint8Array>;
  /** Nothing of it is kept. */
  stream(limit: number): AsyncIterable<Uint8Array>;
  /** Counts what is made of it to what the process holds. Throws where there is no room. @default - nothing counts */
  hold?(bytes: number): void;
}

export interface IncomingRequest extends RequestHead {
  readonly body: Uint8Array | UnreadBody;
}

export interface GatewayResponse {
  readonly status: number;
  readonly headers: Headers;
  /** A stream must be iterated to its end or returned, so that the host's connection is released. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** `(request, signal) -> response`: the whole router, knowing nothing of its shell. The signal says the client is gone. */
export type Gateway = (request: IncomingRequest, signal: AbortSignal) => Promise<GatewayResponse>;
