import type { Fault } from '../../local/hosts';
import { ENV } from './host-setups';
import { useGateway, type Setup, type TestGateway } from './harness';
import { BODY, failoverHeaders, post, STREAMED } from './raw-client';

const start = useGateway();
const TWO_KEYS: Setup = {
  chain: ['anthropic', 'bedrock'],
  hosts: { anthropic: { keys: [{ env: 'ANTHROPIC_KEY' }, { env: 'ANTHROPIC_SECOND_KEY' }] } },
};
const [FIRST, SECOND] = [ENV.ANTHROPIC_KEY, ENV.ANTHROPIC_SECOND_KEY];
const keysSeen = (gateway: TestGateway) => gateway.calls('anthropic').map(({ headers }) => headers['x-api-key']);

const KEY_FAULTS: readonly (readonly [string, Fault])[] = [
  ['rate-limited', { kind: 'rate-limited', retryAfter: 30 }],
  ['credential', { kind: 'expired-credential' }],
  ['billing', { kind: 'billing' }],
  ['quota', { kind: 'spend-limit' }],
  ['permission', { kind: 'model-not-enabled' }],
];

describe.each(KEY_FAULTS)('when one key is in trouble (%s)', (reason, fault) => {
  it.each([
    ['stream', STREAMED],
    ['message', BODY],
  ])('the next key of the host gives the %s, and keeps the requests that follow', async (_, body) => {
    const gateway = await start(TWO_KEYS);
    await gateway.host('anthropic').setFault({ ...fault, key: FIRST } as Fault);
    const first = await post(gateway, body);
    expect(first.status).toBe(200);
    expect(failoverHeaders(first).trace).toBe(`anthropic:${reason}, anthropic:ok`);
    const second = await post(gateway, body);
    expect(failoverHeaders(second).trace).toBe('anthropic:ok');
    expect(keysSeen(gateway)).toEqual([FIRST, SECOND, SECOND]);
    expect(gateway.counts()['bedrock']).toBe(0);
  });

  it('the next host answers once every key was tried', async () => {
    const gateway = await start(TWO_KEYS);
    await gateway.host('anthropic').setFault(fault);
    const first = await post(gateway, BODY);
    expect(failoverHeaders(first).trace).toBe(`anthropic:${reason}, anthropic:${reason}, bedrock:ok`);
    const second = await post(gateway, BODY);
    expect(failoverHeaders(second).trace).toBe(`anthropic:skipped-${reason}, bedrock:ok`);
    expect(keysSeen(gateway)).toEqual([FIRST, SECOND]);
  });
});

it('a key that is free again after a moment is used again before the next host', async () => {
  const gateway = await start(TWO_KEYS);
  await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 0.05, times: 2 });
  const answer = await post(gateway, BODY);
  expect(failoverHeaders(answer).trace).toBe('anthropic:rate-limited, anthropic:rate-limited, anthropic:ok');
});

it('an overload is the host’s, not the key’s: no other key is tried', async () => {
  const gateway = await start(TWO_KEYS);
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  expect(failoverHeaders(await post(gateway, BODY)).trace).toBe('anthropic:overloaded, bedrock:ok');
  expect(keysSeen(gateway)).toEqual([FIRST]);
});
