import fc from 'fast-check';
import { arrange } from '../../../lambda/engine/chain/arrange';
import { shareOf } from '../../../lambda/engine/chain/affinity';
import type { Plan } from '../../../lambda/engine/chain/plan';
import { byWeights } from '../../../lambda/engine/order/orderings';
import { answers, FakeHost, setUpChain, type ChainSetup } from '../fake-host';

const NAMES = ['a', 'b', 'c'];
const PLACES = Array.from({ length: 10_000 }, (_, index) => shareOf(`conversation ${index}`));
const setUp = () => setUpChain(NAMES.map((name) => new FakeHost(name, [answers])));

const order = ({ context }: ChainSetup, weights: Record<string, number>, over: Partial<Plan>): string =>
  arrange({ ...context.plan, ordering: byWeights(weights), ...over }, context.state)
    .chain.map(({ host }) => host.name)
    .join('');
const orders = (weights: Record<string, number>, setup = setUp()): string[] =>
  PLACES.map((place) => order(setup, weights, { conversation: () => place }));
const shareOfHost = (all: readonly string[], host: string): number =>
  (all.filter((each) => each.startsWith(host)).length / all.length) * 100;

const WEIGHTS: readonly Record<string, number>[] = [
  { a: 70, b: 30 },
  { a: 50, b: 30, c: 20 },
  { a: 100 / 3, b: 100 / 3, c: 100 / 3 },
  { c: 100 },
];

test('each host has its share of ten thousand conversations, within two percent', () => {
  for (const weights of WEIGHTS) {
    const all = orders(weights);
    for (const host of NAMES) expect(Math.abs(shareOfHost(all, host) - (weights[host] ?? 0))).toBeLessThan(2);
  }
});

test('the conversations of a host that fails go to the others by their weights, and to those without one last', () => {
  const all = orders({ a: 60, b: 30, c: 10 }).filter((each) => each.startsWith('a'));
  const second = all.filter((each) => each[1] === 'b').length / all.length;
  expect(second).toBeGreaterThan(0.7);
  expect(second).toBeLessThan(0.8);
  expect(new Set(orders({ b: 100 }))).toEqual(new Set(['bac']));
});

test('other weights move the difference and nobody else', () => {
  const [before, after] = [orders({ a: 70, b: 30 }), orders({ a: 60, b: 40 })];
  const moved = before.filter((each, index) => each[0] !== after[index]![0]);
  expect(moved.length / before.length).toBeCloseTo(0.1, 1);
  expect(new Set(moved)).toEqual(new Set(['abc']));
});

test('a conversation has its place in every process and after every restart', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (place) => {
      const weights = { a: 50, b: 30, c: 20 };
      const [one, another] = [setUp(), setUp()].map((setup) => order(setup, weights, { conversation: () => place }));
      expect(one).toBe(another);
      expect([...one!].sort()).toEqual(NAMES);
    }),
  );
});

test('an operator’s weights win, and what they leave goes by the route’s', () => {
  const setup = setUp();
  const at = setup.clock.now();
  const override = { type: 'override', action: 'weight', until: at + 60_000, at, by: 'on-call' } as const;
  setup.context.state.overrides.replace([{ ...override, host: 'c', percent: 40 }]);
  const all = orders({ a: 50, b: 50 }, setup);
  expect(Math.abs(shareOfHost(all, 'c') - 40)).toBeLessThan(2);
  expect(Math.abs(shareOfHost(all, 'a') - 30)).toBeLessThan(2);
  expect(Math.abs(shareOfHost(all, 'b') - 30)).toBeLessThan(2);
});

test('an order that the client chose stays', () => {
  const all = PLACES.slice(0, 50).map((place) =>
    order(setUp(), { c: 100 }, { conversation: () => place, isSteered: true }),
  );
  expect(new Set(all)).toEqual(new Set(['abc']));
});
