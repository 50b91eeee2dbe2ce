import type { APIGatewayAuthorizerResult, APIGatewayProxyEvent } from 'aws-lambda';
import { json } from 'node:stream/consumers';
import { FunctionError } from '../runtime/runtime-api';
import type { FunctionPool } from '../runtime/function-pool';
import type { ApiKey, ApiMethod, DeployedApi } from './deployed-api';
import { ApiGatewayError } from './api-gateway-error';

export interface Caller {
  readonly key: ApiKey | undefined;
  readonly authorizer: APIGatewayProxyEvent['requestContext']['authorizer'];
}

/** Asks the deployed authorizer, then looks its key up in the usage plans of the stage. */
export async function authorize(
  api: DeployedApi,
  method: ApiMethod,
  event: APIGatewayProxyEvent,
  authorizer: FunctionPool | undefined,
): Promise<Caller> {
  const result = authorizer && (await ask(authorizer, api, event));
  if (result && !isAllowed(result)) throw new ApiGatewayError('ACCESS_DENIED');
  const value = api.apiKeySource === 'AUTHORIZER' ? result?.usageIdentifierKey : header(event, 'x-api-key');
  const key = api.keys.find((candidate) => candidate.value === value && candidate.enabled && candidate.plan);
  if (method.apiKeyRequired && key === undefined) throw new ApiGatewayError('INVALID_API_KEY');
  return { key, authorizer: result && { ...result.context, principalId: result.principalId } };
}

async function ask(pool: FunctionPool, api: DeployedApi, event: APIGatewayProxyEvent) {
  const { httpMethod, path } = event;
  const methodArn = `arn:aws:execute-api:us-east-1:${event.requestContext.accountId}:${api.id}/${api.stage}/${httpMethod}${path}`;
  // Without the body: API Gateway does not show it to an authorizer.
  const { body: _, isBase64Encoded: __, ...request } = event;
  try {
    const response = await pool.invoke({ type: 'REQUEST', methodArn, ...request });
    return (await json(response)) as APIGatewayAuthorizerResult;
  } catch (error) {
    const isRefusal = error instanceof FunctionError && error.message === 'Unauthorized';
    throw new ApiGatewayError(isRefusal ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE');
  }
}

const isAllowed = ({ policyDocument }: APIGatewayAuthorizerResult): boolean =>
  policyDocument.Statement.length > 0 && policyDocument.Statement.every(({ Effect }) => Effect === 'Allow');

const header = (event: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries(event.headers).find(([candidate]) => candidate.toLowerCase() === name)?.[1];
