import { HostError } from '../../../lambda/engine/host';
import { answers, FakeHost, fails, setUpChain, type Move } from '../fake-host';
import { again, hostThatAnswers, run, serveMany, stateOf } from './run-chain';

const refuses: Move = () => Promise.reject(new HostError('connection', 'ECONNREFUSED'));
const TROUBLES: Readonly<Record<string, Move>> = {
  'refuse connections': refuses,
  'answer 500': fails(500, 'api_error'),
  'answer 503': fails(503, 'api_error'),
  'are overloaded': fails(529, 'overloaded_error'),
  'have an expired credential': fails(401, 'authentication_error'),
  'answer 404': fails(404, 'not_found_error'),
};
const NAMES = ['a', 'b', 'c', 'd'];

/** Fails each request of a hundred. */
function onePercent(trouble: Move): Move {
  let calls = 0;
  return (call, signal) => (++calls % 100 === 50 ? trouble(call, signal) : answers(call, signal));
}

describe('three hosts that are down, and a fourth that is not', () => {
  test.each(Object.keys(TROUBLES))(
    'all three %s: the fourth serves the first request, and every one after it',
    async (how) => {
      const hosts = NAMES.map((name) => new FakeHost(name, [name === 'd' ? answers : TROUBLES[how]!]));
      const setup = setUpChain(hosts);
      const served = await serveMany(setup, 30);
      expect(served.map(({ host }) => host)).toEqual(served.map(() => 'd'));
      expect(Math.max(...served.map(({ attempts }) => attempts))).toBeLessThanOrEqual(6);
    },
  );

  test('each is down in its own way: so does it at every probe', async () => {
    const ways = ['refuse connections', 'answer 500', 'answer 503'];
    const hosts = NAMES.map((name, index) => new FakeHost(name, [TROUBLES[ways[index] ?? ''] ?? answers]));
    const setup = setUpChain(hosts);
    for (let minute = 0; minute < 5; minute += 1) {
      const served = await serveMany(setup, 10);
      expect(served.map(({ host }) => host)).toEqual(served.map(() => 'd'));
      setup.clock.advance(60_000);
    }
  });

  test('with as many attempts as hosts, nothing is retried', async () => {
    const hosts = NAMES.map((name) => new FakeHost(name, [name === 'd' ? answers : refuses]));
    const setup = setUpChain(hosts);
    const { plan } = setup.context;
    const tight = {
      ...setup,
      context: { ...setup.context, plan: { ...plan, budget: { ...plan.budget, maxAttempts: 4 } } },
    };
    expect(await hostThatAnswers(tight)).toBe('d');
    expect(hosts.map(({ calls }) => calls.length)).toEqual([1, 1, 1, 1]);
  });
});

test('six keys that are all limited leave an attempt for the next host', async () => {
  const limited = fails(429, 'rate_limit_error', { 'retry-after': '30' });
  const hosts = [new FakeHost('a', [limited], ['k1', 'k2', 'k3', 'k4', 'k5', 'k6']), new FakeHost('b', [answers])];
  const setup = setUpChain(hosts);
  expect(await hostThatAnswers(setup)).toBe('b');
  expect(setup.context.trace.attempts).toBeLessThanOrEqual(6);
});

test.each(['refuse connections', 'answer 500', 'answer 503', 'are overloaded'])(
  'in an outage of all, where they %s, fifty requests make at most 1.2 attempts a host',
  async (how) => {
    const hosts = NAMES.map((name) => new FakeHost(name, [TROUBLES[how]!]));
    const setup = setUpChain(hosts);
    const served = await serveMany(setup, 50);
    expect(served.every(({ host }) => host === undefined)).toBe(true);
    const calls = hosts.map((host) => host.calls.length);
    expect(Math.max(...calls) / served.length).toBeLessThanOrEqual(1.2);
    // Nobody is sent away untried while a host may be back at any time.
    expect(Math.min(...served.map(({ attempts }) => attempts))).toBeGreaterThan(0);
  },
);

test('when all are back after such an outage, the next request finds one', async () => {
  let isDown = true;
  const move: Move = (call, signal) => (isDown ? refuses(call, signal) : answers(call, signal));
  const setup = setUpChain(NAMES.map((name) => new FakeHost(name, [move])));
  await serveMany(setup, 50);
  isDown = false;
  expect(await hostThatAnswers(again(setup))).toBeDefined();
  setup.clock.advance(15_000);
  expect(await hostThatAnswers(again(setup))).toBeDefined();
});

describe('a primary that fails one request of a hundred', () => {
  test.each(['are overloaded', 'answer 500', 'refuse connections', 'answer 404'])(
    'of those that %s: stays in charge of all others, and nobody is failed',
    async (how) => {
      const hosts = [new FakeHost('a', [onePercent(TROUBLES[how]!)]), new FakeHost('b', [answers])];
      const setup = setUpChain(hosts);
      const served = await serveMany(setup, 1000);
      expect(served.every(({ isWhole }) => isWhole)).toBe(true);
      expect(served.filter(({ host }) => host !== 'a').length).toBeLessThanOrEqual(10);
      expect(stateOf(setup, 'a')).toBe('healthy');
    },
  );
});

test('what is sure for everybody is tried once, and not again by the next request', async () => {
  const hosts = [new FakeHost('a', [fails(402, 'billing_error')]), new FakeHost('b', [answers])];
  const setup = setUpChain(hosts);
  await serveMany(setup, 20);
  expect(hosts[0]?.calls).toHaveLength(1);
  expect(stateOf(setup, 'a')).toBe('cooling');
});

test('a rate limit with a time of return is sure for everybody, one without is not', async () => {
  const sure = [
    new FakeHost('a', [fails(429, 'rate_limit_error', { 'retry-after': '30' }), answers]),
    new FakeHost('b', [answers]),
  ];
  const setup = setUpChain(sure);
  expect((await serveMany(setup, 3)).map(({ host }) => host)).toEqual(['b', 'b', 'b']);
  const unsure = [new FakeHost('a', [fails(429, 'rate_limit_error'), answers]), new FakeHost('b', [answers])];
  expect((await serveMany(setUpChain(unsure), 3)).map(({ host }) => host)).toEqual(['b', 'a', 'a']);
});

test('a key that is limited for nobody knows how long gives way to the next one', async () => {
  const host = new FakeHost('a', [fails(429, 'rate_limit_error'), answers], ['k1', 'k2']);
  const setup = setUpChain([host, new FakeHost('b', [answers])]);
  await serveMany(setup, 2);
  expect(host.calls.map(({ key }) => key)).toEqual(['k1', 'k2', 'k2']);
});

test('the failures of all hosts stand in the outcome, also of those that were not tried again', async () => {
  const setup = setUpChain([new FakeHost('a', [fails(402, 'billing_error')]), new FakeHost('b', [refuses])]);
  for (const each of [setup, again(setup)])
    expect(await run(each)).toMatchObject({
      kind: 'exhausted',
      failures: [
        { host: 'a', owner: 'operator' },
        { host: 'b', owner: 'host' },
      ],
    });
});
