import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RestApi } from '../../../local/front-door/proxy-event';
import { ACCOUNT } from '../stack/test-config';
import type { Caller } from './authorize';
import type { ApiMethod, DeployedApi } from './deployed-api';

/** A stage's URL begins with its name; what is binary are the API's own media types. */
export function restApi({ id, stage, binaryMediaTypes }: DeployedApi): RestApi {
  return {
    accountId: ACCOUNT,
    id,
    stage,
    path: `/${stage}`,
    isBinary: (contentType = '') => binaryMediaTypes.includes(contentType.split(';')[0]!.trim()),
  };
}

/** What is known after the authorizer and the usage plans. */
export function withCaller(
  event: APIGatewayProxyEvent,
  { path, resourceId }: ApiMethod,
  { key, authorizer }: Caller,
): APIGatewayProxyEvent {
  const { requestContext } = event;
  const identity = { ...requestContext.identity, apiKey: key?.value ?? null, apiKeyId: key?.id ?? null };
  return {
    ...event,
    resource: path,
    requestContext: { ...requestContext, identity, authorizer, resourcePath: path, resourceId },
  };
}
