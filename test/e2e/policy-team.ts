import { createHash } from 'node:crypto';
import type { ClientPolicy } from '../../lib/contract';
import { GATEWAY_KEY, type Setup, type TestGateway } from './harness';
import { post } from './raw-client';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A gateway with a team `web` under a policy, and another, with the key `other key`, that is under none. */
export const setupWith = (policy: ClientPolicy, setup: Partial<Setup> = {}): Setup => ({
  chain: ['anthropic', 'bedrock'],
  ...setup,
  config: {
    clients: [
      { name: 'web', keySha256: sha256(GATEWAY_KEY), policy, may: ['last-resort', 'only'] },
      { name: 'other', keySha256: sha256('other key') },
    ],
    ...setup.config,
  },
});

/** Refused as Anthropic refuses, in these words, and no host has heard of it. */
export async function expectDenied(gateway: TestGateway, body: object, why: string | RegExp, init = {}): Promise<void> {
  const before = gateway.counts();
  const { status, json, headers } = await post(gateway, body, init);
  expect(json).toEqual({
    type: 'error',
    error: { type: 'permission_error', message: expect.stringMatching(why) },
    request_id: headers.get('request-id'),
  });
  expect(status).toBe(403);
  expect(gateway.counts()).toEqual(before);
}
