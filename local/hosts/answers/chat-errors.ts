import type { StreamErrorKind } from '../faults/fault';
import type { Framing } from './framing';

const ERRORS: Record<
  StreamErrorKind,
  { readonly type: string; readonly code: string | null; readonly message: string }
> = {
  overloaded: { type: 'server_error', code: 'engine_overloaded', message: 'The engine is currently overloaded' },
  'rate-limited': { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached' },
  'server-error': {
    type: 'server_error',
    code: null,
    message: 'The server had an error while processing your request',
  },
  invalid: { type: 'invalid_request_error', code: 'context_length_exceeded', message: 'maximum context length' },
};

/** What all streams of the OpenAI wire have in common. */
export const chatErrors: Omit<Framing, 'event'> = {
  headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  error: (kind) => `data: ${JSON.stringify({ error: { ...ERRORS[kind], param: null } })}\n\n`,
  malformed: () => 'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"del\n\n',
};
