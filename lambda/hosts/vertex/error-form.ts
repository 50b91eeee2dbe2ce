import type { ErrorForm } from '../../engine/failure/error-form';
import { isObject, textOf } from '../../engine/json';
import { errorMessage } from '../../wire/anthropic/error/error-form';
import { missingStep } from './missing-step';

/** `{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"...","details":[{"reason":"..."}]}}` */
export const GOOGLE_FORM: ErrorForm = {
  statuses: {
    INVALID_ARGUMENT: 400,
    FAILED_PRECONDITION: 400,
    UNAUTHENTICATED: 401,
    PERMISSION_DENIED: 403,
    NOT_FOUND: 404,
    RESOURCE_EXHAUSTED: 429,
    INTERNAL: 500,
    UNAVAILABLE: 503,
    DEADLINE_EXCEEDED: 504,
  },
  read(data) {
    const error = isObject(data['error']) ? data['error'] : {};
    const status = textOf(error['status']);
    if (status === undefined) return undefined;
    const reason = googleReason(error['details']);
    const message = errorMessage(data);
    const remedy = missingStep(reason ?? '', message) ?? missingStep(status);
    return {
      source: 'google',
      type: status,
      code: reason,
      message,
      ...(remedy !== undefined && { remedy }),
    };
  },
};

/** Google's own word for why, in one of the details of an error. */
export function googleReason(details: unknown): string | undefined {
  const reasons = Array.isArray(details)
    ? details.map((detail) => (isObject(detail) ? textOf(detail['reason']) : undefined))
    : [];
  return reasons.find((reason) => reason !== undefined);
}
