import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface GatewayError {
  readonly on: ResponseType;
  /** Left out where API Gateway's own status is right. */
  readonly status?: number;
  readonly type: string;
  /** Left out where only API Gateway knows what is wrong. */
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const NO_KEY = 'no gateway key: send it as x-api-key or as Authorization: Bearer <key>';
const NOT_SIGNED = 'the request is not signed with valid AWS credentials for this gateway';
const INTERNAL = 'the gateway failed to handle this request';

/** What API Gateway answers by itself, in the words of Anthropic's API; SDKs decide by them whether to try again. */
const ERRORS: Readonly<Record<string, GatewayError>> = {
  Unauthorized: { on: ResponseType.UNAUTHORIZED, status: 401, type: 'authentication_error', message: NO_KEY },
  // API Gateway says 403 to a wrong key, Anthropic 401.
  InvalidApiKey: {
    on: ResponseType.INVALID_API_KEY,
    status: 401,
    type: 'authentication_error',
    message: 'invalid gateway key',
  },
  MissingAuthenticationToken: {
    on: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 401,
    type: 'authentication_error',
    message: NOT_SIGNED,
  },
  InvalidSignature: {
    on: ResponseType.INVALID_SIGNATURE,
    status: 401,
    type: 'authentication_error',
    message: NOT_SIGNED,
  },
  ExpiredToken: { on: ResponseType.EXPIRED_TOKEN, status: 401, type: 'authentication_error', message: NOT_SIGNED },
  AccessDenied: {
    on: ResponseType.ACCESS_DENIED,
    status: 403,
    type: 'permission_error',
    message: 'this caller may not use the gateway',
  },
  WafFiltered: {
    on: ResponseType.WAF_FILTERED,
    status: 403,
    type: 'permission_error',
    message: "the gateway's firewall does not let this address in",
  },
  RequestTooLarge: {
    on: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    type: 'request_too_large',
    message: 'the request is larger than the gateway takes: 6 MB, as escaped JSON',
  },
  Throttled: {
    on: ResponseType.THROTTLED,
    status: 429,
    type: 'rate_limit_error',
    message: "the rate limit of this gateway or of the team's key is reached",
    headers: { 'retry-after': '1' },
  },
  QuotaExceeded: {
    on: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    type: 'rate_limit_error',
    message: "the quota of the team's key is used up",
    headers: { 'x-should-retry': 'false' },
  },
  AuthorizerFailure: { on: ResponseType.AUTHORIZER_FAILURE, status: 500, type: 'api_error', message: INTERNAL },
  AuthorizerConfigurationError: {
    on: ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
    status: 500,
    type: 'api_error',
    message: INTERNAL,
  },
  IntegrationTimeout: {
    on: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    type: 'timeout_error',
    message: 'the gateway did not answer in time',
  },
  Default4xx: { on: ResponseType.DEFAULT_4XX, type: 'invalid_request_error' },
  Default5xx: { on: ResponseType.DEFAULT_5XX, type: 'api_error', message: INTERNAL },
};

/** `$context.error.messageString` comes with its quotes. */
const template = ({ type, message }: GatewayError): string => {
  const text = message === undefined ? '$context.error.messageString' : JSON.stringify(message);
  return `{"type":"error","error":{"type":"${type}","message":${text}},"request_id":"$context.requestId"}`;
};

const quoted = (headers: GatewayError['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`]));

export function addGatewayResponses(api: RestApi): void {
  for (const [id, error] of Object.entries(ERRORS)) {
    api.addGatewayResponse(id, {
      type: error.on,
      statusCode: error.status?.toString(),
      responseHeaders: { 'request-id': 'context.requestId', ...quoted(error.headers) },
      templates: { 'application/json': template(error) },
    });
  }
}
