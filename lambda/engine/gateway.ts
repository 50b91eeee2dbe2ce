import type { Headers } from './headers';

/** A client's request, whatever shell received it. */
export interface GatewayRequest {
  /** Ours; the host's own request id replaces it in the answer where there is one. */
  readonly id: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With its leading `?`, or empty. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The client's name, or API Gateway's id of its key, where the front door has authenticated it. */
  readonly client: string | undefined;
  /** How long the shell itself lives on, where it has an end. */
  readonly timeLeftMs: number | undefined;
}

export interface GatewayResponse {
  readonly status: number;
  readonly headers: Headers;
  /** A stream must be iterated to its end or returned, so that the host's connection is released. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** `(request, signal) -> response`: the whole router, knowing nothing of its shell. The signal says the client is gone. */
export type Gateway = (request: GatewayRequest, signal: AbortSignal) => Promise<GatewayResponse>;
