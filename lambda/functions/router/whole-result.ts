import type { APIGatewayProxyResult } from 'aws-lambda';
import type { GatewayResponse } from '../../engine/gateway';
import { concat } from '../../engine/bytes';

/** Where nothing streams: the result that API Gateway and load balancers read, once the answer is whole. */
export async function wholeResult({ status, headers, body }: GatewayResponse): Promise<APIGatewayProxyResult> {
  const parts: Uint8Array[] = [];
  if (body instanceof Uint8Array) parts.push(body);
  else for await (const part of body) parts.push(part);
  return {
    statusCode: status,
    headers: { ...headers },
    // Load balancers may be set to read only these.
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body: Buffer.from(concat(parts)).toString('base64'),
    isBase64Encoded: true,
  };
}
