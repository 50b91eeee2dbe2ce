import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { GatewayRequest } from '../../engine/gateway';
import { MARGIN_MS } from './lambda-request';

/** From function URLs and HTTP APIs, which share a format. */
export function urlRequest(event: APIGatewayProxyEventV2, context: Context): GatewayRequest {
  const { requestContext, rawPath, rawQueryString, cookies } = event;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  if (cookies) headers['cookie'] = cookies.join('; ');
  const prefix = requestContext.stage === '$default' ? '' : `/${requestContext.stage}`;
  const isPrefixed = prefix !== '' && rawPath.startsWith(`${prefix}/`);
  if (isPrefixed) headers['x-forwarded-prefix'] = prefix;
  return {
    id: context.awsRequestId,
    method: requestContext.http.method,
    path: isPrefixed ? rawPath.slice(prefix.length) : rawPath,
    query: rawQueryString ? `?${rawQueryString}` : '',
    headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    client: clientOf(requestContext),
    timeLeftMs: context.getRemainingTimeInMillis() - MARGIN_MS,
  };
}

/** As an HTTP API's Lambda authorizer names it. */
function clientOf(requestContext: APIGatewayProxyEventV2['requestContext']): string | undefined {
  const { authorizer } = requestContext as { authorizer?: { lambda?: Record<string, unknown> | null } };
  const client = authorizer?.lambda?.['client'];
  return typeof client === 'string' ? client : undefined;
}
