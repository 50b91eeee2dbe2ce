import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { gatewayKey } from '../../gateway/plan/gateway-key';

/** What API Gateway takes as the value of an API key. */
const KEY_LENGTH = { min: 20, max: 128 };

/**
 * Hands the client's key to API Gateway, which looks it up in the usage plans: the key is checked there, not here.
 * This exact error text makes API Gateway answer 401.
 */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  const key = gatewayKey(headers)?.trim();
  if (key === undefined || key.length < KEY_LENGTH.min || key.length > KEY_LENGTH.max) throw new Error('Unauthorized');
  return {
    principalId: 'client',
    usageIdentifierKey: key,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
    },
  };
}
