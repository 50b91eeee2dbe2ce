import type { ErrorForm } from '../../engine/failure/error-form';
import type { ErrorFacts } from '../../engine/failure/failure';
import { isObject, textOf } from '../../engine/json';
import { errorMessage } from '../../wire/anthropic/error/error-form';

const STATUSES: ErrorForm['statuses'] = {
  ValidationException: 400,
  ServiceQuotaExceededException: 400,
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  UnrecognizedClientException: 403,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  ModelNotReadyException: 429,
  ThrottlingException: 429,
  InternalServerException: 500,
  InternalFailure: 500,
  ServiceUnavailableException: 503,
};

/** The exception in a header, or in the body of older services. */
export const AWS_FORM: ErrorForm = {
  statuses: STATUSES,
  read(data, headers) {
    const exception = headers['x-amzn-errortype'] ?? textOf(data['__type']);
    return exception === undefined ? undefined : awsFacts(exceptionName(exception), errorMessage(data));
  },
};

const EXCEPTION = /Exception$|^InternalFailure$/;

/** The exception inside Anthropic's envelope, as the Messages door writes it. */
export const AWS_IN_ENVELOPE: ErrorForm = {
  statuses: {},
  read(data) {
    const error = data['type'] === 'error' && isObject(data['error']) ? data['error'] : {};
    const exception = exceptionName(textOf(error['type']) ?? '');
    return EXCEPTION.test(exception) ? awsFacts(exception, errorMessage(data)) : undefined;
  },
};

function awsFacts(type: string, message: string): ErrorFacts {
  return { source: 'aws', type, code: undefined, message };
}

/** `com.amazon.x#ThrottlingException:http://...` and the event stream's `throttlingException` are one name. */
function exceptionName(raw: string): string {
  const name = raw.replace(/:.*$/s, '').replace(/^.*#/s, '').trim();
  return name.charAt(0).toUpperCase() + name.slice(1);
}
