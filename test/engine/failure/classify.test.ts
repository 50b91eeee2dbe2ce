import fc from 'fast-check';
import type { Situation } from '../../../lambda/engine/failure/classify';
import { ANYTHING_ELSE } from '../../../lambda/engine/failure/generic-rows';
import { CLASSIFICATION_TABLE } from '../../../lambda/hosts/errors/every-error';
import type { Failure } from '../../../lambda/engine/failure/failure';
import {
  ANTHROPIC,
  brief,
  errorAnswer,
  errorEventFailure,
  EVERY_ANSWER,
  httpFailure,
  judge,
  LAGGING,
} from '../../wire/anthropic/error-fixture';

const MINUTE = 60_000;

describe('the verdict where status and body disagree', () => {
  test.each([
    ['anthropic: rate limit', 8],
    ['anthropic: ramp limit', 9],
    ['anthropic: enforced spend limit', 10],
    ['anthropic: contract spend limit', 10],
    ['anthropic: billing', 12],
    ['anthropic: authentication', 15],
    ['anthropic: permission', 16],
    ['anthropic: model not found', 17],
    ['anthropic: file expired', 18],
    ['anthropic: thread not found', 18],
    ['anthropic: too large', 26],
    ['anthropic: conflict', 27],
    ['anthropic: timeout', 7],
    ['anthropic: api error', 5],
    ['bedrock: throttling', 8],
    ['bedrock: unrecognized client', 15],
    ['bedrock: expired token', 15],
    ['bedrock: access denied', 16],
    ['bedrock: resource not found', 17],
    ['bedrock: model error', 28],
    ['bedrock: model stream error', 28],
    ['bedrock: model timeout', 7],
    ['bedrock: service unavailable', 6],
    ['bedrock: internal server', 5],
    ['vertex: resource exhausted', 8],
    ['vertex: unauthenticated', 15],
    ['vertex: permission denied', 16],
    ['vertex: not found', 17],
    ['vertex: deadline exceeded', 7],
    ['vertex: unavailable', 6],
    ['vertex: internal', 5],
    ['foundry: deployment not found', 17],
    ['foundry: api not supported', 17],
  ])('%s behind a status of 400 is still row %i', (name, row) => {
    expect(judge({ ...errorAnswer(name), status: 400 }, ANTHROPIC).row).toBe(row);
  });

  test.each([
    [401, 15],
    [402, 12],
    [403, 16],
    [404, 17],
    [408, 7],
    [409, 27],
    [413, 26],
    [424, 28],
    [429, 8],
    [500, 5],
    [502, 6],
    [503, 6],
    [504, 7],
    [529, 4],
  ])('%i without a body is row %i', (status, row) => {
    expect(judge(httpFailure(status, {}, new Uint8Array()), ANTHROPIC).row).toBe(row);
  });

  test('a request that a proxy rejects is tried elsewhere, also in front of a host with the schema of Anthropic', () => {
    const verdict = judge({ ...errorAnswer('proxy: bad request'), status: 405 }, ANTHROPIC);
    expect(brief(verdict)).toBe('30 next incompatible request -');
  });

  test('a request that a lagging host cannot process is tried elsewhere', () => {
    expect(judge(errorAnswer('anthropic: unprocessable'), LAGGING).action).toBe('next');
  });

  test('a project that is called after files is not state of one host', () => {
    const body = '{"error":{"code":404,"status":"NOT_FOUND","message":"`projects/file-service/x` was not found"}}';
    const verdict = judge(httpFailure(404, {}, new TextEncoder().encode(body)), LAGGING);
    expect(verdict).toMatchObject({ row: 17, action: 'next' });
  });

  test.each(['bedrock: invalid beta flag', 'bedrock: api version', 'bedrock: context management'])(
    '%s is the fault of the request where the schema does not lag',
    (name) => {
      expect(brief(judge(errorAnswer(name), ANTHROPIC))).toBe('24 return bad-request request -');
    },
  );

  test.each([
    ['SignatureDoesNotMatch', 15],
    ['InternalFailure', 5],
  ])('the AWS name %s is row %i', (type, row) => {
    expect(judge(httpFailure(400, { 'x-amzn-errortype': type }, new Uint8Array()), LAGGING).row).toBe(row);
  });
});

describe('the verdict on an error inside a 200 stream', () => {
  test.each([
    ['overloaded', '4 next overloaded host counts'],
    ['rate limit', '8 next rate-limited host counts rests 5000'],
    ['api error', '5 retry server-error host counts'],
    ['authentication', '15 retry credential operator cools 60000'],
    ['permission', '16 next permission operator counts rests 300000'],
    ['invalid request', '24 return bad-request request -'],
    ['unheard-of type', '5 retry server-error host counts'],
    ['internalServerException', '5 retry server-error host counts'],
    ['modelStreamErrorException', '28 next model-error host counts'],
    ['validationException', '25 return bad-request request -'],
    ['throttlingException', '8 next rate-limited host counts rests 5000'],
    ['modelTimeoutException', '7 next timeout host counts'],
    ['serviceUnavailableException', '6 retry server-error host counts'],
    ['vertex in an array', '6 retry server-error host counts'],
  ])('%s is the one on its type: %s', (name, expected) => {
    expect(brief(judge(errorEventFailure(name), ANTHROPIC))).toBe(expected);
  });
});

describe('the verdict where no error came', () => {
  test.each<[string, Failure, string]>([
    [
      'a connection that failed at once',
      { kind: 'connection', message: 'ECONNRESET', elapsedMs: 999 },
      '1 retry connection host counts',
    ],
    [
      'a connection that failed late',
      { kind: 'connection', message: 'ECONNRESET', elapsedMs: 1000 },
      '1 next connection host counts',
    ],
    ['no headers in time', { kind: 'timeout', timer: 'headers' }, '2 next timeout host counts'],
    ['no content in time', { kind: 'timeout', timer: 'first-content' }, '2 next timeout host counts'],
    ['silence', { kind: 'timeout', timer: 'idle' }, '2 next timeout host counts'],
    [
      'a wait that the client itself had cut short',
      { kind: 'timeout', timer: 'headers', isHasty: true },
      '2 next timeout client -',
    ],
    ['an exception of ours', { kind: 'fault', message: 'RangeError' }, '36 next fault request -'],
    ['the end of the deadline', { kind: 'timeout', timer: 'deadline' }, '2 return timeout client -'],
    ['a 200 that is no Message', { kind: 'malformed', message: 'not JSON' }, '31 next malformed host counts'],
    ['no usable credential', { kind: 'credential', message: 'no token' }, '15 next credential operator cools 60000'],
  ])('%s: %s', (_, failure, expected) => {
    expect(brief(judge(failure, ANTHROPIC))).toBe(expected);
  });
});

describe('a verdict', () => {
  test('tells what the host asked for beside the capped cooldown', () => {
    const verdict = judge(errorAnswer('anthropic: rate limit of hours'), ANTHROPIC);
    expect(verdict).toMatchObject({ retryAfterMs: 14_400_000, cooldownMs: MINUTE });
  });

  test('rests an unavailable host for as long as it asks, once such failures have opened its breaker', () => {
    const verdict = judge(httpFailure(503, { 'retry-after': '20' }, new Uint8Array()), ANTHROPIC);
    expect(verdict).toMatchObject({ action: 'retry', cooldownMs: undefined, restMs: 20_000 });
  });

  test.each([
    [429, 'rate_limit_error'],
    [503, 'api_error'],
    [529, 'overloaded_error'],
  ])('never believes that a host of %i will be away for days', (status, type) => {
    const body = new TextEncoder().encode(JSON.stringify({ type: 'error', error: { type, message: '' } }));
    const { cooldownMs, restMs } = judge(httpFailure(status, { 'retry-after': '604800' }, body), ANTHROPIC);
    expect(cooldownMs ?? restMs).toBe(MINUTE);
  });

  test('cools at once only what is sure for everybody: one overload, 5xx, timeout, 403 or 404 is bad luck', () => {
    const cooling = EVERY_ANSWER.flatMap((name) =>
      [ANTHROPIC, LAGGING].map((situation) => judge(errorAnswer(name), situation)),
    ).filter(({ cooldownMs }) => cooldownMs !== undefined);
    const reasons = new Set(cooling.map(({ row, reason }) => `${row} ${reason}`));
    expect([...reasons].sort()).toEqual([
      '10 quota',
      '11 quota',
      '12 billing',
      '13 permission',
      '15 credential',
      '16 credential',
      '8 rate-limited',
      '9 rate-limited',
    ]);
    expect(
      cooling.filter(({ reason, retryAfterMs }) => reason === 'rate-limited' && retryAfterMs === undefined),
    ).toEqual([]);
  });

  test('charges no failure of the request or the client to a host', () => {
    const charged = [...CLASSIFICATION_TABLE, ANYTHING_ELSE].filter(
      ({ owner, counts, cooldownMs }) => (owner === 'request' || owner === 'client') && (counts || cooldownMs),
    );
    expect(charged).toEqual([]);
  });

  test('asks for a fresh credential where the old one was refused, and only there', () => {
    const refreshing = EVERY_ANSWER.filter((name) => judge(errorAnswer(name), LAGGING).refreshCredential);
    expect(refreshing.map((name) => judge(errorAnswer(name), LAGGING).reason)).toEqual(
      refreshing.map(() => 'credential'),
    );
    expect(refreshing).toContain('bedrock: expired token');
    expect(refreshing).not.toContain('bedrock: access denied');
  });

  test('returns a conflict that a retry did not solve, and moves on from all else that was retried', () => {
    expect(judge(errorAnswer('anthropic: conflict'), ANTHROPIC).whenRetriesUsed).toBe('return');
    expect(judge(errorAnswer('anthropic: api error'), ANTHROPIC).whenRetriesUsed).toBe('next');
    expect(judge(errorAnswer('bedrock: invalid beta flag'), LAGGING).whenRetriesUsed).toBe('next');
  });

  test('ends a spend limit with the month when that is near', () => {
    const now = Date.UTC(2026, 11, 31, 23, 55, 0);
    const verdict = judge(errorAnswer('anthropic: enforced spend limit'), { ...ANTHROPIC, now });
    expect(verdict.cooldownMs).toBe(5 * MINUTE);
  });

  test('does not take a rate limit inside a stream for a spent tier', () => {
    expect(judge(errorEventFailure('rate limit'), ANTHROPIC).reason).toBe('rate-limited');
  });

  test('never counts what it cools for minutes: the cooldown keeps the host out', () => {
    const long = CLASSIFICATION_TABLE.filter(({ cooldownMs = 0 }) => cooldownMs >= MINUTE);
    expect(long.filter(({ counts }) => counts)).toEqual([]);
  });

  test('is valid for any answer', () => {
    const rows = new Set([...CLASSIFICATION_TABLE, ANYTHING_ELSE].map(({ row }) => row));
    const body = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => new TextEncoder().encode(text)),
    );
    const headers = fc.dictionary(fc.constantFrom('retry-after', 'retry-after-ms', 'x-amzn-errortype'), fc.string());
    const situation = fc.record<Situation>({
      schema: fc.constantFrom('current', 'lagging'),
      anotherHostLeft: fc.boolean(),
      now: fc.integer({ min: 0, max: 4e12 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 1000 }), headers, body, situation, (status, given, content, facts) => {
        const verdict = judge(httpFailure(status, given, content), facts);
        expect(rows).toContain(verdict.row);
        expect(verdict.cooldownMs ?? 0).toBeGreaterThanOrEqual(0);
        expect(verdict.cooldownMs ?? 0).toBeLessThanOrEqual(15 * MINUTE);
      }),
    );
  });
});
