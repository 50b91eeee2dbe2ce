import type { ClaudeKind, HostKind } from '../../../lib/contract';
import { anthropic, aws, azure, google, type ErrorSpec } from './error-spec';
import type { ErrorFaultKind } from './fault';
import { OPENAI_ERRORS } from './openai-errors';

type Row = Readonly<Record<ClaudeKind, ErrorSpec>>;

/** Claude Platform on AWS is run by Anthropic, and Foundry passes the model layer's errors through. */
const row = (first: ErrorSpec, bedrock: ErrorSpec, vertex: ErrorSpec, foundry: ErrorSpec = first): Row => ({
  anthropic: first,
  'claude-platform-aws': first,
  bedrock,
  vertex,
  foundry,
});

const PAGE: ErrorSpec = {
  layer: 'html',
  status: 200,
  type: 'page',
  message:
    '<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head><body><h1>Please wait</h1></body></html>\n',
};
const request = (message: string) => anthropic(400, 'invalid_request_error', message);
const BLOCKED = request('Output blocked by content filtering policy');
const NO_PREFILL = request(
  'This model does not support assistant message prefill. The conversation must end with a user message.',
);
const NO_CACHING = 'You do not have access to explicit prompt caching';
const FOREIGN_SIGNATURE = request('messages.1.content.0: Invalid `signature` in `thinking` block');
const UNKNOWN_FIELD = anthropic(400, 'invalid_request_error', '{field}: Extra inputs are not permitted');
const RATE_LIMITED = anthropic(
  429,
  'rate_limit_error',
  "This request would exceed your organization's rate limit of 50 requests per minute.",
  { retryAfter: 30 },
);
const AWS_THROTTLED = aws(429, 'ThrottlingException', 'Too many requests, please wait before trying again.');
const GOOGLE_EXHAUSTED = google(
  429,
  'RESOURCE_EXHAUSTED',
  'Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model with base model: anthropic-{model}.',
);

const CLAUDES: Readonly<Record<ErrorFaultKind, Row>> = {
  overloaded: row(
    anthropic(529, 'overloaded_error', 'Overloaded'),
    aws(503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'),
    anthropic(529, 'overloaded_error', 'Overloaded'),
  ),
  'rate-limited': row(RATE_LIMITED, AWS_THROTTLED, GOOGLE_EXHAUSTED),
  throttling: row(RATE_LIMITED, AWS_THROTTLED, GOOGLE_EXHAUSTED),
  'server-error': row(
    anthropic(500, 'api_error', 'Internal server error'),
    aws(
      500,
      'InternalServerException',
      'The system encountered an unexpected error during processing. Try your request again.',
    ),
    google(500, 'INTERNAL', 'Internal error encountered.'),
  ),
  unavailable: row(
    anthropic(503, 'api_error', 'Service Unavailable'),
    aws(503, 'ServiceUnavailableException', 'Service unavailable. Please try again.'),
    google(503, 'UNAVAILABLE', 'The service is currently unavailable.'),
  ),
  'expired-credential': row(
    anthropic(401, 'authentication_error', 'invalid x-api-key'),
    aws(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
    google(
      401,
      'UNAUTHENTICATED',
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    ),
    azure(401, '401', 'Access denied due to invalid subscription key or wrong API endpoint.'),
  ),
  'invalid-beta': row(
    anthropic(400, 'invalid_request_error', 'Unexpected value(s) `{beta}` for the `anthropic-beta` header.'),
    anthropic(400, 'invalid_request_error', 'invalid beta flag'),
    anthropic(400, 'invalid_request_error', 'Unexpected value(s) `{beta}` for the `anthropic-beta` header.'),
  ),
  'unknown-field': row(
    UNKNOWN_FIELD,
    aws(400, 'ValidationException', '{field}: Extra inputs are not permitted'),
    UNKNOWN_FIELD,
  ),
  'not-found-model': row(
    anthropic(404, 'not_found_error', 'model: {model}'),
    aws(400, 'ValidationException', 'The provided model identifier is invalid.'),
    google(
      404,
      'NOT_FOUND',
      'Publisher Model `{model}` was not found or your project does not have access to it. Please ensure you are using a valid model version.',
    ),
    azure(404, 'DeploymentNotFound', 'The API deployment for this resource does not exist.'),
  ),
  'model-not-enabled': row(
    anthropic(403, 'permission_error', 'Your organization does not have access to {model}.'),
    aws(403, 'AccessDeniedException', "You don't have access to the model with the specified model ID."),
    google(400, 'FAILED_PRECONDITION', 'Project `simulated` is not allowed to use Publisher Model `{model}`.'),
  ),
  billing: row(
    anthropic(
      400,
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
    aws(
      403,
      'AccessDeniedException',
      'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.',
    ),
    google(
      403,
      'PERMISSION_DENIED',
      'This API method requires billing to be enabled. Please enable billing on the project.',
    ),
  ),
  'spend-limit': row(
    anthropic(
      400,
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2030-01-01 at 00:00 UTC.',
    ),
    aws(429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'),
    GOOGLE_EXHAUSTED,
  ),
  'prompt-too-long': row(
    anthropic(400, 'invalid_request_error', 'prompt is too long: 213462 tokens > 200000 maximum'),
    aws(400, 'ValidationException', 'Input is too long for requested model.'),
    anthropic(400, 'invalid_request_error', 'prompt is too long: 213462 tokens > 200000 maximum'),
  ),
  'content-policy': row(BLOCKED, aws(400, 'ValidationException', BLOCKED.message), BLOCKED),
  'no-prefill': row(NO_PREFILL, aws(400, 'ValidationException', NO_PREFILL.message), NO_PREFILL),
  'no-prompt-caching': row(request(NO_CACHING), aws(403, 'AccessDeniedException', NO_CACHING), request(NO_CACHING)),
  'foreign-signature': row(
    FOREIGN_SIGNATURE,
    aws(400, 'ValidationException', FOREIGN_SIGNATURE.message),
    FOREIGN_SIGNATURE,
  ),
  html: row(PAGE, PAGE, PAGE),
};

function everyKind(fault: ErrorFaultKind): Readonly<Record<HostKind, ErrorSpec>> {
  const [claude, chat] = [CLAUDES[fault], OPENAI_ERRORS[fault]];
  return {
    ...claude,
    messages: claude.anthropic,
    openai: chat,
    'azure-openai': chat,
    'bedrock-models': chat,
    // Google's own layer stands before its OpenAI door too.
    'vertex-gemini': claude.vertex.layer === 'google' ? claude.vertex : chat,
  };
}

/** What each fault looks like on each kind of host. */
export const ERROR_TABLE = Object.fromEntries(
  (Object.keys(CLAUDES) as ErrorFaultKind[]).map((fault) => [fault, everyKind(fault)]),
) as Readonly<Record<ErrorFaultKind, Readonly<Record<HostKind, ErrorSpec>>>>;
