import fc from 'fast-check';
import { getEventListeners } from 'node:events';
import { resolveModels } from '../../../lib/catalog/resolve';
import { readAll } from '../../../lambda/engine/bytes';
import type { GatewayResponse } from '../../../lambda/engine/gateway';
import { createGateway } from '../../../lambda/gateway/gateway';
import type { RequestRecord } from '../../../lambda/gateway/telemetry/telemetry';
import { answer, bytes } from '../../fixtures/answers/read-answers';
import { FakeHost, setUpChain, type ChainSetup } from '../fake-host';
import { anyMove, LAST_EVENT, WHOLE, type TroubledMove } from './troubled-moves';
import type { VirtualClock } from '../virtual-clock';

const STEP_MS = 50;

interface Scenario {
  readonly hosts: readonly (readonly TroubledMove[])[];
  readonly keys: number;
  readonly stream: boolean;
  readonly commit: 'first-content' | 'complete';
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  readonly pingAfterMs: number;
}

const scenario: fc.Arbitrary<Scenario> = fc.record({
  hosts: fc.array(fc.array(anyMove, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  keys: fc.nat(2),
  stream: fc.boolean(),
  commit: fc.constantFrom('first-content' as const, 'complete' as const),
  deadlineMs: fc.integer({ min: 1, max: 12_000 }),
  maxAttempts: fc.integer({ min: 1, max: 6 }),
  pingAfterMs: fc.constantFrom(200, 20_000),
});

/** The whole gateway over hosts that do what they are told, in a time of its own. */
function setUp({ hosts, keys, deadlineMs, maxAttempts, pingAfterMs, commit }: Scenario) {
  const names = ['a', 'b', 'c'].slice(0, hosts.length);
  const fakes = hosts.map(
    (moves, index) =>
      new FakeHost(
        names[index]!,
        moves.map(
          ({ move }) =>
            (call, signal) =>
              move(setup.clock)(call, signal),
        ),
        ['k1', 'k2'].slice(0, keys),
      ),
  );
  const setup: ChainSetup = setUpChain(fakes);
  const models = resolveModels(['claude-opus-5-5']);
  const budget = { deadlineMs, headersMs: 2000, firstContentMs: 2500, idleMs: 1000, pingAfterMs, maxAttempts };
  const config = { hosts: [], models: [], routes: [{ chain: names, commit, budget }] };
  const requests: RequestRecord[] = [];
  const { chain } = setup.context.plan;
  const handle = createGateway({
    planner: { config, models, hosts: new Map(chain.map((link) => [link.host.name, link])) },
    state: setup.context.state,
    telemetry: {
      observer: setup.context.state.observer,
      log: () => {},
      request: (record) => requests.push(record),
      refused: () => {},
      alone: () => {},
      note: () => {},
      count: () => {},
      close: () => {},
      fault: (_, error) => {
        throw error;
      },
    },
    orders: undefined,
    cache: undefined,
    shared: undefined,
    pseudonym: () => 'claude-failover-test',
  });
  return { handle, clock: setup.clock, requests, fakes };
}

/** Lets pending work and then time pass, until the promise is through; in how much of that time. */
async function inVirtualTime<T>(clock: VirtualClock, work: Promise<T>): Promise<{ value: T; elapsedMs: number }> {
  const started = clock.now();
  let end: { readonly value: T } | undefined;
  void work.then((value) => (end = { value }));
  for (let step = 0; end === undefined; step += 1) {
    if (step > 2000) throw new Error('the request does not end');
    await new Promise(setImmediate);
    if (end === undefined) clock.advance(STEP_MS);
  }
  return { ...end, elapsedMs: clock.now() - started };
}

async function received(response: Promise<GatewayResponse>) {
  const { status, headers, body } = await response;
  return {
    status,
    headers,
    text: new TextDecoder().decode(body instanceof Uint8Array ? body : await readAll(body, Infinity)),
  };
}

function request(stream: boolean) {
  const body = { model: 'claude-opus-5-5', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }], stream };
  return {
    id: 'gw_1',
    method: 'POST',
    path: '/v1/messages',
    query: '',
    headers: {},
    body: bytes(JSON.stringify(body)),
    client: undefined,
    timeLeftMs: undefined,
  };
}

const ENVELOPE = {
  type: 'error',
  error: { type: expect.stringMatching(/.+/), message: expect.stringMatching(/.+/) },
};
/** Of a host that has said everything but that it has. */
const WITH_OUR_STOP = WHOLE.slice(0, LAST_EVENT) + '\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n';
const PINGS = /event: ping\ndata: \{"type":"ping"\}\n\n/g;

/** One complete message, one complete stream, one error, or one stream that ends in its error: nothing else. */
function expectOneAnswer(stream: boolean, { status, headers, text }: Awaited<ReturnType<typeof received>>): void {
  if (status !== 200) {
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(text)).toMatchObject(ENVELOPE);
    expect(status).toBeGreaterThanOrEqual(400);
    return;
  }
  if (!stream) return expect(JSON.parse(text)).toEqual(answer('text').message);
  const answered = text.replace(PINGS, '');
  // A host may owe the last line ends; the client gets them.
  if (answered.endsWith('\n\n') && answered.trimEnd() === WHOLE.trimEnd()) return;
  if (answered === WITH_OUR_STOP) return;
  const error = /event: error\ndata: (.*)\n\n$/.exec(answered);
  expect(JSON.parse(error?.[1] ?? 'null')).toMatchObject(ENVELOPE);
  const before = answered.slice(0, error?.index);
  expect(WHOLE.startsWith(before)).toBe(true);
  expect(before === '' || before.endsWith('\n\n')).toBe(true);
  expect(before).not.toMatch(/^event: message_stop$/m);
}

test('whatever hosts do, each request ends in one well-formed answer, within its attempts and its deadline', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, fc.integer({ min: 1, max: 3 }), async (setting, times) => {
      const { handle, clock, requests, fakes } = setUp(setting);
      for (let turn = 1; turn <= times; turn += 1) {
        const before = fakes.reduce((sum, { calls }) => sum + calls.length, 0);
        const { signal } = new AbortController();
        const { value, elapsedMs } = await inVirtualTime(clock, received(handle(request(setting.stream), signal)));
        expectOneAnswer(setting.stream, value);
        const attempts = fakes.reduce((sum, { calls }) => sum + calls.length, 0) - before;
        expect(attempts).toBeLessThanOrEqual(setting.maxAttempts);
        // Time goes by in steps here, so that each attempt may begin one step late.
        expect(elapsedMs).toBeLessThanOrEqual(setting.deadlineMs + STEP_MS * (attempts + 1));
        expect(requests).toHaveLength(turn);
        expect(requests.at(-1)?.attempts).toBe(attempts);
        expect(clock.pending).toBe(0);
        expect(getEventListeners(signal, 'abort')).toHaveLength(0);
        clock.advance(700);
      }
    }),
    { numRuns: 400 },
  );
});

test('a client that leaves at any time stops everything, and is told of in one record', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, fc.integer({ min: 0, max: 6000 }), async (setting, leavesMs) => {
      const { handle, clock, requests, fakes } = setUp(setting);
      const leaving = new AbortController();
      let asked = -1;
      const timer = clock.timer(leavesMs, () => {
        leaving.abort();
        asked = fakes.reduce((sum, { calls }) => sum + calls.length, 0);
      });
      await inVirtualTime(clock, received(handle(request(setting.stream), leaving.signal)));
      timer.cancel();
      if (asked >= 0) expect(fakes.reduce((sum, { calls }) => sum + calls.length, 0)).toBe(asked);
      expect(requests).toHaveLength(1);
      expect(requests[0]?.outcome === 'died' && asked >= 0).toBe(false);
      expect(clock.pending).toBe(0);
      expect(getEventListeners(leaving.signal, 'abort')).toHaveLength(0);
    }),
    { numRuns: 300 },
  );
}, 60_000);
