import { arrange } from '../../../lambda/engine/chain/arrange';
import type { Plan } from '../../../lambda/engine/chain/plan';
import type { OverrideEntry } from '../../../lib/contract';
import { answers, FakeHost, setUpChain, type ChainSetup } from '../fake-host';

const hosts = (lacking: readonly string[] = []) =>
  ['a', 'b', 'c'].map((name) => new FakeHost(name, [answers], [], name === 'c' ? lacking : []));

const order = ({ context }: ChainSetup, over: Partial<Plan> = {}): string =>
  arrange({ ...context.plan, ...over }, context.state)
    .chain.map(({ host }) => host.name)
    .join('');

/** A hundred conversations. */
const PLACES = Array.from({ length: 100 }, (_, index) => (index + 0.5) / 100);

/** How many of them begin where. */
function begins(setup: ChainSetup, over: Partial<Plan> = {}): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const place of PLACES) {
    const first = order(setup, { ...over, conversation: () => place })[0]!;
    counts[first] = (counts[first] ?? 0) + 1;
  }
  return counts;
}

function override(setup: ChainSetup, ...entries: Partial<OverrideEntry>[]): ChainSetup {
  const at = setup.clock.now();
  const whole = entries.map((entry): OverrideEntry => ({
    type: 'override',
    host: 'b',
    action: 'weight',
    until: at + 60_000,
    at,
    by: 'on-call',
    ...entry,
  }));
  setup.context.state.overrides.replace(whole);
  return setup;
}

describe('an operator’s weight', () => {
  test('gives a host its percentage of the conversations, and the rest to the chain’s first', () => {
    const setup = override(setUpChain(hosts()), { percent: 30 });
    expect(begins(setup)).toEqual({ a: 70, b: 30 });
    expect(order(setup, { conversation: () => 0.1 })).toBe('bac');
  });

  test('of the first host leaves the rest to the next', () => {
    expect(begins(override(setUpChain(hosts()), { host: 'a', percent: 20 }))).toEqual({ a: 20, b: 80 });
    expect(order(override(setUpChain(hosts()), { host: 'a', percent: 0 }))).toBe('bac');
  });

  test('stands beside that of another host', () => {
    const setup = override(setUpChain(hosts()), { percent: 30 }, { host: 'c', percent: 50 });
    expect(begins(setup)).toEqual({ a: 20, b: 30, c: 50 });
  });

  test('ends by itself, and does not change an order that the client chose', () => {
    const setup = override(setUpChain(hosts()), { percent: 100 });
    expect(order(setup, { isSteered: true })).toBe('abc');
    expect(order(setup)).toBe('bac');
    setup.clock.advance(60_000);
    expect(order(setup)).toBe('abc');
  });
});

describe('a trickle', () => {
  test('begins its share of the conversations at the fallbacks, in even parts', () => {
    expect(begins(setUpChain(hosts()), { route: { chain: [], trickle: 0.2 } })).toEqual({ a: 80, b: 10, c: 10 });
    expect(begins(setUpChain(hosts()), { route: { chain: [], trickle: 0 } })).toEqual({ a: 100 });
    expect(begins(setUpChain(hosts()), { route: { chain: [], trickle: 1 } })).toEqual({ b: 50, c: 50 });
  });

  test('never begins at a host that lacks a feature of the request', () => {
    const setup = setUpChain(hosts(['web_search']));
    expect(begins(setup, { route: { chain: [], trickle: 0.2 }, features: ['web_search'] })).toEqual({ a: 80, b: 20 });
  });

  test('leaves out a fallback that is in trouble or that an operator has a word on', () => {
    const setup = override(setUpChain(hosts()), { action: 'drill' });
    expect(begins(setup, { route: { chain: [], trickle: 0.2 } })).toEqual({ a: 80, c: 20 });
  });

  test('rests while the first host is in trouble, since the fallbacks are warm then', () => {
    const setup = setUpChain(hosts());
    const now = setup.clock.now();
    const { healthScope } = setup.context.plan.chain[0]!;
    const down = { type: 'health', host: 'a', scope: healthScope, state: 'down', reason: 'connection' } as const;
    setup.context.state.health.learn([{ ...down, until: now + 1000, at: now }], now);
    expect(begins(setup, { route: { chain: [], trickle: 0.2 } })).toEqual({ a: 100 });
  });

  test('is for messages, and not for an order that the client chose', () => {
    const setup = setUpChain(hosts());
    expect(begins(setup, { route: { chain: [], trickle: 1 }, endpoint: 'count_tokens' })).toEqual({ a: 100 });
    expect(begins(setup, { route: { chain: [], trickle: 1 }, isSteered: true })).toEqual({ a: 100 });
  });

  test('takes conversations of the upper end, and a host that comes back those of the lower: none changes hosts for both', () => {
    const { clock, context } = setUpChain(hosts());
    const { health } = context.state;
    const { healthScope } = context.plan.chain[0]!;
    const at = clock.now();
    const news = { type: 'health', host: 'a', scope: healthScope, reason: 'connection' } as const;
    health.learn([{ ...news, state: 'down', until: at + 1000, at }], at);
    clock.advance(1);
    health.learn([{ ...news, state: 'back', until: at + 1, at: at + 1 }], clock.now());
    const comesBack = (place: number) => health.admit('a', healthScope, () => place, clock.now()).admitted;
    expect(PLACES.filter(comesBack)).toEqual(PLACES.slice(0, 10));
    const warms = (place: number) =>
      order(setUpChain(hosts()), { route: { chain: [], trickle: 0.2 }, conversation: () => place })[0] !== 'a';
    expect(PLACES.filter(warms)).toEqual(PLACES.slice(80));
  });

  test('of a chain of one is nothing', () => {
    expect(begins(setUpChain(hosts().slice(0, 1)), { route: { chain: [], trickle: 1 } })).toEqual({ a: 100 });
  });
});
