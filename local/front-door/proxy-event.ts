import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';

const TEXT = /^(application\/json|text\/)/;
const STAGE = 'local';

/** The event of a REST API's Lambda proxy integration. */
export function proxyEvent(message: IncomingMessage, body: Buffer): APIGatewayProxyEvent {
  const method = message.method ?? 'GET';
  const url = message.url ?? '/';
  const cut = url.indexOf('?');
  const path = cut < 0 ? url : url.slice(0, cut);
  const query = multiValues([...new URLSearchParams(cut < 0 ? '' : url.slice(cut))]);
  const sourceIp = message.socket.remoteAddress ?? '';
  const headers = multiValues([
    ...pairs(message.rawHeaders),
    ['X-Forwarded-For', sourceIp],
    ['X-Forwarded-Proto', 'http'],
  ]);
  // Without a type, API Gateway takes it for JSON.
  const isText = TEXT.test(message.headers['content-type'] ?? 'application/json');
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: cut < 0 ? null : lastValues(query),
    multiValueQueryStringParameters: cut < 0 ? null : query,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    body: body.length === 0 ? null : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: body.length > 0 && !isText,
    requestContext: {
      accountId: '000000000000',
      apiId: STAGE,
      authorizer: null,
      protocol: `HTTP/${message.httpVersion}`,
      httpMethod: method,
      identity: { ...NOBODY, sourceIp, userAgent: message.headers['user-agent'] ?? null },
      path: `/${STAGE}${path}`,
      stage: STAGE,
      requestId: randomUUID(),
      requestTimeEpoch: Date.now(),
      resourceId: STAGE,
      resourcePath: '/{proxy+}',
    },
  };
}

const NOBODY = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
} as const;

type Pair = readonly [name: string, value: string];

function* pairs(raw: readonly string[]): Generator<Pair> {
  for (let at = 0; at + 1 < raw.length; at += 2) yield [raw[at]!, raw[at + 1]!];
}

function multiValues(entries: readonly Pair[]): Record<string, string[]> {
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of entries) (values[name] ??= []).push(value);
  return values;
}

function lastValues(values: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));
}
