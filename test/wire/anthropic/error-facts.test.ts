import fc from 'fast-check';
import { HOST_ERRORS } from '../../../lambda/hosts/errors/every-error';
import { errorAnswer, errorEventFailure } from './error-fixture';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the facts of an error answer', () => {
  test.each([
    ['anthropic: overloaded', 'anthropic', 'overloaded_error', undefined],
    ['anthropic: enforced spend limit', 'anthropic', 'rate_limit_error', 'enforced_spend_limit_reached'],
    ['bedrock: throttling', 'aws', 'ThrottlingException', undefined],
    ['bedrock: type in the body', 'aws', 'ThrottlingException', undefined],
    ['bedrock: invalid beta flag', 'anthropic', 'invalid_request_error', undefined],
    ['bedrock: expired token without type', 'unknown', '', undefined],
    ['vertex: resource exhausted', 'google', 'RESOURCE_EXHAUSTED', undefined],
    ['vertex: resource exhausted in an array', 'google', 'RESOURCE_EXHAUSTED', undefined],
    ['vertex: api disabled', 'google', 'PERMISSION_DENIED', 'SERVICE_DISABLED'],
    ['vertex: overloaded', 'anthropic', 'overloaded_error', undefined],
    ['foundry: deployment not found', 'azure', 'DeploymentNotFound', undefined],
    ['proxy: bad gateway', 'unknown', '', undefined],
    ['proxy: gateway timeout', 'unknown', '', undefined],
  ])('%s is written by %s', (name, source, type, code) => {
    expect(errorAnswer(name).facts).toMatchObject({ source, type, code });
  });

  test('keep the message of every vendor', () => {
    expect(errorAnswer('anthropic: overloaded').facts.message).toBe('Overloaded');
    expect(errorAnswer('bedrock: type in the body').facts.message).toBe('Rate exceeded');
    expect(errorAnswer('vertex: resource exhausted in an array').facts.message).toMatch(/^Quota exceeded/);
    expect(errorAnswer('foundry: bad request').facts.message).toBe('The request is not valid for this deployment.');
    expect(errorAnswer('bedrock: expired token without type').facts.message).toMatch(/^The security token/);
  });

  test('do not quote a page of HTML', () => {
    expect(errorAnswer('proxy: bad gateway').facts.message).toBe('HTTP 502 without a readable error');
  });

  test('name the AWS exception of an empty body', () => {
    const facts = HOST_ERRORS.readAnswer(429, { 'x-amzn-errortype': 'ThrottlingException' }, new Uint8Array());
    expect(facts).toMatchObject({ source: 'aws', type: 'ThrottlingException' });
  });

  test('are strings, whatever bytes, JSON or header a host sends', () => {
    const body = fc.oneof(
      fc.uint8Array(),
      fc.json().map(bytes),
      fc
        .object({
          key: fc.constantFrom(
            'error',
            'type',
            'message',
            'details',
            'status',
            'code',
            '__type',
            'error_code',
            'reason',
          ),
        })
        .map((value) => bytes(JSON.stringify(value))),
    );
    const headers = fc.dictionary(fc.constantFrom('x-amzn-errortype', 'content-type'), fc.string());
    fc.assert(
      fc.property(fc.integer(), headers, body, (status, given, content) => {
        const facts = HOST_ERRORS.readAnswer(status, given, content);
        expect([typeof facts.type, typeof facts.message]).toEqual(['string', 'string']);
        expect(['string', 'undefined']).toContain(typeof facts.code);
      }),
    );
  });
});

describe('an error inside a 200 stream', () => {
  test.each([
    ['overloaded', 529, 'anthropic', 'overloaded_error'],
    ['rate limit', 429, 'anthropic', 'rate_limit_error'],
    ['api error', 500, 'anthropic', 'api_error'],
    ['authentication', 401, 'anthropic', 'authentication_error'],
    ['permission', 403, 'anthropic', 'permission_error'],
    ['invalid request', 400, 'anthropic', 'invalid_request_error'],
    ['unheard-of type', 500, 'anthropic', 'brand_new_error'],
    ['internalServerException', 500, 'aws', 'InternalServerException'],
    ['modelStreamErrorException', 424, 'aws', 'ModelStreamErrorException'],
    ['validationException', 400, 'aws', 'ValidationException'],
    ['throttlingException', 429, 'aws', 'ThrottlingException'],
    ['modelTimeoutException', 408, 'aws', 'ModelTimeoutException'],
    ['serviceUnavailableException', 503, 'aws', 'ServiceUnavailableException'],
    ['vertex in an array', 503, 'google', 'UNAVAILABLE'],
  ])('%s stands for status %i', (name, status, source, type) => {
    expect(errorEventFailure(name)).toMatchObject({ status, facts: { source, type } });
  });

  test('has an error status whatever its data', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => expect(HOST_ERRORS.readEvent(data).status).toBeGreaterThanOrEqual(400)),
    );
    expect(HOST_ERRORS.readEvent({ type: 'error', error: { type: 'constructor' } }).status).toBe(500);
  });
});
