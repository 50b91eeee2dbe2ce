import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { GatewayRequest } from '../../engine/gateway';

/** Kept for the last bytes: an error event, the log line, the metrics. */
const MARGIN_MS = 1_000;

export function lambdaRequest(event: APIGatewayProxyEvent, context: Context): GatewayRequest {
  const headers: Record<string, string> = {};
  // What a client has sent twice is whole only here; some tools that call the function send the other form alone.
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {})) {
    if (values) headers[name.toLowerCase()] = values.join(', ');
  }
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] ??= value;
  }
  // Whom an authorizer has named, else the id of the key that API Gateway has let in.
  const client: unknown = event.requestContext?.authorizer?.['client'] ?? event.requestContext?.identity?.apiKeyId;
  return {
    id: context.awsRequestId,
    method: event.httpMethod,
    path: event.path,
    query: queryOf(event),
    headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    client: typeof client === 'string' ? client : undefined,
    timeLeftMs: context.getRemainingTimeInMillis() - MARGIN_MS,
  };
}

/** API Gateway hands it out decoded. */
function queryOf({ queryStringParameters }: APIGatewayProxyEvent): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(queryStringParameters ?? {}))
    if (value !== undefined) query.set(name, value);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
