import {
  BILLING,
  CREDENTIAL,
  ELSEWHERE,
  MODEL_ERROR,
  NOT_FOUND,
  OVERLOADED,
  PERMISSION,
  RATE_LIMITED,
  SERVER_ERROR,
  SPENT,
  THROTTLED,
  TOO_LARGE,
} from '../../../engine/failure/rulings';
import type { Row } from '../../../engine/failure/verdict';

/** Types and codes of the OpenAI wire, as OpenAI, Azure and servers of one's own write them. */
// prettier-ignore
export const OPENAI_ROWS: readonly Row[] = [
  // Each of these has the type of the next row.
  { row: 10, on: ['organization_spend_limit_exceeded', 'project_spend_limit_exceeded', 'organization_usage_limit_exceeded'],
    ...SPENT },
  { row: 12, on: ['insufficient_quota', 'credit_balance_exhausted', 'billing_not_active', 'billing_hard_limit_reached'], ...BILLING },
  { row: 13, on: ['account_deactivated', 'organization_deactivated'], ...PERMISSION },
  { row: 15, on: ['invalid_api_key', 'AuthenticationError'], ...CREDENTIAL },
  { row: 17, on: ['model_not_found', 'NotFoundError'], ...NOT_FOUND },
  // What one request needs is more than a minute's worth: it is never taken.
  { row: 26, on: [429], source: 'openai', text: /^Request too large for\b/, ...TOO_LARGE, action: 'next' },
  { row: 8, on: ['rate_limit_exceeded', 'slow_down', 'RateLimitError'], when: 'withRetryAfter', ...RATE_LIMITED },
  { row: 8, on: ['rate_limit_exceeded', 'slow_down', 'RateLimitError'], ...THROTTLED },
  { row: 4, on: ['engine_overloaded', 'engine_overloaded_error'], ...OVERLOADED },
  // Another model may have room for it.
  { row: 25, on: ['context_length_exceeded', 'exceed_context_size_error'], ...ELSEWHERE, reason: 'too-large' },
  { row: 25, on: [400], text: /maximum context length is \d|exceeds the maximum number of tokens allowed/, ...ELSEWHERE,
    reason: 'too-large' },
  // Of Azure's filter before the model: other hosts let the same prompt through to theirs.
  { row: 25, on: ['content_filter', 'content_policy_violation'], ...ELSEWHERE },
  // llama.cpp, of a model that cannot see or hear: nothing is wrong with the server.
  { row: 25, on: [500], source: 'openai', text: /^(?:image|audio|video) input is not supported\b/, ...ELSEWHERE },
  // What a stream ended with instead of an answer.
  { row: 28, on: ['finish:*'], ...MODEL_ERROR },
  { row: 6, on: ['service_unavailable_error'], ...SERVER_ERROR },
  { row: 5, on: ['server_error', 'InternalServerError'], ...SERVER_ERROR },
];
