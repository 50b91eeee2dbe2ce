import type { ErrorFacts } from '../../../engine/failure/failure';
import type { Headers } from '../../../engine/host';
import { isObject, type JsonObject } from '../../sse-events';

/** The HTTP status each vendor models for an error name; inside a 200 stream the name is all there is. */
const STATUS_BY_TYPE = new Map<string, number>(
  Object.entries({
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

    INVALID_ARGUMENT: 400,
    FAILED_PRECONDITION: 400,
    UNAUTHENTICATED: 401,
    PERMISSION_DENIED: 403,
    NOT_FOUND: 404,
    RESOURCE_EXHAUSTED: 429,
    INTERNAL: 500,
    UNAVAILABLE: 503,
    DEADLINE_EXCEEDED: 504,
  }),
);

const AWS_NAME = /Exception$|^InternalFailure$/;

function object(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `com.amazon.x#ThrottlingException:http://...` and the event stream's `throttlingException` are one name. */
function awsName(raw: string): string {
  const name = raw.replace(/:.*$/s, '').replace(/^.*#/s, '').trim();
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function facts(source: ErrorFacts['source'], type: string, message: string, code?: string): ErrorFacts {
  return { source, type, code, message };
}

/** Google's own word for why, in one of the details of an error. */
export function googleReason(details: unknown): string | undefined {
  const reasons = Array.isArray(details) ? details.map((detail) => text(object(detail)?.reason)) : [];
  return reasons.find((reason) => reason !== undefined);
}

/** Vertex wraps the errors of streaming calls in an array. */
function factsOf(parsed: unknown, awsType: string | undefined, otherwise: string): ErrorFacts {
  const data = object(Array.isArray(parsed) ? parsed[0] : parsed);
  const error = object(data?.error);
  const message = text(error?.message) ?? text(data?.message) ?? text(data?.Message) ?? otherwise;
  const type = text(error?.type) ?? '';

  if (data?.type === 'error') {
    const code = text(object(error?.details)?.error_code);
    const exception = awsName(type);
    return AWS_NAME.test(exception) ? facts('aws', exception, message) : facts('anthropic', type, message, code);
  }
  const status = text(error?.status);
  if (status !== undefined) return facts('google', status, message, googleReason(error?.details));
  const azureCode = text(error?.code);
  if (azureCode !== undefined) return facts('azure', azureCode, message);
  const exception = awsType ?? text(data?.__type);
  return exception === undefined ? facts('unknown', '', message) : facts('aws', awsName(exception), message);
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** Reads an error answer of any vendor; what no vendor writes (HTML of a proxy, nothing at all) is `unknown`. */
export function readErrorFacts(status: number, headers: Headers, body: Uint8Array): ErrorFacts {
  return factsOf(parse(body), headers['x-amzn-errortype'], `HTTP ${status} without a readable error`);
}

/** Reads the data of an error event inside a 200 stream, be it Anthropic's or an exception name of Bedrock's. */
export function streamErrorFacts(data: unknown): { readonly facts: ErrorFacts; readonly status: number } {
  const read = factsOf(data, undefined, 'error event without a readable error');
  return { facts: read, status: STATUS_BY_TYPE.get(read.type) ?? 500 };
}
