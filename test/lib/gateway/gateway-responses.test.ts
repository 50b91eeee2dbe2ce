import { App, Stack } from 'aws-cdk-lib';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Template } from 'aws-cdk-lib/assertions';
import { addGatewayResponses } from '../../../lib/gateway/gateway-responses';

interface Response {
  readonly StatusCode?: string;
  readonly ResponseParameters: Record<string, string>;
  readonly ResponseTemplates: Record<string, string>;
}

const stack = new Stack(new App(), 'Stack');
const api = new RestApi(stack, 'Api');
api.root.addMethod('ANY');
addGatewayResponses(api);
const responses = new Map<string, Response>(
  Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::GatewayResponse')).map(({ Properties }) => [
    Properties.ResponseType,
    Properties,
  ]),
);

/** As API Gateway fills it in. */
const answerTo = (type: string) => {
  const template = responses.get(type)?.ResponseTemplates['application/json'] ?? '';
  return JSON.parse(
    template.replace('$context.requestId', 'id-1').replace('$context.error.messageString', '"Unsupported thing"'),
  );
};

it.each([
  ['UNAUTHORIZED', '401', 'authentication_error'],
  ['INVALID_API_KEY', '401', 'authentication_error'],
  ['MISSING_AUTHENTICATION_TOKEN', '401', 'authentication_error'],
  ['ACCESS_DENIED', '403', 'permission_error'],
  ['WAF_FILTERED', '403', 'permission_error'],
  ['REQUEST_TOO_LARGE', '413', 'request_too_large'],
  ['THROTTLED', '429', 'rate_limit_error'],
  ['QUOTA_EXCEEDED', '429', 'rate_limit_error'],
  ['INTEGRATION_TIMEOUT', '504', 'timeout_error'],
  ['DEFAULT_4XX', 'its own status and', 'invalid_request_error'],
  ['DEFAULT_5XX', 'its own status and', 'api_error'],
])('%s is answered %s %s, as Anthropic would', (type, status, errorType) => {
  expect(responses.get(type)?.StatusCode ?? 'its own status and').toBe(status);
  expect(answerTo(type)).toEqual({
    type: 'error',
    error: { type: errorType, message: expect.stringMatching(/.{10,}/) },
    request_id: 'id-1',
  });
});

it('every answer has the header by which SDKs name a request', () => {
  expect(responses.size).toBeGreaterThan(10);
  for (const { ResponseParameters } of responses.values()) {
    expect(ResponseParameters['gatewayresponse.header.request-id']).toBe('context.requestId');
  }
});

it('a client that is too fast hears when to come back, one without quota that it need not', () => {
  expect(responses.get('THROTTLED')?.ResponseParameters).toMatchObject({ 'gatewayresponse.header.retry-after': "'1'" });
  expect(responses.get('QUOTA_EXCEEDED')?.ResponseParameters).toMatchObject({
    'gatewayresponse.header.x-should-retry': "'false'",
  });
});

it('a client without key hears where to put one', () => {
  expect(answerTo('UNAUTHORIZED').error.message).toMatch(/x-api-key or as Authorization: Bearer/);
});
