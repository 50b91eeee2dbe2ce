import type { ErrorForm } from '../../../engine/failure/error-form';
import { isObject, textOf } from '../../../engine/json';
import { errorMessage } from '../../anthropic/error/error-form';

/** What servers call a status, where inside a stream its number is all that they give. */
const TYPES = new Map<unknown, string>([
  [400, 'BadRequestError'],
  [401, 'AuthenticationError'],
  [404, 'NotFoundError'],
  [429, 'RateLimitError'],
  [502, 'InternalServerError'],
  [503, 'service_unavailable_error'],
]);

/** `{"error":{"message":"...","type":"invalid_request_error","param":null,"code":"model_not_found"}}` */
export const OPENAI_FORM: ErrorForm = {
  statuses: {
    insufficient_quota: 429,
    rate_limit_exceeded: 429,
    server_error: 500,
    service_unavailable_error: 503,
    // vLLM and SGLang: Python's names.
    BadRequestError: 400,
    AuthenticationError: 401,
    NotFoundError: 404,
    RateLimitError: 429,
    InternalServerError: 500,
  },
  read(data) {
    // Mistral's form has no envelope, nor had vLLM's.
    const error = data['object'] === 'error' ? data : data['error'];
    // Ollama's form is no more than this.
    if (typeof error === 'string') return { source: 'openai', type: '', code: undefined, message: error };
    // Azure's own layer has neither.
    if (!isObject(error) || !('type' in error || typeof error['code'] === 'number')) return undefined;
    const code = textOf(error['code']);
    const type = textOf(error['type']) ?? TYPES.get(error['code']) ?? code ?? '';
    return { source: 'openai', type, code, message: errorMessage(data) };
  },
};
