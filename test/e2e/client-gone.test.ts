import type { Fault } from '../../local/hosts';
import { until } from '../local/hosts/caller';
import { GATEWAY_KEY, useGateway, type Setup, type TestGateway } from './harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED } from './raw-client';

const start = useGateway();
const SETUP: Setup = { chain: ['anthropic', 'bedrock'], route: { budget: { pingAfterMs: 50 } } };

/** Leaves as soon as the host has been asked so often. */
async function leaveDuring(gateway: TestGateway, body: object, requests = 1): Promise<void> {
  const leaving = new AbortController();
  const answer = post(gateway, body, { signal: leaving.signal }).then(({ broken }) => broken);
  await until(() => gateway.calls('anthropic').length === requests, 'the host is asked');
  leaving.abort();
  expect(await answer.catch(() => true)).toBe(true);
}

const WAITING: Readonly<Record<string, Fault>> = {
  'the host hangs': { kind: 'hang' },
  'the host has sent nothing but headers': { kind: 'hang-after-headers' },
  'the model has not begun': { kind: 'slow-first-token', ms: 5000 },
};

describe.each([
  ['stream', STREAMED],
  ['message', BODY],
])('a client that asked for a %s and leaves', (_, body) => {
  it.each(Object.entries(WAITING))(
    'while %s: the host’s work is stopped and no other is asked',
    async (_name, fault) => {
      const gateway = await start(SETUP);
      await gateway.host('anthropic').setFault(fault);
      await leaveDuring(gateway, body);
      await until(() => gateway.host('anthropic').requests[0]?.aborted === true, 'the host sees the client leave');
      expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 0 });
    },
  );

  it('in the middle of the answer: the host’s work is stopped and no other is asked', async () => {
    const gateway = await start({ ...SETUP, deltaDelayMs: 400 });
    const leaving = new AbortController();
    const answer = post(gateway, body, { signal: leaving.signal }).catch(() => undefined);
    await until(() => (gateway.host('anthropic').requests[0]?.sent ?? 0) > 0, 'the answer begins');
    leaving.abort();
    await answer;
    await until(() => gateway.host('anthropic').requests[0]?.aborted === true, 'the host sees the client leave');
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 0 });
  });

  it('during the wait for a rate limit: the host is not asked again', async () => {
    const gateway = await start(SETUP);
    await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 0.3 });
    await leaveDuring(gateway, body);
    // By the time this has been answered, the wait would be over.
    await gateway.host('bedrock').setFault({ kind: 'slow-first-token', ms: 400 });
    expect((await post(gateway, body)).status).toBe(200);
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 1 });
  });

  it('does not count against the host', async () => {
    const gateway = await start(SETUP);
    await gateway.host('anthropic').setFault({ kind: 'hang', times: 5 });
    for (let times = 1; times <= 5; times += 1) await leaveDuring(gateway, body, times);
    const answer = await post(gateway, STREAMED);
    expectCompleteStream(answer);
    expect(failoverHeaders(answer).trace).toBe('anthropic:ok');
  });
});

it('a client that leaves while it hears pings stops the host’s work too', async () => {
  const gateway = await start(SETUP);
  await gateway.host('anthropic').setFault({ kind: 'hang' });
  const leaving = new AbortController();
  const { body } = await fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': GATEWAY_KEY, 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(STREAMED),
    signal: leaving.signal,
  });
  const first = await body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toBe('event: ping\ndata: {"type":"ping"}\n\n');
  leaving.abort();
  await until(() => gateway.host('anthropic').requests[0]?.aborted === true, 'the host sees the client leave');
  expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 0 });
});
