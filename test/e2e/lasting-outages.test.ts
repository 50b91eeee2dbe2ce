import type { Fault } from '../../local/hosts';
import { IMPATIENT, useGateway, type TestGateway } from './harness';
import type { HostName } from './host-setups';
import { BODY, failoverHeaders, post, STREAMED } from './raw-client';

const start = useGateway();

/** Hosts that answered, one after the other; `cut` where the client got a stream that broke off. */
async function served(gateway: TestGateway, requests: number, body: object = STREAMED): Promise<string[]> {
  const hosts: string[] = [];
  for (let request = 0; request < requests; request++) {
    const answer = await post(gateway, body);
    const isCut = answer.events.some(({ event }) => event === 'error');
    hosts.push(isCut ? 'cut' : (failoverHeaders(answer).host ?? String(answer.status)));
  }
  return hosts;
}

describe('streams that die after their first content', () => {
  const DEATHS: readonly (readonly [what: string, fault: Fault])[] = [
    ['a reset connection', { kind: 'cut', afterEvents: 3 }],
    ['an overload', { kind: 'error-in-stream', afterEvents: 3, error: 'overloaded' }],
    ['a stall', { kind: 'stall', afterEvents: 3 }],
    ['a malformed event', { kind: 'malformed-event', afterEvents: 3 }],
    ['an early end', { kind: 'end-without-stop', afterEvents: 3 }],
  ];

  it.each(DEATHS)('of %s lose the host its conversations after a few', async (_, fault) => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'], hosts: { anthropic: { timeouts: IMPATIENT } } });
    await gateway.host('anthropic').setFault(fault);
    const hosts = await served(gateway, 30);
    expect(hosts.filter((host) => host === 'cut').length).toBeLessThanOrEqual(2);
    expect(hosts.slice(2)).toEqual(Array(28).fill('bedrock'));
  });

  it('of Bedrock’s event stream, in an exception frame, do so too', async () => {
    const gateway = await start({ chain: ['bedrock-invoke', 'anthropic'] });
    await gateway.host('bedrock-invoke').setFault({ kind: 'throttling', afterEvents: 3 });
    const hosts = await served(gateway, 8);
    expect(hosts.slice(2)).toEqual(Array(6).fill('anthropic'));
  });

  it('are told by the health endpoint', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'] });
    await gateway.host('anthropic').setFault({ kind: 'cut', afterEvents: 3 });
    await served(gateway, 4);
    const health: unknown = await (await fetch(`${gateway.url}/health`)).json();
    expect(health).toMatchObject({
      status: 'degraded',
      hosts: [{ name: 'anthropic', serving: false }, { serving: true }],
    });
  });
});

describe('three hosts down, each in its own way, and a healthy fourth', () => {
  const CHAIN: readonly HostName[] = ['anthropic', 'bedrock', 'foundry', 'vertex'];
  it.each([
    ['a stream', STREAMED],
    ['a message', BODY],
  ])('serve %s from the first request on', async (_, body) => {
    const gateway = await start({ chain: CHAIN });
    await gateway.host('anthropic').setFault({ kind: 'refused' });
    await gateway.host('bedrock').setFault({ kind: 'server-error' });
    await gateway.host('foundry').setFault({ kind: 'unavailable' });
    expect(await served(gateway, 5, body)).toEqual(Array(5).fill('vertex'));
  });
});

it('in an outage of all hosts, no host is asked much more often than once a request', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock', 'vertex'] });
  for (const name of ['anthropic', 'bedrock', 'vertex'] as const) {
    await gateway.host(name).setFault({ kind: 'server-error' });
  }
  const requests = 30;
  await served(gateway, requests, BODY);
  for (const name of ['anthropic', 'bedrock', 'vertex'] as const) {
    expect(gateway.calls(name).length / requests).toBeLessThanOrEqual(1.2);
  }
});

it.each<[string, Fault]>([
  ['overload', { kind: 'overloaded', rate: 0.01 }],
  ['internal error', { kind: 'server-error', rate: 0.01 }],
  ['rate limit without a time', { kind: 'rate-limited', retryAfter: 0, rate: 0.01 }],
  ['page of a proxy', { kind: 'html', rate: 0.01 }],
  ['missing model', { kind: 'not-found-model', rate: 0.01 }],
])('one %s in a hundred requests keeps no other request from the primary', async (_, fault) => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'] });
  await gateway.host('anthropic').setFault(fault);
  const hosts = await served(gateway, 200, BODY);
  expect(hosts.filter((host) => host !== 'anthropic').length).toBeLessThanOrEqual(2);
});

it('Claude Code is told in its own words to do without system messages where the only host left refuses them', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock', 'vertex'] });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  await gateway.host('bedrock').setFault({ kind: 'overloaded' });
  await gateway.host('vertex').setFault({ kind: 'unknown-field', field: 'messages', times: 1 });
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'system', content: 'Agents: none' },
  ];
  const refused = await post(gateway, { ...BODY, messages });
  expect(refused.status).toBe(400);
  // The words by which Claude Code sends it again without such messages.
  expect(refused.json).toMatchObject({ error: { message: expect.stringMatching(/role .{0,2}system.*not supported/) } });
  expect(failoverHeaders(await post(gateway, { ...BODY, messages: messages.slice(0, 1) })).host).toBe('vertex');
});
