import { Deadline } from '../../../lambda/engine/time/deadline';
import { answers, FakeHost, fails, hangs, respond, setUpChain, type ChainSetup, type Move } from '../fake-host';
import { again, hostThatAnswers, run, stateOf } from './run-chain';

const overloaded = fails(529, 'overloaded_error');
const broken = fails(500, 'api_error');

test('an overloaded host is left at once, and stays in charge of the next request', async () => {
  const [first, second] = [new FakeHost('a', [overloaded, answers]), new FakeHost('b', [answers])];
  const setup = setUpChain([first, second]);
  expect(await hostThatAnswers(setup)).toBe('b');
  expect(String(setup.context.trace)).toBe('a:overloaded, b:ok');
  expect(await hostThatAnswers(again(setup))).toBe('a');
  expect(second.calls).toHaveLength(1);
});

test('a host that is overloaded three times in a row is skipped until its breaker lets a probe through', async () => {
  const [first, second] = [
    new FakeHost('a', [overloaded, overloaded, overloaded, answers]),
    new FakeHost('b', [answers]),
  ];
  const setup = setUpChain([first, second]);
  for (const failing of [setup, again(setup), again(setup)]) expect(await hostThatAnswers(failing)).toBe('b');
  const next = again(setup);
  expect(await hostThatAnswers(next)).toBe('b');
  expect(String(next.context.trace)).toBe('a:skipped-open, b:ok');
  expect(first.calls).toHaveLength(3);
  setup.clock.advance(10_000);
  expect(await hostThatAnswers(again(setup))).toBe('a');
});

test('a server error is retried once on the same host before the next one is asked', async () => {
  const [first, second] = [new FakeHost('a', [broken]), new FakeHost('b', [answers])];
  const setup = setUpChain([first, second]);
  expect(await hostThatAnswers(setup)).toBe('b');
  expect(first.calls).toHaveLength(2);
  expect(setup.context.trace.attempts).toBe(3);
});

test('a short rate limit is waited for; a long one is not', async () => {
  const short = [
    new FakeHost('a', [fails(429, 'rate_limit_error', { 'retry-after': '2' }), answers]),
    new FakeHost('b', [answers]),
  ];
  expect(await hostThatAnswers(setUpChain(short))).toBe('a');
  const long = [
    new FakeHost('a', [fails(429, 'rate_limit_error', { 'retry-after': '3' }), answers]),
    new FakeHost('b', [answers]),
  ];
  expect(await hostThatAnswers(setUpChain(long))).toBe('b');
});

test('every key of a host is asked before the next host', async () => {
  const limited = fails(429, 'rate_limit_error', { 'retry-after': '30' });
  const host = new FakeHost('a', [limited, fails(401, 'authentication_error'), answers], ['k1', 'k2', 'k3']);
  const setup = setUpChain([host, new FakeHost('b', [answers])]);
  expect(await hostThatAnswers(setup)).toBe('a');
  expect(host.calls.map(({ key }) => key)).toEqual(['k1', 'k2', 'k3']);
  expect(await hostThatAnswers(again(setup))).toBe('a');
  expect(host.calls.at(-1)?.key).toBe('k3');
});

test('a host that would lose what was asked for is not asked, and the trace says why', async () => {
  class Losing extends FakeHost {
    override loses(feature: string): boolean {
      return feature === 'inference_geo:us';
    }
  }
  const hosts = [new Losing('a', [answers]), new FakeHost('b', [broken])];
  const setup = setUpChain(hosts, { features: ['inference_geo:us'] });
  expect(await run(setup)).toMatchObject({ kind: 'exhausted', unable: ['a: lacks-inference_geo:us'] });
  expect(String(setup.context.trace)).toBe('a:lacks-inference_geo:us, b:server-error, b:server-error');
  expect(hosts[0]?.calls).toHaveLength(0);
});

test('a host that never answers is given up at its timer, and its call is aborted', async () => {
  let aborted = false;
  const listening: Move = (call, signal) => {
    signal.addEventListener('abort', () => (aborted = true));
    return hangs(call, signal);
  };
  expect(await hostThatAnswers(setUpChain([new FakeHost('a', [listening]), new FakeHost('b', [answers])]))).toBe('b');
  expect(aborted).toBe(true);
});

test('the request’s own fault is returned at once and does not count against the host', async () => {
  const second = new FakeHost('b', [answers]);
  const setup = setUpChain([
    new FakeHost('a', [fails(400, 'invalid_request_error', {}, 'max_tokens: too large'), answers]),
    second,
  ]);
  expect(await run(setup)).toMatchObject({ kind: 'returned', fault: { host: 'a', failure: { status: 400 } } });
  expect(second.calls).toHaveLength(0);
  expect(await hostThatAnswers(again(setup))).toBe('a');
});

test('when all fail, the failures stand in the order of the chain, the primary’s first', async () => {
  const setup = setUpChain([new FakeHost('a', [overloaded]), new FakeHost('b', [fails(403, 'permission_error')])]);
  expect(await run(setup)).toMatchObject({
    kind: 'exhausted',
    failures: [
      { host: 'a', failure: { status: 529 } },
      { host: 'b', failure: { status: 403 } },
    ],
  });
});

test('when all are down, one that may have recovered is tried rather than nobody', async () => {
  const hosts = [
    new FakeHost('a', [overloaded, overloaded, overloaded, answers]),
    new FakeHost('b', [fails(402, 'billing_error'), answers]),
  ];
  const setup = setUpChain(hosts);
  for (const failing of [setup, again(setup), again(setup)]) expect((await run(failing)).kind).toBe('exhausted');
  expect(await hostThatAnswers(again(setup))).toBe('a');
  expect(hosts[1]?.calls).toHaveLength(1);
});

test('when the others fail, a host that rests after overloads is tried after all', async () => {
  const hosts = [
    new FakeHost('a', [overloaded, overloaded, overloaded, answers]),
    new FakeHost('b', [answers, answers, answers, broken]),
  ];
  const setup = setUpChain(hosts);
  for (const failing of [setup, again(setup), again(setup)]) expect(await hostThatAnswers(failing)).toBe('b');
  const next = again(setup);
  expect(await hostThatAnswers(next)).toBe('a');
  expect(String(next.context.trace)).toBe('a:skipped-open, b:server-error, b:server-error, a:ok');
});

test('when the others fail, a host that hung is not waited for again', async () => {
  const first = new FakeHost('a', [hangs]);
  const setup = setUpChain([first, new FakeHost('b', [answers, answers, answers, broken])]);
  for (const setupAgain of [setup, again(setup), again(setup)]) expect(await hostThatAnswers(setupAgain)).toBe('b');
  expect((await run(again(setup))).kind).toBe('exhausted');
  expect(first.calls).toHaveLength(3);
});

describe('a request whose own deadline cuts a host off', () => {
  const SHORT_MS = 1000;
  const inAHurry = (setup: ChainSetup): ChainSetup => {
    const { clock, records, context } = again(setup);
    return { clock, records, context: { ...context, deadline: new Deadline(clock, SHORT_MS) } };
  };
  const cutOff = { kind: 'returned', fault: { host: 'a', failure: { kind: 'timeout', timer: 'deadline' } } };

  test('says nothing of a host that is being probed: the next request is a probe again, and its outcome counts', async () => {
    const first = new FakeHost('a', [hangs, hangs, hangs, hangs, answers]);
    const setup = setUpChain([first, new FakeHost('b', [answers])]);
    for (const failing of [setup, again(setup), again(setup)]) expect(await hostThatAnswers(failing)).toBe('b');
    expect(stateOf(setup, 'a')).toBe('open');
    setup.clock.advance(10_000);
    expect(await run(inAHurry(setup))).toMatchObject(cutOff);
    expect(stateOf(setup, 'a')).toBe('half-open');
    const next = again(setup);
    expect(await hostThatAnswers(next)).toBe('a');
    expect(String(next.context.trace)).toBe('a:ok');
    expect(stateOf(setup, 'a')).toBe('ramping');
  });

  test('is no failure of a sound host', async () => {
    const setup = setUpChain([new FakeHost('a', [hangs, hangs, hangs, answers]), new FakeHost('b', [answers])]);
    for (let times = 0; times < 3; times += 1) expect(await run(inAHurry(setup))).toMatchObject(cutOff);
    expect(await hostThatAnswers(again(setup))).toBe('a');
  });

  test('is no success of a failing host: its failures before and after stand in one row', async () => {
    const setup = setUpChain([new FakeHost('a', [hangs]), new FakeHost('b', [answers])]);
    for (const failing of [again(setup), again(setup)]) expect(await hostThatAnswers(failing)).toBe('b');
    expect(await run(inAHurry(setup))).toMatchObject(cutOff);
    expect(await hostThatAnswers(again(setup))).toBe('b');
    expect(stateOf(setup, 'a')).toBe('open');
  });
});

test('a request makes at most the attempts of its budget, over however many hosts', async () => {
  const hosts = ['a', 'b', 'c', 'd', 'e'].map((name) => new FakeHost(name, [broken]));
  const setup = setUpChain(hosts);
  expect((await run(setup)).kind).toBe('exhausted');
  expect(setup.records).toHaveLength(6);
});

test('for a client that has gone nothing further is tried', async () => {
  const client = new AbortController();
  const second = new FakeHost('b', [answers]);
  const leaves: Move = () => {
    client.abort();
    return respond(500, '{}');
  };
  const setup = setUpChain([new FakeHost('a', [leaves]), second], {}, client);
  expect(await run(setup)).toEqual({ kind: 'client-gone' });
  expect(second.calls).toHaveLength(0);
  expect(setup.records).toMatchObject([{ outcome: 'client-gone' }]);
});

test('no timer is left when the chain is through', async () => {
  const setup = setUpChain([new FakeHost('a', [overloaded]), new FakeHost('b', [answers])]);
  await hostThatAnswers(setup);
  expect(setup.clock.pending).toBe(0);
});

describe('an operator’s word', () => {
  const say = ({ context, clock }: ChainSetup, host: string, action: 'drain' | 'drill') => {
    const at = clock.now();
    const override = { type: 'override', host, action, at, until: at + 60_000, by: 'on-call' } as const;
    context.state.overrides.replace([override]);
  };

  test('drain: the host is not tried, not even as the last resort', async () => {
    const [first, second] = [new FakeHost('a', [answers]), new FakeHost('b', [broken])];
    const setup = setUpChain([first, second]);
    say(setup, 'a', 'drain');
    expect(await run(setup)).toMatchObject({ kind: 'exhausted', drained: ['a'] });
    expect(String(setup.context.trace)).toBe('a:skipped-drained, b:server-error, b:server-error');
    setup.clock.advance(60_000);
    expect(await hostThatAnswers(again(setup))).toBe('a');
  });

  test('drill: nothing is sent, and the log says that it is one', async () => {
    const [first, second] = [new FakeHost('a', [answers]), new FakeHost('b', [answers])];
    const setup = setUpChain([first, second]);
    say(setup, 'a', 'drill');
    expect(await hostThatAnswers(setup)).toBe('b');
    expect(first.calls).toHaveLength(0);
    expect(setup.records[0]).toMatchObject({
      host: 'a',
      outcome: 'connection',
      row: 1,
      detail: expect.stringMatching(/^drill: /),
    });
  });
});
