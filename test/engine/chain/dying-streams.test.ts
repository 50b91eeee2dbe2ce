import { runChain } from '../../../lambda/engine/chain/chain';
import type { ChainOutcome } from '../../../lambda/engine/chain/chain-context';
import { HostError, type HostAnswer } from '../../../lambda/engine/host';
import { encodeSse } from '../../../lambda/wire/sse-events';
import { answer, bytes } from '../../fixtures/answers/read-answers';
import { answers, FakeHost, setUpChain, type ChainSetup, type Move } from '../fake-host';
import { again, inVirtualTime, serve, serveMany, stateOf } from './run-chain';

const { sse } = answer('text');
const START = sse.slice(0, sse.indexOf('event: content_block_stop'));
const TOKEN = new TextDecoder().decode(
  encodeSse(
    'content_block_delta',
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"more "}}',
  ),
);

type End = (signal: AbortSignal) => AsyncGenerator<Uint8Array>;

/** Twenty tokens of an answer, and then what becomes of it. */
function breaksOff(end: End): Move {
  return (_call, signal): HostAnswer => {
    async function* body() {
      yield bytes(START + TOKEN.repeat(20));
      yield* end(signal);
    }
    return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: body(), dropped: [] };
  };
}

const untilAborted: End = async function* (signal) {
  await new Promise((_resolve, reject) => {
    const give = () => reject(new HostError('connection', 'aborted'));
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
  });
  yield bytes('');
};

const ENDS: Readonly<Record<string, readonly [End, reason: string]>> = {
  'is reset': [
    async function* () {
      yield bytes(TOKEN);
      throw new HostError('connection', 'ECONNRESET');
    },
    'connection',
  ],
  'ends early': [
    async function* () {
      yield bytes(TOKEN);
    },
    'malformed',
  ],
  'tells of an overload': [
    async function* () {
      yield encodeSse('error', '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}');
    },
    'overloaded',
  ],
  'tells of an exception': [
    async function* () {
      yield encodeSse('error', '{"type":"error","error":{"type":"api_error","message":"Internal"}}');
    },
    'server-error',
  ],
  'tells of an invalid request': [
    async function* () {
      yield encodeSse('error', '{"type":"error","error":{"type":"invalid_request_error","message":"?"}}');
    },
    // Too late for that: it had taken the request.
    'malformed',
  ],
  'has an event that is no JSON': [
    async function* () {
      yield bytes('event: content_block_delta\ndata: {"type":"content_bl\n\n');
      yield bytes(sse.slice(START.length));
    },
    'malformed',
  ],
  stalls: [untilAborted, 'timeout'],
};

describe.each(Object.keys(ENDS))('a primary of which every stream %s after twenty tokens', (how) => {
  const [end, reason] = ENDS[how]!;

  test('loses two answers, has to show whole ones after that, and is left: the next host serves the rest', async () => {
    const hosts = [new FakeHost('a', [breaksOff(end)]), new FakeHost('b', [answers])];
    const setup = setUpChain(hosts);
    const served = await serveMany(setup, 30);
    const failed = served.filter(({ isWhole }) => !isWhole);
    expect(failed.length).toBeLessThanOrEqual(2);
    for (const { text, trace } of failed) {
      expect(text.match(/event: error\n/g)).toHaveLength(1);
      expect(trace).toBe(`a:ok, a:${reason}`);
    }
    expect(served.slice(2).map(({ host }) => host)).toEqual(served.slice(2).map(() => 'b'));
    expect(hosts[0]!.calls.length).toBeLessThan(10);
    expect(stateOf(setup, 'a')).toMatch(/^(open|half-open)$/);
  });

  test('has its traffic back once its streams are whole again', async () => {
    let isBroken = true;
    const dying = breaksOff(end);
    const move: Move = (call, signal) => (isBroken ? dying(call, signal) : answers(call, signal));
    const setup = setUpChain([new FakeHost('a', [move]), new FakeHost('b', [answers])], { conversation: () => 0.05 });
    await serveMany(setup, 30);
    isBroken = false;
    setup.clock.advance(80_000);
    expect(await serve(setup)).toMatchObject({ host: 'a', isWhole: true });
    expect(stateOf(setup, 'a')).toBe('ramping');
    expect(await serve(setup)).toMatchObject({ host: 'a', isWhole: true });
  });

  test('is told of in the record of the attempt, once, with what it broke off with', async () => {
    const setup = setUpChain([new FakeHost('a', [breaksOff(end)]), new FakeHost('b', [answers])]);
    await serve(setup);
    expect(setup.records).toMatchObject([{ host: 'a', attempt: 1, outcome: reason }]);
    expect(setup.records[0]?.detail).toBeDefined();
  });
});

test('a stream that is whole is told of as such, and only once it is', async () => {
  const setup = setUpChain([new FakeHost('a', [answers])]);
  const outcome = await inVirtualTime(setup.clock, runChain(setup.context));
  expect(setup.records).toEqual([]);
  expect(stateOf(setup, 'a')).toBe('healthy');
  if (outcome.kind === 'answered') for await (const _ of outcome.answer.body) void _;
  await new Promise(setImmediate);
  expect(setup.records).toMatchObject([{ host: 'a', outcome: 'ok' }]);
});

describe('a client that leaves in the middle of its answer', () => {
  const slow = breaksOff(untilAborted);

  /** Its request up to the first piece of the answer, and then it is gone. */
  async function leaves(setup: ChainSetup): Promise<void> {
    const client = new AbortController();
    const request = again(setup);
    const context = { ...request.context, signal: client.signal };
    const outcome: ChainOutcome = await inVirtualTime(setup.clock, runChain(context));
    if (outcome.kind !== 'answered' || outcome.answer.body instanceof Uint8Array) throw new Error('expected a stream');
    const chunks = outcome.answer.body[Symbol.asyncIterator]();
    await chunks.next();
    client.abort();
    await chunks.return?.();
    await new Promise(setImmediate);
  }

  test('says nothing of the host, however many do', async () => {
    const host = new FakeHost('a', [slow]);
    const setup = setUpChain([host, new FakeHost('b', [answers])]);
    for (let times = 0; times < 30; times += 1) await leaves(setup);
    expect(host.calls).toHaveLength(30);
    expect(stateOf(setup, 'a')).toBe('healthy');
    expect(setup.context.state.health.mayCommit('a', 'claude-opus-5-5')).toBe(true);
    expect(new Set(setup.records.map(({ outcome }) => outcome))).toEqual(new Set(['client-gone']));
  });

  test('does not speak for the host either: the deaths before and after stand in one row', async () => {
    const dies = breaksOff(ENDS['is reset']![0]);
    const host = new FakeHost('a', [dies, slow, dies, slow, answers]);
    const setup = setUpChain([host, new FakeHost('b', [answers])]);
    await serve(setup);
    await leaves(setup);
    await serve(setup);
    expect(setup.context.state.health.mayCommit('a', 'claude-opus-5-5')).toBe(false);
  });
});

test('a deadline that ends in the middle of an answer says nothing of the host', async () => {
  const host = new FakeHost('a', [breaksOff(untilAborted)]);
  const setup = setUpChain([host, new FakeHost('b', [answers])]);
  for (let times = 0; times < 5; times += 1) {
    const request = again(setup);
    const { at } = request.context.deadline;
    const short = { at: request.clock.now() + 1000, remaining: () => Math.max(0, at - 599_000 - request.clock.now()) };
    const context = { ...request.context, deadline: short as typeof request.context.deadline };
    const outcome = await inVirtualTime(setup.clock, runChain(context));
    if (outcome.kind !== 'answered' || outcome.answer.body instanceof Uint8Array) throw new Error('expected a stream');
    const { body } = outcome.answer;
    const text = await inVirtualTime(
      setup.clock,
      (async () => {
        let all = '';
        for await (const chunk of body) all += new TextDecoder().decode(chunk);
        return all;
      })(),
    );
    expect(text).toMatch(/event: error\ndata: .*timeout_error.*\n\n$/);
  }
  expect(host.calls).toHaveLength(5);
  expect(stateOf(setup, 'a')).toBe('healthy');
});
