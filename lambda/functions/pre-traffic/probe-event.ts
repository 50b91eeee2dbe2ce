import type { APIGatewayProxyEvent } from 'aws-lambda';
import { PROBE_CLIENT, STEERING_HEADERS, type Probe } from '../../../lib/contract';

/** What the router reads of API Gateway's event. */
export type ProbeEvent = Pick<APIGatewayProxyEvent, 'httpMethod' | 'path' | 'headers' | 'body' | 'isBase64Encoded'> & {
  readonly requestContext: { readonly authorizer: { readonly client: string } };
};

/** Of the request, for the router. */
const DEADLINE_MS = 55_000;
/** Of an invocation: with a cold start, and the time until an error is on its way. What takes longer is a router that does not answer. */
export const LONGEST_PROBE_MS = DEADLINE_MS + 10_000;

/** The smallest request there is, to one host and no other. */
export function probeEvent({ host, model }: Probe): ProbeEvent {
  return {
    httpMethod: 'POST',
    path: '/v1/messages',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
      [STEERING_HEADERS.only]: host,
      [STEERING_HEADERS.budget]: String(DEADLINE_MS),
    },
    body: JSON.stringify({ model, max_tokens: 1, messages: [{ role: 'user', content: 'ping' }] }),
    isBase64Encoded: false,
    requestContext: { authorizer: { client: PROBE_CLIENT } },
  };
}
