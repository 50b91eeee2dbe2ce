import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { StreamErrorKind } from '../faults/fault';
import type { StreamEvent } from './message-events';

/** How events lie on the wire. */
export interface Framing {
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing for an event this wire does not carry. */
  event(event: StreamEvent): string | Uint8Array | undefined;
  error(kind: StreamErrorKind): string | Uint8Array;
  /** An event whose JSON breaks off. */
  malformed(): string | Uint8Array;
}

const BROKEN_JSON = '{"type":"content_block_delta","index":0,"delta":{"type":"text_del';

const SSE_ERRORS: Record<StreamErrorKind, { readonly type: string; readonly message: string }> = {
  overloaded: { type: 'overloaded_error', message: 'Overloaded' },
  'rate-limited': { type: 'rate_limit_error', message: 'Rate limit exceeded' },
  'server-error': { type: 'api_error', message: 'Internal server error' },
  invalid: { type: 'invalid_request_error', message: 'prompt is too long: 213462 tokens > 200000 maximum' },
};

export const sse: Framing = {
  headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  event: (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
  error: (kind) => `event: error\ndata: ${JSON.stringify({ type: 'error', error: SSE_ERRORS[kind] })}\n\n`,
  malformed: () => `event: content_block_delta\ndata: ${BROKEN_JSON}\n\n`,
};

const codec = new EventStreamCodec(
  (input) => (typeof input === 'string' ? input : Buffer.from(input).toString()),
  (input) => Buffer.from(input),
);

function frame(headers: Readonly<Record<string, string>>, payload: object): Uint8Array {
  return codec.encode({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ':content-type': 'application/json' }).map(([name, value]) => [
        name,
        { type: 'string' as const, value },
      ]),
    ),
    body: Buffer.from(JSON.stringify(payload)),
  });
}

const PADDING = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Bedrock pads each chunk so that its size does not give the tokens away. */
function chunk(json: string): Uint8Array {
  return frame(
    { ':message-type': 'event', ':event-type': 'chunk' },
    { bytes: Buffer.from(json).toString('base64'), p: PADDING.slice(0, 1 + (json.length % PADDING.length)) },
  );
}

const EXCEPTIONS: Record<StreamErrorKind, { readonly type: string; readonly message: string }> = {
  overloaded: { type: 'serviceUnavailableException', message: 'Bedrock is unable to process your request.' },
  'rate-limited': { type: 'throttlingException', message: 'Too many requests, please wait before trying again.' },
  'server-error': {
    type: 'internalServerException',
    message: 'The system encountered an unexpected error during processing. Try your request again.',
  },
  invalid: { type: 'validationException', message: 'Input is too long for requested model.' },
};

/** What Bedrock adds to the last event. */
export interface InvocationMetrics {
  readonly inputTokenCount: number;
  readonly outputTokenCount: number;
  readonly invocationLatency: number;
  readonly firstByteLatency: number;
}

export function eventStream(metrics: InvocationMetrics): Framing {
  return {
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-bedrock-content-type': 'application/json',
    },
    event: (event) => {
      if (event.type === 'ping') return undefined;
      const extra = event.type === 'message_stop' && { 'amazon-bedrock-invocationMetrics': metrics };
      return chunk(JSON.stringify({ ...event, ...extra }));
    },
    error: (kind) => {
      const { type, message } = EXCEPTIONS[kind];
      return frame({ ':message-type': 'exception', ':exception-type': type }, { message });
    },
    malformed: () => chunk(BROKEN_JSON),
  };
}
