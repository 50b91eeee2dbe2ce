import { HostError, type Lesson } from '../../../lambda/engine/host';
import { answers, FakeHost, fails, respond, setUpChain, type ChainSetup, type Move } from '../fake-host';
import { again, hostThatAnswers, run, serve, serveMany, stateOf } from './run-chain';

const overloaded = fails(529, 'overloaded_error');
/** A cloud's 400, in words of its own. */
const says =
  (message: string): Move =>
  () =>
    respond(400, JSON.stringify({ message }), { 'x-amzn-errortype': 'ValidationException' });
const NOT_ALLOWED = says('Operation not allowed');

/** Requests of as many conversations, and which hosts their operator has been told of. */
async function fromEach(setup: ChainSetup, conversations: readonly number[]) {
  const told: string[] = [];
  const { state, plan } = setup.context;
  const observer = { ...state.observer, misconfigured: (host: string) => void told.push(host) };
  const served: (string | undefined)[] = [];
  for (const place of conversations) {
    const context = { ...setup.context, state: { ...state, observer }, plan: { ...plan, conversation: () => place } };
    served.push((await serve({ ...setup, context })).host);
  }
  return { told, served };
}
const DIFFERENT = Array.from({ length: 12 }, (_, index) => index / 12);

describe('a cloud that refuses in words nobody knows', () => {
  test('does not end the request: the next host is asked', async () => {
    const setup = setUpChain([
      new FakeHost('a', [overloaded]),
      new FakeHost('b', [NOT_ALLOWED]),
      new FakeHost('c', [answers]),
    ]);
    expect(await hostThatAnswers(setup)).toBe('c');
    expect(String(setup.context.trace)).toBe('a:overloaded, b:incompatible, c:ok');
  });

  test('and says so to many conversations that others serve, is set up wrongly: it rests, and its operator hears of it once', async () => {
    const first = new FakeHost('a', [NOT_ALLOWED]);
    const setup = setUpChain([first, new FakeHost('b', [answers])]);
    const { told, served } = await fromEach(setup, DIFFERENT);
    expect(served).toEqual(DIFFERENT.map(() => 'b'));
    expect(told).toEqual(['a']);
    expect(first.calls).toHaveLength(5);
    expect(stateOf(setup, 'a')).toBe('cooling');
    setup.clock.advance(600_000);
    await fromEach(setup, [0]);
    expect(first.calls).toHaveLength(6);
  });

  test.each<[string, readonly number[], Partial<ChainSetup['context']['plan']>]>([
    ['to one conversation again and again', Array<number>(12).fill(0.3), {}],
    ['to requests with special features', DIFFERENT, { features: ['web_search'] }],
  ])('%s, has said nothing of itself', async (_, conversations, plan) => {
    const first = new FakeHost('a', [NOT_ALLOWED]);
    const setup = setUpChain([first, new FakeHost('b', [answers])], plan);
    const { told } = await fromEach(setup, conversations);
    expect(told).toEqual([]);
    expect(first.calls).toHaveLength(12);
    expect(stateOf(setup, 'a')).toBe('healthy');
  });

  test('and whom all others follow in that, was right: the request is returned, and nobody is to blame', async () => {
    const hosts = [new FakeHost('a', [NOT_ALLOWED]), new FakeHost('b', [says('No')])];
    const setup = setUpChain(hosts);
    expect(await run(setup)).toMatchObject({
      kind: 'exhausted',
      failures: [
        { host: 'a', owner: 'request' },
        { host: 'b', owner: 'request' },
      ],
    });
    const { told } = await fromEach(setup, DIFFERENT);
    expect(told).toEqual([]);
    expect([stateOf(setup, 'a'), stateOf(setup, 'b')]).toEqual(['healthy', 'healthy']);
  });
});

describe('a host that is not known to serve what is asked for', () => {
  const WANTS = { features: ['mid_conversation_system'] };
  const lacking = (...moves: Move[]) => new FakeHost('a', moves, [], WANTS.features);

  test('comes last, though it is the first of the chain', async () => {
    const first = lacking(answers);
    expect(await hostThatAnswers(setUpChain([first, new FakeHost('b', [answers])], WANTS))).toBe('b');
    expect(first.calls).toHaveLength(0);
  });

  test('is asked when all others are down', async () => {
    const setup = setUpChain(
      [lacking(answers), new FakeHost('b', [overloaded]), new FakeHost('c', [overloaded])],
      WANTS,
    );
    expect(await hostThatAnswers(setup)).toBe('a');
    expect(String(setup.context.trace)).toBe('a:lacks-mid_conversation_system, b:overloaded, c:overloaded, a:ok');
  });

  test('tells by its refusal which feature it lacks, and is as sound as before', async () => {
    const refusing = says("messages.1.role: role 'system' is not allowed");
    const setup = setUpChain([lacking(refusing), new FakeHost('b', [overloaded])], WANTS);
    expect(await run(setup)).toMatchObject({
      kind: 'exhausted',
      failures: [
        { host: 'a', owner: 'request', lacks: 'mid_conversation_system' },
        { host: 'b', owner: 'host' },
      ],
    });
    expect(stateOf(setup, 'a')).toBe('healthy');
  });

  test('is first for those who do not ask for it', async () => {
    expect(await hostThatAnswers(setUpChain([lacking(answers), new FakeHost('b', [answers])]))).toBe('a');
  });
});

describe('a lesson', () => {
  class Pupil extends FakeHost {
    constructor(
      private readonly lesson: Lesson,
      moves: readonly Move[],
    ) {
      super('a', moves);
    }
    override readonly schema = 'lagging' as const;
    lessonOf = (): Lesson => this.lesson;
  }
  const refused = says('invalid beta flag');
  const adaptation = { dropBetas: ['new-2027-01-01'], dropFields: [] };
  const dropped = (host: FakeHost) => host.calls.map((call) => call.adaptation?.dropBetas ?? []);

  test('that is sure is tried at once, and applied to the next request', async () => {
    const host = new Pupil({ adaptation, isSure: true }, [refused, answers]);
    const setup = setUpChain([host, new FakeHost('b', [answers])]);
    expect((await serveMany(setup, 2)).map((each) => each.host)).toEqual(['a', 'a']);
    expect(dropped(host)).toEqual([[], ['new-2027-01-01'], ['new-2027-01-01']]);
  });

  test('that is a guess is tried at once', async () => {
    const host = new Pupil({ adaptation, isSure: false }, [refused, answers]);
    const setup = setUpChain([host, new FakeHost('b', [answers])]);
    expect((await serveMany(setup, 1)).map((each) => each.host)).toEqual(['a']);
    expect(dropped(host)).toEqual([[], ['new-2027-01-01']]);
  });

  test('is not tried where that would cost the last host its attempt', async () => {
    const host = new Pupil({ adaptation, isSure: true }, [refused, overloaded]);
    const setup = setUpChain([host, new FakeHost('b', [answers])]);
    const { plan } = setup.context;
    const context = { ...setup.context, plan: { ...plan, budget: { ...plan.budget, maxAttempts: 2 } } };
    expect(await hostThatAnswers({ ...setup, context })).toBe('b');
    expect(host.calls).toHaveLength(1);
  });
});

test('an exception of our own asks the next host, and counts against none', async () => {
  const throws: Move = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  const setup = setUpChain([new FakeHost('a', [throws]), new FakeHost('b', [answers])]);
  const served = await serveMany(setup, 30);
  expect(served.map(({ trace }) => trace)).toEqual(served.map(() => 'a:fault, b:ok'));
  expect(stateOf(setup, 'a')).toBe('healthy');
  // The message may quote the request.
  expect(setup.records[0]).toMatchObject({ outcome: 'fault', detail: 'RangeError' });
});

describe('a client in a hurry', () => {
  const late: Move = (_call, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new HostError('connection', 'aborted')));
    });
  const HASTY = { headersMs: 300, firstContentMs: 300 };

  test('has its next host sooner, and says nothing of the one that it did not wait for', async () => {
    const first = new FakeHost('a', [late]);
    const setup = setUpChain([first, new FakeHost('b', [answers])]);
    const { plan } = setup.context;
    const context = { ...setup.context, plan: { ...plan, budget: { ...plan.budget, ...HASTY } } };
    const served = await serveMany({ ...setup, context }, 30);
    expect(served.map(({ host }) => host)).toEqual(served.map(() => 'b'));
    expect(first.calls).toHaveLength(30);
    expect(stateOf(setup, 'a')).toBe('healthy');
  });

  test('that the route itself has set is none: its hosts are judged by it', async () => {
    const setup = setUpChain([new FakeHost('a', [late]), new FakeHost('b', [answers])]);
    const { plan } = setup.context;
    const budget = { ...plan.budget, ...HASTY };
    const context = { ...setup.context, plan: { ...plan, budget, usualBudget: budget } };
    await serveMany({ ...setup, context }, 3);
    expect(stateOf(setup, 'a')).toBe('open');
  });
});

test('a 404 about what one tenant keeps is returned, and leaves the host in charge', async () => {
  const missing = fails(404, 'not_found_error', {}, 'File not found: file_011CNha8iCJcU1wXNR6q4V8w');
  const setup = setUpChain([
    new FakeHost('a', [missing, missing, missing, missing, answers]),
    new FakeHost('b', [answers]),
  ]);
  for (let times = 0; times < 4; times += 1)
    expect(await run(again(setup))).toMatchObject({
      kind: 'returned',
      fault: { reason: 'state-bound', owner: 'request' },
    });
  expect(await hostThatAnswers(again(setup))).toBe('a');
});
