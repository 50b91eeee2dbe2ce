import type { Fault } from '../../local/hosts';
import { HOST_NAMES, type HostName } from './host-setups';
import { OWN_ID } from './front-door';
import { IMPATIENT, useGateway, type TestGateway } from './harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED, textOf } from './raw-client';
import { ASKS, SDKS } from './sdks';

const start = useGateway();

/** What happens to a host in the middle of its answer. */
const DEATHS: Readonly<Record<string, Fault>> = {
  'is cut': { kind: 'cut' },
  'falls silent': { kind: 'stall' },
  'ends in the middle': { kind: 'end-without-stop', afterEvents: 3 },
  'has an event with broken JSON': { kind: 'malformed-event' },
  'tells an overload': { kind: 'error-in-stream', afterEvents: 3 },
  'tells an internal error': { kind: 'error-in-stream', afterEvents: 3, error: 'server-error' },
};

async function dying(primary: HostName, fault: Fault): Promise<TestGateway> {
  const fallback = primary === 'anthropic' ? 'bedrock' : 'anthropic';
  const timeouts = fault.kind === 'stall' ? { ...IMPATIENT, headersMs: 6000, firstContentMs: 6000 } : {};
  const hosts = { [primary]: { timeouts, retry: { quickRetries: 0 } } };
  const gateway = await start({ chain: [primary, fallback], hosts });
  await gateway.host(primary).setFault(fault);
  return gateway;
}

describe.each(HOST_NAMES)('when the committed answer of %s', (primary) => {
  const fallback = primary === 'anthropic' ? 'bedrock' : 'anthropic';

  describe.each(Object.entries(DEATHS))('%s', (_, fault) => {
    it('an SDK throws, and never takes it for a complete answer', async () => {
      const gateway = await dying(primary, fault);
      for (const sdk of Object.values(SDKS)) {
        const streaming = sdk.connect(gateway.url).stream(ASKS.text);
        // The clients themselves refuse JSON that is none.
        const thrown = fault.kind === 'malformed-event' ? Error : sdk.errors.APIError;
        await expect(streaming).rejects.toBeInstanceOf(thrown);
      }
      expect(gateway.counts()).toEqual({ [primary]: 2, [fallback]: 0 });
    });

    it('a client that wants it complete gets all of it from the next host', async () => {
      const gateway = await dying(primary, fault);
      const answer = await post(gateway, STREAMED, { headers: { 'x-failover-commit': 'complete' } });
      expectCompleteStream(answer);
      expect(textOf(answer)).toMatch(/^You asked: “Hello”.*would show\.$/);
      expect(failoverHeaders(answer)).toMatchObject({ host: fallback, attempts: '2' });
      expect(gateway.counts()).toEqual({ [primary]: 1, [fallback]: 1 });
    });

    it('a client that did not ask for a stream gets the next host’s message', async () => {
      const gateway = await dying(primary, fault);
      const answer = await post(gateway, BODY);
      expect(answer.json).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
      expect(textOf(answer)).toMatch(/^You asked: “Hello”.*would show\.$/);
      expect(failoverHeaders(answer)).toMatchObject({ host: fallback, attempts: '2' });
    });
  });
});

describe.each(['cut', 'stall', 'end-without-stop'] as const)('a stream that dies by %s', (kind) => {
  it('ends with one well-formed error event, after whole events only', async () => {
    const gateway = await dying('anthropic', { kind, afterEvents: 3 });
    const answer = await post(gateway, STREAMED);
    const types = answer.events.map(({ event }) => event);
    expect(answer.broken).toBe(false);
    expect(types.slice(0, 2)).toEqual(['message_start', 'content_block_start']);
    expect(types.filter((type) => type === 'error' || type === 'message_stop')).toEqual(['error']);
    expect(answer.events.at(-1)?.data).toEqual({
      type: 'error',
      error: {
        type: expect.stringMatching(/^(overloaded|timeout)_error$/),
        message: expect.stringContaining("'anthropic'"),
      },
      request_id: expect.stringMatching(OWN_ID),
    });
  });
});

it.each(HOST_NAMES)(
  'a stream of %s that lacks nothing but message_stop is complete, whoever asked for it',
  async (name) => {
    const gateway = await dying(name, { kind: 'end-without-stop' });
    for (const commit of ['first-content', 'complete']) {
      expectCompleteStream(await post(gateway, STREAMED, { headers: { 'x-failover-commit': commit } }));
    }
    expect((await post(gateway, BODY)).json).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
    expect(gateway.counts()[name]).toBe(3);
  },
);

it('the host’s own error is told in the only error event, in its own words', async () => {
  const gateway = await dying('anthropic', { kind: 'error-in-stream', afterEvents: 3 });
  const { events, broken } = await post(gateway, STREAMED);
  expect(broken).toBe(false);
  const errors = events.filter(({ event }) => event === 'error');
  expect(errors).toHaveLength(1);
  expect(errors[0]?.data).toMatchObject({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
  expect(events.at(-1)?.event).toBe('error');
});

it('a route may want every answer complete, without a header', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'], route: { commit: 'complete' } });
  await gateway.host('anthropic').setFault({ kind: 'cut', afterEvents: 6 });
  const answer = await post(gateway, STREAMED);
  expectCompleteStream(answer);
  expect(failoverHeaders(answer).host).toBe('bedrock');
});
