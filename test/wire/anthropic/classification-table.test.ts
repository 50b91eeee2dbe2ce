import { CLASSIFICATION_TABLE } from '../../../lambda/hosts/errors/every-error';
import { ANTHROPIC, brief, errorAnswer, EVERY_ANSWER, httpFailure, judge, LAGGING } from './error-fixture';

describe('the verdict on an error answer', () => {
  test.each([
    ['anthropic: overloaded', '4 next overloaded host counts'],
    ['anthropic: overloaded with status 500', '4 next overloaded host counts'],
    ['anthropic: overloaded with status 400', '4 next overloaded host counts'],
    ['anthropic: api error', '5 retry server-error host counts'],
    ['anthropic: cmek context unavailable', '6 retry server-error host counts'],
    ['anthropic: cmek key unreachable', '6 retry server-error host counts'],
    ['anthropic: timeout', '7 next timeout host counts'],
    ['anthropic: rate limit', '8 next rate-limited host cools 7000'],
    ['anthropic: rate limit of hours', '8 next rate-limited host cools 60000'],
    ['anthropic: ramp limit', '9 next rate-limited host cools 3000'],
    ['anthropic: enforced spend limit', '10 next quota operator cools 900000'],
    ['anthropic: contract spend limit', '10 next quota operator cools 900000'],
    ['anthropic: rate limit without retry-after', '10 next quota operator counts rests 900000'],
    ['anthropic: own usage limit', '11 next quota operator cools 900000'],
    ['anthropic: workspace usage limit', '11 next quota operator cools 900000'],
    ['anthropic: credit balance', '12 next billing operator cools 900000'],
    ['anthropic: billing', '12 next billing operator cools 900000'],
    ['anthropic: organization on hold', '13 return permission operator -'],
    ['anthropic: key creator not a member', '13 next permission operator cools 300000'],
    ['anthropic: cmek key disabled', '13 next permission operator cools 300000'],
    ['anthropic: cmek key network blocked', '13 next permission operator cools 300000'],
    ['anthropic: linked organization', '14 return caller request -'],
    ['anthropic: user profile', '14 return caller request -'],
    ['anthropic: authentication', '15 retry credential operator cools 60000'],
    ['anthropic: permission', '16 next permission operator counts rests 300000'],
    ['anthropic: model not found', '17 next not-found operator counts rests 600000'],
    ['anthropic: file expired', '18 return state-bound request -'],
    ['anthropic: file not found', '18 return state-bound request -'],
    ['anthropic: thread not found', '18 return state-bound request -'],
    ['anthropic: prompt too long', '24 return bad-request request -'],
    ['anthropic: thinking signature', '24 return bad-request request -'],
    ['anthropic: extra inputs', '24 return bad-request request -'],
    ['anthropic: too large', '26 return too-large request -'],
    ['anthropic: conflict', '27 retry conflict request -'],
    ['anthropic: unprocessable', '30 return bad-request request -'],
    ['anthropic: compaction unavailable', '35 next overloaded host counts'],
    ['foundry: deployment not found', '17 next not-found operator counts rests 600000'],
    ['foundry: api not supported', '17 next not-found operator counts rests 600000'],
    ['foundry: unauthorized', '15 retry credential operator cools 60000'],
    ['foundry: rate limit', '8 next rate-limited host cools 11500'],
    ['proxy: bad gateway', '6 retry server-error host counts'],
    ['proxy: origin unreachable', '6 next server-error host counts'],
    ['proxy: gateway timeout', '7 next timeout host counts'],
    ['proxy: empty', '5 retry server-error host counts'],
    ['proxy: too many requests', '8 next rate-limited host counts rests 5000'],
    ['proxy: too large', '26 return too-large request -'],
    ['proxy: bad request', '25 next incompatible request -'],
    ['proxy: redirect', '31 next malformed host counts'],
  ])('%s from a host with the schema of Anthropic: %s', (name, expected) => {
    expect(brief(judge(errorAnswer(name), ANTHROPIC))).toBe(expected);
  });

  test.each([
    ['bedrock: internal server', '5 retry server-error host counts'],
    ['bedrock: service unavailable', '6 retry server-error host counts'],
    ['bedrock: model timeout', '7 next timeout host counts'],
    ['bedrock: throttling', '8 next rate-limited host counts rests 5000'],
    ['bedrock: type in the body', '8 next rate-limited host counts rests 5000'],
    ['bedrock: native door throttling', '8 next rate-limited host counts rests 5000'],
    ['bedrock: unrecognized client', '15 retry credential operator cools 60000'],
    ['bedrock: invalid client token', '15 retry credential operator cools 60000'],
    ['bedrock: expired token', '15 retry credential operator cools 60000'],
    ['bedrock: expired token without type', '15 retry credential operator cools 60000'],
    ['bedrock: invalid signature', '15 retry credential operator cools 60000'],
    ['bedrock: incomplete signature', '15 retry credential operator cools 60000'],
    ['bedrock: request expired', '15 retry credential operator cools 60000'],
    ['bedrock: access denied', '16 next permission operator counts rests 300000'],
    ['bedrock: agreement being created', '16 next permission operator counts rests 300000'],
    ['bedrock: resource not found', '17 next not-found operator counts rests 600000'],
    ['bedrock: use case form', '17 next not-found operator counts rests 600000'],
    ['bedrock: service quota', '19 next quota operator counts rests 600000'],
    ['bedrock: not authorized', '19 next host-config operator counts rests 600000'],
    ['bedrock: invalid action', '19 next host-config operator counts rests 600000'],
    ['bedrock: on-demand throughput', '19 next host-config operator counts rests 600000'],
    ['bedrock: model identifier', '19 next host-config operator counts rests 600000'],
    ['bedrock: invalid beta flag', '20 adapt incompatible request -'],
    ['bedrock: invalid beta flag as validation', '20 adapt incompatible request -'],
    ['bedrock: context management', '21 adapt incompatible request -'],
    ['bedrock: extraneous key', '21 adapt incompatible request -'],
    ['bedrock: prompt caching', '21 adapt incompatible request -'],
    ['bedrock: api version', '22 adapt incompatible request -'],
    ['bedrock: thinking signature', '23 next state-bound request -'],
    ['bedrock: signature required', '23 next state-bound request -'],
    ['bedrock: input too long', '25 return bad-request request -'],
    ['bedrock: blocked by the content policy', '25 return bad-request request -'],
    ['bedrock: no access to prompt caching', '21 adapt incompatible request -'],
    ['vertex: prompt too long', '25 return bad-request request -'],
    ['vertex: blocked by the content policy', '25 return bad-request request -'],
    ['bedrock: validation', '25 next incompatible request -'],
    ['bedrock: too large', '26 return too-large request -'],
    ['bedrock: conflict', '27 retry conflict request -'],
    ['bedrock: model error', '28 next model-error host counts'],
    ['bedrock: model stream error', '28 next model-error host counts'],
    ['bedrock: model not ready', '29 next overloaded host counts'],
    ['bedrock: method not allowed', '30 next incompatible request -'],
    ['vertex: overloaded', '4 next overloaded host counts'],
    ['vertex: internal', '5 retry server-error host counts'],
    ['vertex: unavailable', '6 retry server-error host counts'],
    ['vertex: deadline exceeded', '7 next timeout host counts'],
    ['vertex: resource exhausted', '8 next rate-limited host counts rests 5000'],
    ['vertex: resource exhausted in an array', '8 next rate-limited host counts rests 5000'],
    ['vertex: unauthenticated', '15 retry credential operator cools 60000'],
    ['vertex: permission denied', '16 next permission operator counts rests 300000'],
    ['vertex: permission denied with its reason', '16 next credential operator cools 300000'],
    ['vertex: api disabled', '16 next credential operator cools 300000'],
    ['vertex: not found', '17 next not-found operator counts rests 600000'],
    ['vertex: not enabled', '19 next host-config operator counts rests 600000'],
    ['vertex: beta header', '20 adapt incompatible request -'],
    ['vertex: unknown name', '21 adapt incompatible request -'],
    ['vertex: invalid argument', '25 next incompatible request -'],
    ['vertex: cancelled', '30 next incompatible request -'],
    ['foundry: unsupported feature', '25 next incompatible request -'],
  ])('%s from a host whose schema lags: %s', (name, expected) => {
    expect(brief(judge(errorAnswer(name), LAGGING))).toBe(expected);
  });

  test.each([
    'bedrock: validation',
    'vertex: invalid argument',
    'foundry: bad request',
    'foundry: unsupported feature',
  ])('%s is final on no host: the others tell a schema gap from a bad request', (name) => {
    for (const anotherHostLeft of [true, false]) {
      expect(brief(judge(errorAnswer(name), { ...LAGGING, anotherHostLeft }))).toBe('25 next incompatible request -');
    }
  });

  test.each([
    'Operation not allowed',
    'Your account is not authorized to invoke this API operation.',
    "data retention mode 'default' is not available for this model",
    "The provided model doesn't support counting tokens.",
    "messages.1.content.0: tool_reference: Tool 'search' not found in available tools",
    'messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
  ])('Bedrock’s 400 "%s" is for the next host to judge', (message) => {
    const body = new TextEncoder().encode(JSON.stringify({ message }));
    const refusal = httpFailure(400, { 'x-amzn-errortype': 'ValidationException' }, body);
    expect(brief(judge(refusal, LAGGING))).toBe('25 next incompatible request -');
  });

  test.each(['Too many tokens per day, please wait before trying again.', 'You have used all tokens per day.'])(
    'Bedrock’s "%s" rests the host for minutes, at once and for everybody',
    (message) => {
      const body = new TextEncoder().encode(JSON.stringify({ message }));
      for (const type of ['ThrottlingException', ''])
        expect(brief(judge(httpFailure(429, { 'x-amzn-errortype': type }, body), LAGGING))).toBe(
          '10 next quota operator cools 900000',
        );
    },
  );

  test.each([
    'File not found: file_011CNha8iCJcU1wXNR6q4V8w',
    'skill_01AbCdEfGhIjKlMnOpQrStUv: not found',
    'Container not found: container_011CPR5CNjB747bTd36fQLFk',
    'The thread thread_01Xyz does not exist.',
    'user_profile_01Abc was not found',
  ])('a 404 about what one tenant keeps says nothing of the host: %s', (message) => {
    const body = new TextEncoder().encode(
      JSON.stringify({ type: 'error', error: { type: 'not_found_error', message } }),
    );
    for (const situation of [ANTHROPIC, LAGGING])
      expect(brief(judge(httpFailure(404, {}, body), situation))).toBe('18 return state-bound request -');
  });

  test.each(['model: claude-opus-5-5', 'model: claude-batchelor-1', 'Not Found'])(
    'a 404 about anything else still counts against the host: %s',
    (message) => {
      const body = new TextEncoder().encode(
        JSON.stringify({ type: 'error', error: { type: 'not_found_error', message } }),
      );
      expect(brief(judge(httpFailure(404, {}, body), ANTHROPIC))).toBe(
        '17 next not-found operator counts rests 600000',
      );
    },
  );

  test('a prompt that is too long is returned though another host is left', () => {
    const verdict = judge(errorAnswer('bedrock: input too long'), { ...LAGGING, anotherHostLeft: true });
    expect(verdict.action).toBe('return');
  });

  test.each(['anthropic: too large', 'proxy: too large', 'bedrock: too large'])(
    '%s goes to the next host where one is left: each has its own limit',
    (name) => {
      const verdict = judge(errorAnswer(name), { ...LAGGING, anotherHostLeft: true });
      expect(brief(verdict)).toBe('26 next too-large request -');
    },
  );
});

describe('the table', () => {
  test('has no row that none of the error fixtures reaches', () => {
    const answers = EVERY_ANSWER.flatMap((name) => [
      judge(errorAnswer(name), ANTHROPIC).row,
      judge(errorAnswer(name), LAGGING).row,
    ]);
    // No answer came, or none of a host.
    const reached = new Set([1, 2, 36, ...answers]);
    expect(CLASSIFICATION_TABLE.map(({ row }) => row).filter((row) => !reached.has(row))).toEqual([]);
  });
});
