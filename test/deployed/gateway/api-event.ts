import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { IncomingMessage } from 'node:http';
import { proxyEvent } from '../../../local/front-door/proxy-event';
import { ACCOUNT } from '../stack/test-config';
import type { Caller } from './authorize';
import type { ApiMethod, DeployedApi } from './deployed-api';

/** The event of a request to the stage's URL: the path without the stage, the body as the API's media types say. */
export function apiEvent(api: DeployedApi, message: IncomingMessage, body: Buffer): APIGatewayProxyEvent {
  const event = proxyEvent(message, body);
  const path = event.path.startsWith(`/${api.stage}/`) ? event.path.slice(api.stage.length + 1) : '/';
  const type = message.headers['content-type']?.split(';')[0]?.trim() ?? '';
  const isBase64Encoded = api.binaryMediaTypes.includes(type);
  return {
    ...event,
    path,
    pathParameters: { proxy: path.slice(1) },
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
    requestContext: {
      ...event.requestContext,
      accountId: ACCOUNT,
      apiId: api.id,
      stage: api.stage,
      path: event.path,
    },
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
