import { createHash } from 'node:crypto';
import { createFrontCheck } from '../../lambda/gateway/plan/front-check';
import type { RequestHead } from '../../lambda/engine/gateway';

const sha256 = createHash('sha256').update('known to CloudFront alone').digest('hex');
const request = (headers: Record<string, string>): RequestHead => ({
  id: 'gw_1',
  method: 'POST',
  path: '/v1/messages',
  query: '',
  headers,
  client: undefined,
  timeLeftMs: undefined,
});

it('takes what comes through CloudFront', () => {
  const check = createFrontCheck(sha256);
  expect(() => check(request({ 'x-failover-front': 'known to CloudFront alone' }))).not.toThrow();
});

it.each([
  ['comes without the secret', {}],
  ['guesses one', { 'x-failover-front': 'guessed' }],
  ['has a key of a team and no secret', { 'x-api-key': 'key' }],
])('turns away who %s, and says where to ask', (_who, headers) => {
  const check = createFrontCheck(sha256);
  expect(() => check(request(headers))).toThrow(
    expect.objectContaining({ status: 403, message: expect.stringContaining('by its own name') }),
  );
});

it('takes everybody where nothing stands in front', () => {
  expect(() => createFrontCheck(undefined)(request({}))).not.toThrow();
});
