import type { DeployedApi } from './deployed-api';

/** API Gateway's own responses, with the status and the words they have where an API does not change them. */
const OWN = {
  UNAUTHORIZED: [401, 'Unauthorized'],
  INVALID_API_KEY: [403, 'Forbidden'],
  ACCESS_DENIED: [403, 'User is not authorized to access this resource'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  THROTTLED: [429, 'Too Many Requests'],
  QUOTA_EXCEEDED: [429, 'Limit Exceeded'],
  AUTHORIZER_FAILURE: [500, 'Internal server error'],
  API_CONFIGURATION_ERROR: [502, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;
export type ResponseType = keyof typeof OWN;

/** An answer that API Gateway gives by itself. */
export class ApiGatewayError extends Error {
  override readonly name = 'GatewayError';
  constructor(readonly type: ResponseType) {
    super(OWN[type][1]);
  }
}

export interface ApiGatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Filled in as the deployed API says: its own response of the type, else that for all 4xx or 5xx, else API Gateway's. */
export function renderError(api: DeployedApi, { type }: ApiGatewayError, requestId: string): ApiGatewayResponse {
  const [ownStatus, message] = OWN[type];
  const custom = api.responses.get(type) ?? api.responses.get(ownStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const context: Readonly<Record<string, string>> = {
    'context.requestId': requestId,
    'context.error.message': message,
    'context.error.messageString': JSON.stringify(message),
  };
  /** `'a literal'` or a variable. */
  const headerValue = (value: string): string => /^'(.*)'$/.exec(value)?.[1] ?? context[value] ?? '';
  const template = custom?.template ?? '{"message":$context.error.messageString}';
  return {
    status: custom?.status ?? ownStatus,
    headers: Object.fromEntries(
      Object.entries({ 'content-type': "'application/json'", ...custom?.headers }).map(([name, value]) => [
        name,
        headerValue(value),
      ]),
    ),
    body: template.replaceAll(/\$(context(?:\.\w+)+)/g, (_, name: string) => context[name] ?? ''),
  };
}
