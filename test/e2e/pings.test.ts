import { IMPATIENT, useGateway, type Setup } from './harness';
import { expectCompleteStream, post, STREAMED, textOf } from './raw-client';
import { ASKS, SDKS } from './sdks';

const start = useGateway();
const SETUP: Setup = {
  chain: ['anthropic', 'bedrock'],
  route: { budget: { pingAfterMs: 40 } },
  hosts: { bedrock: { timeouts: IMPATIENT } },
};
const IMPATIENT_PRIMARY: Setup = { ...SETUP, hosts: { ...SETUP.hosts, anthropic: { timeouts: IMPATIENT } } };

function expectPingsFirst(types: readonly string[]): void {
  expect(types.slice(0, 2)).toEqual(['ping', 'ping']);
  const rest = types.slice(types.findIndex((type) => type !== 'ping'));
  expect(rest[0]).toMatch(/^(message_start|error)$/);
}

it('a client hears pings while the model has not begun, and then the whole answer', async () => {
  const gateway = await start(SETUP);
  await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 300 });
  const answer = await post(gateway, STREAMED);
  expectPingsFirst(answer.events.map(({ event }) => event));
  expectCompleteStream(answer);
  expect(textOf(answer)).toMatch(/^You asked: “Hello”.*would show\.$/);
});

it('failover goes on behind the pings', async () => {
  const gateway = await start(IMPATIENT_PRIMARY);
  await gateway.host('anthropic').setFault({ kind: 'hang' });
  const answer = await post(gateway, STREAMED);
  expectPingsFirst(answer.events.map(({ event }) => event));
  expectCompleteStream(answer);
  expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 1 });
});

it('an answer that is given complete comes after pings too', async () => {
  const gateway = await start({ ...SETUP, deltaDelayMs: 15 });
  const answer = await post(gateway, STREAMED, { headers: { 'x-failover-commit': 'complete' } });
  expectPingsFirst(answer.events.map(({ event }) => event));
  expectCompleteStream(answer);
});

it('when every host fails after the first ping, the stream ends with the primary’s error', async () => {
  const gateway = await start(IMPATIENT_PRIMARY);
  await gateway.host('anthropic').setFault({ kind: 'hang' });
  await gateway.host('bedrock').setFault({ kind: 'overloaded' });
  const answer = await post(gateway, STREAMED);
  const types = answer.events.map(({ event }) => event);
  expectPingsFirst(types);
  expect(answer.broken).toBe(false);
  expect(types.filter((type) => type !== 'ping')).toEqual(['error']);
  expect(answer.events.at(-1)?.data).toMatchObject({ type: 'error', error: { type: 'timeout_error' } });
});

it('a request that is wrong ends the pings with its error', async () => {
  const gateway = await start({ ...IMPATIENT_PRIMARY, chain: ['bedrock', 'anthropic'] });
  await gateway.host('bedrock').setFault({ kind: 'hang' });
  await gateway.host('anthropic').setFault({ kind: 'prompt-too-long' });
  const answer = await post(gateway, STREAMED);
  expect(answer.events.at(-1)?.data).toMatchObject({ error: { type: 'invalid_request_error' } });
});

describe.each(Object.entries(SDKS))('%s', (_, sdk) => {
  it('takes the pings for what they are', async () => {
    const gateway = await start(SETUP);
    await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 200 });
    expect((await sdk.connect(gateway.url).stream(ASKS.text)).stop_reason).toBe('end_turn');
  });

  it('throws when the pings end in an error', async () => {
    const gateway = await start(IMPATIENT_PRIMARY);
    await gateway.host('anthropic').setFault({ kind: 'hang' });
    await gateway.host('bedrock').setFault({ kind: 'hang' });
    await expect(sdk.connect(gateway.url).stream(ASKS.text)).rejects.toBeInstanceOf(sdk.errors.APIError);
  });
});
