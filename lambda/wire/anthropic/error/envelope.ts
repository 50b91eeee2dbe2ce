import type { ErrorResponse, HostFailure } from '../../../engine/dialect';
import type { Reason } from '../../../engine/failure/failure';
import { hostRequestId, type Headers } from '../../../engine/headers';
import { ANTHROPIC_FORM } from './error-form';
import { PROMPT_TOO_LONG } from './error-rows';
import { answerHeaders } from './response-headers';

const TYPE_BY_STATUS: Readonly<Record<number, string>> = {
  ...Object.fromEntries(Object.entries(ANTHROPIC_FORM.statuses).map(([type, status]) => [status, type])),
  502: 'api_error',
  503: 'api_error',
};

/** `undefined` text is the vendor's own: only where it speaks about the client's request, not about our accounts. */
const TRANSLATIONS: Readonly<Record<Reason, readonly [status: number, text: ((host: string) => string) | undefined]>> =
  {
    overloaded: [529, (host) => `${host} is overloaded`],
    'rate-limited': [429, (host) => `${host} limits the gateway's rate of requests`],
    quota: [429, (host) => `the gateway's quota at ${host} is used up`],
    billing: [502, (host) => `the gateway's account at ${host} is not in good standing`],
    credential: [502, (host) => `the gateway's credential for ${host} was refused`],
    permission: [502, (host) => `the gateway's credential for ${host} was refused permission`],
    'not-found': [404, (host) => `${host} does not have the model`],
    'host-config': [502, (host) => `${host} is not set up for the model`],
    'server-error': [500, (host) => `${host} had an internal error`],
    timeout: [504, (host) => `${host} did not answer in time`],
    connection: [529, (host) => `the connection to ${host} broke`],
    malformed: [529, (host) => `${host} gave no complete answer`],
    'model-error': [500, (host) => `the model failed at ${host}`],
    conflict: [409, (host) => `${host} reports a conflict with another request`],
    'too-large': [413, (host) => `the request is too large for ${host}`],
    incompatible: [400, undefined],
    'bad-request': [400, undefined],
    caller: [400, undefined],
    'state-bound': [400, undefined],
    fault: [500, () => 'the gateway failed to handle this request'],
  };

/** Account ids and project names, as AWS and Google write them into their messages. */
const INTERNAL_NAMES = /\barn:[^\s"'`,)]+|\bprojects\/[^\s"'`,)]+|\b\d{12}\b/g;

/** Claude Code's token for a rejection in a cloud's wording. */
const PROMPT_TOO_LONG_TEXT = 'prompt is too long: capability_rejected: prompt_too_long';

/** An error of the router itself, in Anthropic's envelope. */
export function anthropicError(
  status: number,
  message: string,
  requestId: string,
  type = TYPE_BY_STATUS[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error'),
  details?: object,
): ErrorResponse {
  const envelope = { type: 'error', error: { type, message, details }, request_id: requestId };
  return {
    status,
    headers: { 'content-type': 'application/json', 'request-id': requestId },
    body: new TextEncoder().encode(JSON.stringify(envelope)),
  };
}

/** What the client gets for a failure: Anthropic's own error unmodified, any other translated. */
export function failureResponse({ failure, reason, owner, host }: HostFailure, requestId: string): ErrorResponse {
  const answered = failure.kind === 'http' || failure.kind === 'stream' ? failure : undefined;
  const headers = answered ? answerHeaders(answered.headers) : {};
  const id = (answered && hostRequestId(answered.headers)) ?? requestId;

  // What is about the gateway's key or account, a client would take for its own. That a model is missing tells it the truth.
  const isTheirs = owner !== 'operator' || reason === 'not-found';
  if (answered?.facts.source === 'anthropic' && answered.status >= 400 && isTheirs) {
    if (answered.kind === 'http') {
      return { status: answered.status, headers: { ...headers, 'request-id': id }, body: answered.body };
    }
    return withHeaders(headers, anthropicError(answered.status, answered.facts.message, id, answered.facts.type));
  }
  const [status, text] = TRANSLATIONS[reason];
  const message =
    text?.(host === undefined ? 'the host' : `host '${host}'`) ?? requestFault(answered?.facts.message ?? '');
  return withHeaders(headers, anthropicError(status, message, id));
}

function requestFault(vendorText: string): string {
  return PROMPT_TOO_LONG.test(vendorText) ? PROMPT_TOO_LONG_TEXT : vendorText.replace(INTERNAL_NAMES, '…');
}

function withHeaders(headers: Headers, response: ErrorResponse): ErrorResponse {
  return { ...response, headers: { ...headers, ...response.headers } };
}
