import fc from 'fast-check';
import type { Failure } from '../../../lambda/engine/failure/failure';
import { ANTHROPIC_DIALECT } from '../../../lambda/wire/anthropic/dialect';
import { anthropicError, failureResponse as respond } from '../../../lambda/wire/anthropic/error/envelope';
import { errorAnswer, errorEventFailure, EVERY_ANSWER, httpFailure, judge, LAGGING } from './error-fixture';

const failureResponse = (failure: Failure, id: string, host?: string) =>
  respond({ failure, reason: judge(failure, LAGGING).reason, host }, id);
const errorEvent = (failure: Failure, id: string, host?: string) =>
  ANTHROPIC_DIALECT.errorEvent(failureResponse(failure, id, host));

const ID = 'gw_7f3a';

interface Envelope {
  readonly type: string;
  readonly error: { readonly type: string; readonly message: string };
  readonly request_id: string;
}

const decode = (body: Uint8Array): string => new TextDecoder().decode(body);
const read = ({ body }: { readonly body: Uint8Array }): Envelope => JSON.parse(decode(body)) as Envelope;

describe('an error of the router itself', () => {
  test.each([
    [400, 'invalid_request_error'],
    [401, 'authentication_error'],
    [402, 'billing_error'],
    [403, 'permission_error'],
    [404, 'not_found_error'],
    [409, 'conflict_error'],
    [413, 'request_too_large'],
    [429, 'rate_limit_error'],
    [500, 'api_error'],
    [502, 'api_error'],
    [503, 'api_error'],
    [504, 'timeout_error'],
    [529, 'overloaded_error'],
    [418, 'invalid_request_error'],
    [505, 'api_error'],
  ])('with status %i has the type %s', (status, type) => {
    const response = anthropicError(status, 'model: nope', ID);
    expect(read(response)).toEqual({ type: 'error', error: { type, message: 'model: nope' }, request_id: ID });
    expect(response).toMatchObject({ status, headers: { 'content-type': 'application/json', 'request-id': ID } });
  });
});

describe('a failure in front of the client', () => {
  test("is Anthropic's own error, unmodified, with the headers a client acts on", () => {
    const failure = errorAnswer('anthropic: rate limit');
    const response = failureResponse(
      { ...failure, headers: { ...failure.headers, server: 'x', 'set-cookie': 'y' } },
      ID,
    );
    expect(response.body).toBe(failure.body);
    expect(response.status).toBe(429);
    expect(response.headers).toEqual(failure.headers);
  });

  test('has a request id also where the host gave none', () => {
    const response = failureResponse(errorAnswer('bedrock: invalid beta flag'), ID);
    expect(response.headers['request-id']).toBe('7c1f0f0e-6f5c-4a57-9a43-2f1f6f1d7b0a');
    expect(failureResponse({ kind: 'timeout', timer: 'idle' }, ID).headers['request-id']).toBe(ID);
  });

  test.each([
    ['bedrock: throttling', 429, 'rate_limit_error'],
    ['bedrock: model timeout', 504, 'timeout_error'],
    ['bedrock: internal server', 500, 'api_error'],
    ['bedrock: model error', 500, 'api_error'],
    ['bedrock: model not ready', 529, 'overloaded_error'],
    ['bedrock: validation', 400, 'invalid_request_error'],
    ['bedrock: resource not found', 404, 'not_found_error'],
    ['bedrock: too large', 413, 'request_too_large'],
    ['vertex: resource exhausted', 429, 'rate_limit_error'],
    ['vertex: invalid argument', 400, 'invalid_request_error'],
    ['foundry: rate limit', 429, 'rate_limit_error'],
    ['proxy: bad gateway', 500, 'api_error'],
  ])('%s is translated to %i %s', (name, status, type) => {
    const response = failureResponse(errorAnswer(name), ID, 'cloud');
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toBe('application/json');
    expect(read(response)).toMatchObject({ type: 'error', error: { type } });
  });

  test.each<[string, Failure, number, string]>([
    [
      'a broken connection',
      { kind: 'connection', message: 'connect ECONNREFUSED', elapsedMs: 3 },
      529,
      'overloaded_error',
    ],
    ['a malformed answer', { kind: 'malformed', message: 'not JSON' }, 529, 'overloaded_error'],
    ['a timeout', { kind: 'timeout', timer: 'headers' }, 504, 'timeout_error'],
    ['a missing credential', { kind: 'credential', message: 'no value in secret' }, 502, 'api_error'],
  ])('%s becomes an error of Anthropic', (_, failure, status, type) => {
    const response = failureResponse(failure, ID, 'cloud');
    expect(response.status).toBe(status);
    expect(read(response).error.type).toBe(type);
  });

  test('says that the prompt is too long in the words Claude Code recovers from', () => {
    const response = failureResponse(errorAnswer('bedrock: input too long'), ID, 'bedrock-a');
    expect(read(response).error).toEqual({
      type: 'invalid_request_error',
      message: 'prompt is too long: capability_rejected: prompt_too_long',
    });
  });

  test.each([
    'anthropic: authentication',
    'bedrock: expired token',
    'vertex: unauthenticated',
    'foundry: unauthorized',
  ])("%s is the gateway's fault, not the client's", (name) => {
    const response = failureResponse(errorAnswer(name), ID, 'cloud');
    expect(response.status).toBe(502);
    expect(read(response).error).toEqual({
      type: 'api_error',
      message: "the gateway's credential for host 'cloud' was refused",
    });
  });

  test('never tells account ids or project names', () => {
    const translated = EVERY_ANSWER.filter((name) => errorAnswer(name).facts.source !== 'anthropic');
    for (const name of translated) {
      expect(decode(failureResponse(errorAnswer(name), ID, 'cloud').body)).not.toMatch(/\d{12}|arn:|acme-prod/);
    }
    const kept = read(failureResponse(errorAnswer('bedrock: validation with an arn'), ID, 'cloud'));
    expect(kept.error.message).toBe('The request for … is malformed');
  });

  test("keeps the type and the text of Anthropic's error inside a stream", () => {
    const response = failureResponse(errorEventFailure('overloaded'), ID);
    expect(response.status).toBe(529);
    expect(response.headers['content-type']).toBe('application/json');
    expect(read(response).error).toEqual({ type: 'overloaded_error', message: 'Overloaded' });
  });
});

describe('a failure as the last event of a stream', () => {
  const parse = (event: Uint8Array): unknown => {
    // Not `.`: it stops at U+2028 too, which is no line end in SSE.
    const match = /^event: error\n((?:data: [^\n]*\n)+)\n$/.exec(decode(event));
    return JSON.parse((match?.[1] ?? '').replace(/^data: /gm, ''));
  };

  test("carries Anthropic's whole error, however it was laid out", () => {
    const spread = JSON.stringify(JSON.parse(decode(errorAnswer('anthropic: ramp limit').body)), undefined, 2);
    const failure = httpFailure(429, {}, new TextEncoder().encode(spread));
    expect(parse(errorEvent(failure, ID))).toEqual(JSON.parse(spread));
  });

  test('is one well-formed event whatever the failure says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('ValidationException', 'api_error'),
        (message, type) => {
          const facts = { source: 'aws', type, code: undefined, message } as const;
          const event = parse(errorEvent({ kind: 'stream', status: 400, headers: {}, facts }, ID));
          expect(event).toMatchObject({ type: 'error', request_id: ID });
        },
      ),
    );
  });

  test('is never empty after a cut', () => {
    expect(parse(errorEvent({ kind: 'malformed', message: 'cut' }, ID, 'vertex-eu'))).toEqual({
      type: 'error',
      error: { type: 'overloaded_error', message: "host 'vertex-eu' gave no complete answer" },
      request_id: ID,
    });
  });
});
