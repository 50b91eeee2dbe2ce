import { type ErrorSpec, openai } from './error-spec';
import type { ErrorFaultKind } from './fault';

const request = (message: string, code?: string): ErrorSpec =>
  openai(400, 'invalid_request_error', message, code === undefined ? {} : { code });
const LIMITED = openai(
  429,
  'requests',
  'Rate limit reached for {model} in organization org-simulated on requests per min (RPM).',
  {
    code: 'rate_limit_exceeded',
    retryAfter: 30,
  },
);
const UNKNOWN = (what: string) => request(`Unrecognized request argument supplied: ${what}`);

/** What each fault looks like on the OpenAI wire; what only Claude's hosts have is an argument that nobody knows. */
export const OPENAI_ERRORS: Readonly<Record<ErrorFaultKind, ErrorSpec>> = {
  overloaded: openai(503, 'server_error', 'The engine is currently overloaded, please try again later', {
    code: 'engine_overloaded',
  }),
  'rate-limited': LIMITED,
  throttling: LIMITED,
  'server-error': openai(
    500,
    'server_error',
    'The server had an error while processing your request. Sorry about that!',
  ),
  unavailable: openai(503, 'service_unavailable_error', 'The server is currently unavailable.'),
  'expired-credential': openai(401, 'invalid_request_error', 'Incorrect API key provided: sk-…ated.', {
    code: 'invalid_api_key',
  }),
  'invalid-beta': UNKNOWN('{beta}'),
  'unknown-field': UNKNOWN('{field}'),
  'not-found-model': openai(
    404,
    'invalid_request_error',
    'The model `{model}` does not exist or you do not have access to it.',
    {
      code: 'model_not_found',
    },
  ),
  'model-not-enabled': openai(
    403,
    'invalid_request_error',
    'Project `proj_simulated` does not have access to model `{model}`',
    {
      code: 'model_not_found',
    },
  ),
  billing: openai(
    429,
    'insufficient_quota',
    'You exceeded your current quota, please check your plan and billing details.',
    {
      code: 'insufficient_quota',
    },
  ),
  'spend-limit': openai(
    429,
    'insufficient_quota',
    'You exceeded your current quota, please check your plan and billing details.',
    {
      code: 'insufficient_quota',
    },
  ),
  'prompt-too-long': request("This model's maximum context length is 128000 tokens.", 'context_length_exceeded'),
  'content-policy': request(
    'The response was filtered due to the prompt triggering a content management policy.',
    'content_filter',
  ),
  'no-prefill': UNKNOWN('prefill'),
  'no-prompt-caching': UNKNOWN('cache_control'),
  'foreign-signature': UNKNOWN('signature'),
  html: {
    layer: 'html',
    status: 200,
    type: 'page',
    message:
      '<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head><body><h1>Please wait</h1></body></html>\n',
  },
};
