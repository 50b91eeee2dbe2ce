import fc from 'fast-check';
import { arrange } from '../../../lambda/engine/chain/arrange';
import { cheapest } from '../../../lambda/engine/order/cheapest';
import { Homes } from '../../../lambda/engine/order/homes';
import { byCost } from '../../../lambda/engine/order/orderings';
import { answers, FakeHost, setUpChain } from '../fake-host';
import { hostThatAnswers } from '../chain/run-chain';

const NAMES = ['a', 'b', 'c', 'd'];

const ordered = (costs: Readonly<Record<string, number>>): string =>
  cheapest(
    setUpChain(NAMES.map((name) => new FakeHost(name, [answers]))).context.plan.chain,
    ({ host }) => costs[host.name]!,
  )
    .map(({ host }) => host.name)
    .join('');

test('the cheapest is first, and those that cost as good as the same are in the order of the chain', () => {
  expect(ordered({ a: 11, b: 10, c: 8.5, d: 10 })).toBe('cbda');
  expect(ordered({ a: 10.1, b: 10, c: 10, d: 9.9 })).toBe('abcd');
});

test('costs that nobody knows leave the chain as it is listed', () => {
  expect(ordered({ a: NaN, b: NaN, c: NaN, d: NaN })).toBe('abcd');
});

/** What may speak against a host, however cheap it is. */
const trouble = fc.constantFrom('none', 'down', 'drained', 'lacking', 'outside' as const);

test('the price never beats residency, capability, health or an operator, in any chain', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ cost: fc.integer({ min: 1, max: 100 }), trouble }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (hosts, hasBegun) => {
        const named = hosts.map((each, index) => ({ ...each, name: NAMES[index]! }));
        // What would leave a residency stands in no chain.
        const chain = named.filter((each) => each.trouble !== 'outside');
        fc.pre(chain.length > 0);
        const costs = new Map(named.map(({ name, cost }) => [name, cost]));
        const ordering = byCost(new Homes(), ({ host }) => costs.get(host.name)!);
        const setup = setUpChain(
          chain.map((each) => new FakeHost(each.name, [answers], [], each.trouble === 'lacking' ? ['web_search'] : [])),
          { features: ['web_search'], turn: () => ({ conversation: 0.5, turns: Number(hasBegun) }), ordering },
        );
        const { clock, context } = setup;
        const { plan, state } = context;
        const now = clock.now();
        for (const { host, healthScope: scope } of plan.chain) {
          const problem = named.find(({ name }) => name === host.name)!.trouble;
          const down = { type: 'health', host: host.name, scope, state: 'down', reason: 'billing' } as const;
          if (problem === 'down') state.health.learn([{ ...down, until: now + 60_000, at: now }], now);
        }
        state.overrides.replace(
          chain
            .filter((each) => each.trouble === 'drained')
            .map(({ name }) => ({
              type: 'override',
              host: name,
              action: 'drain',
              until: now + 60_000,
              at: now,
              by: 'x',
            })),
        );
        const arranged = arrange(plan, state);
        expect(arranged.chain).toHaveLength(plan.chain.length);
        expect(new Set(arranged.chain)).toEqual(new Set(plan.chain));
        const good = chain.filter((each) => each.trouble === 'none');
        fc.pre(good.length > 0);
        const served = await hostThatAnswers({ ...setup, context: { ...context, plan: arranged } });
        const least = Math.min(...good.map(({ cost }) => cost));
        expect(good.map(({ name }) => name)).toContain(served);
        expect(costs.get(served)! * 0.98).toBeLessThanOrEqual(least);
      },
    ),
    { numRuns: 200 },
  );
});

test('what an operator’s weights have moved stays there when they have ended, and so does what an outage has moved', () => {
  const costs = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 3],
  ]);
  const ordering = byCost(new Homes(), ({ host }) => costs.get(host.name)!);
  const { clock, context } = setUpChain(['a', 'b', 'c'].map((name) => new FakeHost(name, [answers])));
  const { state } = context;
  const first = (conversation: number, hasBegun: boolean): string =>
    arrange({ ...context.plan, ordering, turn: () => ({ conversation, turns: Number(hasBegun) }) }, state).chain[0]!
      .host.name;
  const at = clock.now();
  const until = at + 60_000;
  state.overrides.replace([{ type: 'override', host: 'c', action: 'weight', percent: 100, until, at, by: 'on-call' }]);
  expect(first(0.1, false)).toBe('c');
  clock.advance(60_000);
  expect([first(0.1, true), first(0.2, false)]).toEqual(['c', 'b']);
  const { healthScope: scope } = context.plan.chain[0]!;
  const now = clock.now();
  const news = { type: 'health', host: 'b', scope, reason: 'billing', until: now + 5000, at: now } as const;
  state.health.learn([{ ...news, state: 'down' }], now);
  // The walk skips it, and the next one is remembered.
  expect(first(0.2, true)).toBe('b');
  clock.advance(10_000);
  expect([first(0.2, true), first(0.3, false)]).toEqual(['a', 'b']);
});
