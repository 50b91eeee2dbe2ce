import type { HostConfig, RouteConfig } from '../../../lib/contract';
import { arrange } from '../../../lambda/engine/chain/arrange';
import { createOrders } from '../../../lambda/gateway/order/create-orders';
import { answers, FakeHost, setUpChain } from '../../engine/fake-host';

const NAMES = ['first', 'second'];
const MODEL = 'claude-opus-5-5';
const hosts: HostConfig[] = NAMES.map((name) => ({ name, kind: 'anthropic', keys: [{ env: 'KEY' }] }));
const route: RouteConfig = { chain: NAMES, order: 'cheapest' };

const CACHED = { input_tokens: 100, cache_read_input_tokens: 9900, output_tokens: 500 };
const WRITTEN = { input_tokens: 100, cache_creation_input_tokens: 9900, output_tokens: 500 };
/** As a host writes usage that tells nothing of caches. */
const SILENT = { input_tokens: 10_000, output_tokens: 500 };

/** Where a new conversation begins once both hosts have answered with these usages. */
function beginsAt(usages: Readonly<Record<string, object>>, times = 10): string {
  const told: string[] = [];
  const ordering = createOrders({ routes: [route], hosts, models: [MODEL] }, ({ name }) => told.push(name)).of(route)!;
  const { clock, context } = setUpChain(NAMES.map((name) => new FakeHost(name, [answers])));
  const chain = context.plan.chain.map((link) => ({ ...link, model: MODEL }));
  const plan = { ...context.plan, chain, model: MODEL, ordering, turn: () => ({ conversation: 0.5, turns: 0 }) };
  for (let time = 0; time < times; time += 1) {
    for (const name of NAMES) ordering.ended?.(name, { ...usages[name] }, plan, clock.now());
    clock.advance(1000);
  }
  return arrange(plan, context.state).chain[0]!.host.name;
}

test.each<[string, object, object, string]>([
  ['a host whose caches take is cheaper than one whose caches do not', WRITTEN, CACHED, 'second'],
  ['so it is where the other says nothing of caches', SILENT, CACHED, 'second'],
  ['hosts whose caches take alike are as listed', CACHED, CACHED, 'first'],
  ['an answer without usage changes nothing', {}, {}, 'first'],
])('cache reads as seen: %s', (_what, first, second, expected) => {
  expect(beginsAt({ first, second })).toBe(expected);
});

test('a few answers move nobody', () => {
  expect(beginsAt({ first: WRITTEN, second: CACHED }, 4)).toBe('first');
});
