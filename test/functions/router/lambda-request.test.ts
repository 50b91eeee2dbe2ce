import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { lambdaRequest } from '../../../lambda/functions/router/lambda-request';

const context = { awsRequestId: '8f5c0a2e-1', getRemainingTimeInMillis: () => 900_000 } as Context;
const event = {
  httpMethod: 'POST',
  path: '/v1/messages',
  headers: { 'Content-Type': 'application/json', 'anthropic-beta': 'b' },
  multiValueHeaders: { 'Content-Type': ['application/json'], 'anthropic-beta': ['a', 'b'] },
  queryStringParameters: { beta: 'true' },
  body: '{"model":"claude-opus-5-5"}',
  isBase64Encoded: false,
  requestContext: { authorizer: { client: 'web' } },
} as unknown as APIGatewayProxyEvent;

test('an API Gateway event becomes the request the client sent', () => {
  const request = lambdaRequest(event, context);
  expect(request).toMatchObject({
    id: '8f5c0a2e-1',
    method: 'POST',
    path: '/v1/messages',
    query: '?beta=true',
    headers: { 'content-type': 'application/json', 'anthropic-beta': 'a, b' },
    client: 'web',
  });
  expect(Buffer.from(request.body).toString()).toBe('{"model":"claude-opus-5-5"}');
});

test('a client that API Gateway knows by its key is named by the id of that key', () => {
  const requestContext = { identity: { apiKeyId: 'k3y1d', apiKey: 'the-key-itself' } };
  const request = lambdaRequest({ ...event, requestContext } as unknown as APIGatewayProxyEvent, context);
  expect(request.client).toBe('k3y1d');
  expect(JSON.stringify(request)).not.toContain('the-key-itself');
});

test('a body in base64 arrives as its bytes', () => {
  const body = Buffer.from([0x7b, 0xc3, 0xa4, 0x7d]);
  const request = lambdaRequest({ ...event, body: body.toString('base64'), isBase64Encoded: true }, context);
  expect(Buffer.from(request.body)).toEqual(body);
});

test('the request ends a second before the function does, so that the last words can be said', () => {
  expect(lambdaRequest(event, context).timeLeftMs).toBe(899_000);
});

test('an event without headers, query, body or authorizer is still a request', () => {
  const bare = { httpMethod: 'GET', path: '/health' } as unknown as APIGatewayProxyEvent;
  expect(lambdaRequest(bare, context)).toMatchObject({ method: 'GET', query: '', headers: {}, client: undefined });
});

test('a query parameter that comes more than once arrives as often', () => {
  const repeated = {
    ...event,
    queryStringParameters: { lifecycle: 'retired', limit: '5' },
    multiValueQueryStringParameters: { lifecycle: ['active', 'retired'], limit: ['5'] },
  };
  expect(lambdaRequest(repeated, context).query).toBe('?lifecycle=active&lifecycle=retired&limit=5');
});

test('the stage, which API Gateway takes from the path, is kept for addresses that clients are given', () => {
  const requestContext = { path: '/prod/v1/messages' };
  const request = lambdaRequest({ ...event, requestContext } as unknown as APIGatewayProxyEvent, context);
  expect(request).toMatchObject({ path: '/v1/messages', headers: { 'x-forwarded-prefix': '/prod' } });
});
