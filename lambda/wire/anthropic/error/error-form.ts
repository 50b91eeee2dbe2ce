import type { ErrorForm } from '../../../engine/failure/error-form';
import { isObject, textOf, type JsonObject } from '../../../engine/json';

/** `{"type":"error","error":{"type":"overloaded_error","message":"...","details":{"error_code":"..."}}}` */
export const ANTHROPIC_FORM: ErrorForm = {
  statuses: {
    invalid_request_error: 400,
    authentication_error: 401,
    billing_error: 402,
    permission_error: 403,
    not_found_error: 404,
    conflict_error: 409,
    request_too_large: 413,
    rate_limit_error: 429,
    api_error: 500,
    timeout_error: 504,
    overloaded_error: 529,
  },
  read(data) {
    if (data['type'] !== 'error') return undefined;
    const error = isObject(data['error']) ? data['error'] : {};
    const details = isObject(error['details']) ? error['details'] : {};
    return {
      source: 'anthropic',
      type: textOf(error['type']) ?? '',
      code: textOf(details['error_code']),
      message: errorMessage(data),
    };
  },
};

/** Vendors agree on little, and on this: it stands in `error.message`, or beside it; else empty. */
export function errorMessage(data: JsonObject): string {
  const error = isObject(data['error']) ? data['error'] : {};
  return textOf(error['message']) ?? textOf(data['message']) ?? textOf(data['Message']) ?? '';
}
