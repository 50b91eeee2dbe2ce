import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { GatewayRequest } from '../../engine/gateway';

/** Kept for the last bytes: an error event, the log line, the metrics. */
export const MARGIN_MS = 1_000;

/** From API Gateway's REST APIs, and from HTTP APIs in their first format. */
export function lambdaRequest(event: APIGatewayProxyEvent, context: Context): GatewayRequest {
  const headers: Record<string, string> = {};
  // What a client has sent twice is whole only here; some tools that call the function send the other form alone.
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {})) {
    if (values) headers[name.toLowerCase()] = values.join(', ');
  }
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] ??= value;
  }
  const prefix = stagePrefix(event.requestContext?.path, event.path);
  if (prefix !== '') headers['x-forwarded-prefix'] = prefix;
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

/** What a client's base URL has before our paths, and API Gateway has taken away: the stage. */
function stagePrefix(full: string | undefined, path: string): string {
  return full !== undefined && full.endsWith(path) ? full.slice(0, -path.length) : '';
}

/** API Gateway hands it out decoded. */
function queryOf({ queryStringParameters, multiValueQueryStringParameters }: APIGatewayProxyEvent): string {
  const query = new URLSearchParams();
  // The plain list has only the last of a name's values.
  for (const [name, values] of Object.entries(multiValueQueryStringParameters ?? queryStringParameters ?? {})) {
    for (const value of [values ?? []].flat()) query.append(name, value);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
