import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { handler } from '../../../lambda/functions/authorizer';

const KEY = 'gateway-key-0123456789abcdef';
const METHOD = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/v1/messages';
const event = (headers: Record<string, string> | null): APIGatewayRequestAuthorizerEvent =>
  ({ type: 'REQUEST', methodArn: METHOD, headers }) as unknown as APIGatewayRequestAuthorizerEvent;

it.each([
  ['x-api-key', { 'x-api-key': KEY }],
  ['X-Api-Key, as HTTP/1.1 clients write it', { 'X-Api-Key': KEY }],
  ['Authorization: Bearer', { Authorization: `Bearer ${KEY}` }],
  ['authorization: bearer', { authorization: `bearer ${KEY} ` }],
  ['Authorization beside an empty x-api-key', { 'x-api-key': '', authorization: `Bearer ${KEY}` }],
  ['both, of which x-api-key counts', { 'x-api-key': KEY, authorization: 'Bearer another-key-0123456789' }],
])('a key in %s is looked up in the usage plans', async (_where, headers) => {
  await expect(handler(event(headers))).resolves.toMatchObject({ usageIdentifierKey: KEY });
});

it('lets the request through to this method only, and names the key nowhere but where API Gateway looks it up', async () => {
  const { usageIdentifierKey, ...rest } = await handler(event({ 'x-api-key': KEY }));
  expect(usageIdentifierKey).toBe(KEY);
  expect(rest.policyDocument.Statement).toEqual([{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: METHOD }]);
  expect(JSON.stringify(rest)).not.toContain(KEY);
});

it.each([
  ['no headers', null],
  ['no key', { accept: '*/*' }],
  ['an empty key', { 'x-api-key': '' }],
  ['a signature instead of a key', { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121' }],
  ['a key shorter than API Gateway has any', { 'x-api-key': 'guess' }],
  ['a key longer than API Gateway has any', { 'x-api-key': 'x'.repeat(129) }],
])('%s is answered 401', async (_what, headers) => {
  await expect(handler(event(headers))).rejects.toThrow(/^Unauthorized$/);
});

it('a refused key is not repeated in the error, which Lambda logs', async () => {
  await expect(handler(event({ 'x-api-key': 'short-secret' }))).rejects.not.toThrow(/secret/);
});
