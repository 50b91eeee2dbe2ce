import { CLASSIFICATION_TABLE } from '../../../lambda/hosts/classification-table';
import { ANTHROPIC, brief, errorAnswer, EVERY_ANSWER, judge, LAGGING } from './error-fixture';

describe('the verdict on an error answer', () => {
  test.each([
    ['anthropic: overloaded', '4 next overloaded counts 10000'],
    ['anthropic: overloaded with status 500', '4 next overloaded counts 10000'],
    ['anthropic: overloaded with status 400', '4 next overloaded counts 10000'],
    ['anthropic: api error', '5 retry server-error counts no cooldown'],
    ['anthropic: cmek context unavailable', '6 retry server-error counts no cooldown'],
    ['anthropic: cmek key unreachable', '6 retry server-error counts no cooldown'],
    ['anthropic: timeout', '7 next timeout counts no cooldown'],
    ['anthropic: rate limit', '8 next rate-limited - 7000'],
    ['anthropic: rate limit of hours', '8 next rate-limited - 60000'],
    ['anthropic: ramp limit', '9 next rate-limited - 3000'],
    ['anthropic: enforced spend limit', '10 next quota - 900000'],
    ['anthropic: contract spend limit', '10 next quota - 900000'],
    ['anthropic: rate limit without retry-after', '10 next quota - 900000'],
    ['anthropic: own usage limit', '11 next quota - 900000'],
    ['anthropic: workspace usage limit', '11 next quota - 900000'],
    ['anthropic: credit balance', '12 next billing - 900000'],
    ['anthropic: billing', '12 next billing - 900000'],
    ['anthropic: organization on hold', '13 return permission - no cooldown'],
    ['anthropic: key creator not a member', '13 next permission - 300000'],
    ['anthropic: cmek key disabled', '13 next permission - 300000'],
    ['anthropic: cmek key network blocked', '13 next permission - 300000'],
    ['anthropic: linked organization', '14 return caller - no cooldown'],
    ['anthropic: user profile', '14 return caller - no cooldown'],
    ['anthropic: authentication', '15 retry credential - 60000'],
    ['anthropic: permission', '16 next permission - 300000'],
    ['anthropic: model not found', '17 next not-found - 600000'],
    ['anthropic: file expired', '18 return state-bound - no cooldown'],
    ['anthropic: file not found', '18 return state-bound - no cooldown'],
    ['anthropic: thread not found', '18 return state-bound - no cooldown'],
    ['anthropic: prompt too long', '24 return bad-request - no cooldown'],
    ['anthropic: thinking signature', '24 return bad-request - no cooldown'],
    ['anthropic: extra inputs', '24 return bad-request - no cooldown'],
    ['anthropic: too large', '26 return too-large - no cooldown'],
    ['anthropic: conflict', '27 retry conflict - no cooldown'],
    ['anthropic: unprocessable', '30 return bad-request - no cooldown'],
    ['anthropic: compaction unavailable', '35 next overloaded counts no cooldown'],
    ['foundry: deployment not found', '17 next not-found - 600000'],
    ['foundry: api not supported', '17 next not-found - 600000'],
    ['foundry: unauthorized', '15 retry credential - 60000'],
    ['foundry: rate limit', '8 next rate-limited - 11500'],
    ['proxy: bad gateway', '6 retry server-error counts no cooldown'],
    ['proxy: origin unreachable', '6 next server-error counts no cooldown'],
    ['proxy: gateway timeout', '7 next timeout counts no cooldown'],
    ['proxy: empty', '5 retry server-error counts no cooldown'],
    ['proxy: too many requests', '8 next rate-limited - 5000'],
    ['proxy: too large', '26 return too-large - no cooldown'],
    ['proxy: bad request', '25 return bad-request - no cooldown'],
    ['proxy: redirect', '31 next malformed counts no cooldown'],
  ])('%s from a host with the schema of Anthropic: %s', (name, expected) => {
    expect(brief(judge(errorAnswer(name), ANTHROPIC))).toBe(expected);
  });

  test.each([
    ['bedrock: internal server', '5 retry server-error counts no cooldown'],
    ['bedrock: service unavailable', '6 retry server-error counts no cooldown'],
    ['bedrock: model timeout', '7 next timeout counts no cooldown'],
    ['bedrock: throttling', '8 next rate-limited - 5000'],
    ['bedrock: type in the body', '8 next rate-limited - 5000'],
    ['bedrock: native door throttling', '8 next rate-limited - 5000'],
    ['bedrock: unrecognized client', '15 retry credential - 60000'],
    ['bedrock: invalid client token', '15 retry credential - 60000'],
    ['bedrock: expired token', '15 retry credential - 60000'],
    ['bedrock: expired token without type', '15 retry credential - 60000'],
    ['bedrock: invalid signature', '15 retry credential - 60000'],
    ['bedrock: incomplete signature', '15 retry credential - 60000'],
    ['bedrock: request expired', '15 retry credential - 60000'],
    ['bedrock: access denied', '16 next permission - 300000'],
    ['bedrock: agreement being created', '16 next permission - 300000'],
    ['bedrock: resource not found', '17 next not-found - 600000'],
    ['bedrock: use case form', '17 next not-found - 600000'],
    ['bedrock: service quota', '19 next quota - 600000'],
    ['bedrock: not authorized', '19 next host-config - 600000'],
    ['bedrock: invalid action', '19 next host-config - 600000'],
    ['bedrock: on-demand throughput', '19 next host-config - 600000'],
    ['bedrock: model identifier', '19 next host-config - 600000'],
    ['bedrock: invalid beta flag', '20 adapt incompatible - no cooldown'],
    ['bedrock: invalid beta flag as validation', '20 adapt incompatible - no cooldown'],
    ['bedrock: context management', '21 adapt incompatible - no cooldown'],
    ['bedrock: extraneous key', '21 adapt incompatible - no cooldown'],
    ['bedrock: prompt caching', '21 adapt incompatible - no cooldown'],
    ['bedrock: api version', '22 adapt incompatible - no cooldown'],
    ['bedrock: thinking signature', '23 next state-bound - no cooldown'],
    ['bedrock: signature required', '23 next state-bound - no cooldown'],
    ['bedrock: input too long', '25 return bad-request - no cooldown'],
    ['bedrock: blocked by the content policy', '25 return bad-request - no cooldown'],
    ['bedrock: no access to prompt caching', '21 adapt incompatible - no cooldown'],
    ['vertex: prompt too long', '25 return bad-request - no cooldown'],
    ['vertex: blocked by the content policy', '25 return bad-request - no cooldown'],
    ['bedrock: validation', '25 return bad-request - no cooldown'],
    ['bedrock: too large', '26 return too-large - no cooldown'],
    ['bedrock: conflict', '27 retry conflict - no cooldown'],
    ['bedrock: model error', '28 next model-error counts no cooldown'],
    ['bedrock: model stream error', '28 next model-error counts no cooldown'],
    ['bedrock: model not ready', '29 next overloaded counts 5000'],
    ['bedrock: method not allowed', '30 next incompatible - no cooldown'],
    ['vertex: overloaded', '4 next overloaded counts 10000'],
    ['vertex: internal', '5 retry server-error counts no cooldown'],
    ['vertex: unavailable', '6 retry server-error counts no cooldown'],
    ['vertex: deadline exceeded', '7 next timeout counts no cooldown'],
    ['vertex: resource exhausted', '8 next rate-limited - 5000'],
    ['vertex: resource exhausted in an array', '8 next rate-limited - 5000'],
    ['vertex: unauthenticated', '15 retry credential - 60000'],
    ['vertex: permission denied', '16 next permission - 300000'],
    ['vertex: permission denied with its reason', '16 next credential - 300000'],
    ['vertex: api disabled', '16 next credential - 300000'],
    ['vertex: not found', '17 next not-found - 600000'],
    ['vertex: not enabled', '19 next host-config - 600000'],
    ['vertex: beta header', '20 adapt incompatible - no cooldown'],
    ['vertex: unknown name', '21 adapt incompatible - no cooldown'],
    ['vertex: invalid argument', '25 return bad-request - no cooldown'],
    ['vertex: cancelled', '30 next incompatible - no cooldown'],
    ['foundry: unsupported feature', '25 return bad-request - no cooldown'],
  ])('%s from a host whose schema lags: %s', (name, expected) => {
    expect(brief(judge(errorAnswer(name), LAGGING))).toBe(expected);
  });

  test.each([
    'bedrock: validation',
    'vertex: invalid argument',
    'foundry: bad request',
    'foundry: unsupported feature',
  ])('%s goes to a host with the schema of Anthropic where one is left', (name) => {
    const verdict = judge(errorAnswer(name), { ...LAGGING, currentSchemaHostLeft: true });
    expect(brief(verdict)).toBe('25 next incompatible - no cooldown');
  });

  test('a prompt that is too long is returned though another host is left', () => {
    const verdict = judge(errorAnswer('bedrock: input too long'), { ...LAGGING, currentSchemaHostLeft: true });
    expect(verdict.action).toBe('return');
  });

  test.each(['anthropic: too large', 'proxy: too large', 'bedrock: too large'])(
    '%s goes to a host that takes larger bodies where one is left',
    (name) => {
      const verdict = judge(errorAnswer(name), { ...LAGGING, largerHostLeft: true });
      expect(brief(verdict)).toBe('26 next too-large - no cooldown');
    },
  );
});

describe('the table', () => {
  test('has no row that none of the error fixtures reaches', () => {
    const answers = EVERY_ANSWER.flatMap((name) => [
      judge(errorAnswer(name), ANTHROPIC).row,
      judge(errorAnswer(name), LAGGING).row,
    ]);
    const reached = new Set([1, 2, ...answers]);
    expect(CLASSIFICATION_TABLE.map(({ row }) => row).filter((row) => !reached.has(row))).toEqual([]);
  });
});
