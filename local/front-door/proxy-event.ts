import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/** What the event tells of the API that a request has come to. */
export interface RestApi {
  readonly accountId: string;
  readonly id: string;
  readonly stage: string;
  /** Of its URL: what stands there before the paths of its resources. */
  readonly path: string;
  /** Whether a body of this media type is base64 in the event. */
  isBinary(contentType: string | undefined): boolean;
}

/** The event of a REST API's Lambda proxy integration. */
export function proxyEvent(api: RestApi, message: IncomingMessage, body: Buffer): APIGatewayProxyEvent {
  const method = message.method ?? 'GET';
  const url = message.url ?? '/';
  const cut = url.indexOf('?');
  const whole = cut < 0 ? url : url.slice(0, cut);
  const path = whole.startsWith(`${api.path}/`) ? whole.slice(api.path.length) : '/';
  const query = multiValues([...new URLSearchParams(cut < 0 ? '' : url.slice(cut))]);
  const sourceIp = message.socket.remoteAddress ?? '';
  const headers = multiValues([
    ...pairs(message.rawHeaders),
    ['X-Forwarded-For', sourceIp],
    ['X-Forwarded-Proto', 'http'],
  ]);
  const isBinary = api.isBinary(message.headers['content-type']);
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
    body: body.length === 0 ? null : body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: body.length > 0 && isBinary,
    requestContext: {
      accountId: api.accountId,
      apiId: api.id,
      authorizer: null,
      protocol: `HTTP/${message.httpVersion}`,
      httpMethod: method,
      identity: { ...NOBODY, sourceIp, userAgent: message.headers['user-agent'] ?? null },
      path: `/${api.stage}${path}`,
      stage: api.stage,
      requestId: randomUUID(),
      requestTimeEpoch: Date.now(),
      resourceId: api.id,
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
