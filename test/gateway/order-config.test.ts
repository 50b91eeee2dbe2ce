import type { RouteConfig, RouterConfig } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { loadConfig } from '../../lambda/gateway/config/load-config';
import { ConfigError } from '../../lambda/gateway/config/read-config';

const config = (route: object): RouterConfig => ({
  hosts: [
    { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] },
    { name: 'bedrock', kind: 'bedrock', region: 'us-east-1' },
  ],
  models: ['claude-opus-5-5'],
  routes: [{ chain: ['anthropic', 'bedrock'], ...route }, { chain: ['anthropic'] }],
});

function problems(route: object): readonly string[] {
  try {
    parseConfig(JSON.stringify(config(route)));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
const NIGHT = { from: '22:00', to: '06:00', zone: 'Europe/Berlin' };
/** A route with a condition, so that the last one is reached. */
const problem = (route: object): readonly string[] => problems({ clients: ['batch'], ...route });

test.each<RouteConfig['order']>([
  'listed',
  'fastest',
  'cheapest',
  { weights: { anthropic: 70, bedrock: 30 } },
  { weights: { anthropic: 33.3, bedrock: 66.7 } },
  { cheapest: { priceFactors: { bedrock: 0.85 } } },
])('an order is taken: %j', async (order) => {
  expect(problem({ order })).toEqual([]);
  const loaded = await loadConfig({ FAILOVER_CONFIG: JSON.stringify(config({ clients: ['batch'], order })) });
  expect(loaded.routes[0]!.order).toEqual(order);
});

test.each<[object | string, RegExp]>([
  ['quickest', /^routes\[0\]\.order: got "quickest"; must be "listed", "fastest", "cheapest", \{"weights"/],
  [
    { weights: { anthropic: 70, vertex: 30 } },
    /^routes\[0\]\.order\.weights: host "vertex" is not in the chain; the chain has anthropic, bedrock$/,
  ],
  [
    { weights: { anthropic: 70, bedrock: 20 } },
    /^routes\[0\]\.order\.weights: they add up to 90; they are percentages and must add up to 100$/,
  ],
  [
    { weights: { anthropic: 120, bedrock: -20 } },
    /^routes\[0\]\.order\.weights\["anthropic"\]: got 120; must be a percentage from 0 to 100/,
  ],
  [{ weights: {} }, /add up to 0/],
  [
    { weights: { anthropic: 'most' } },
    /^routes\[0\]\.order\.weights\.anthropic: got "most"; must be an object from host to number/,
  ],
  [
    { cheapest: { priceFactors: { bedrock: 0 } } },
    /^routes\[0\]\.order\.cheapest\.priceFactors\["bedrock"\]: got 0; must be a number above 0/,
  ],
  [{ cheapest: { priceFactors: { bedrok: 1 } } }, /host "bedrok" is not in the chain/],
])('an order that cannot be meant is told with its place and what is allowed: %j', (order, message) => {
  expect(problem({ order })).toContainEqual(expect.stringMatching(message));
});

test.each<[object, RegExp]>([
  [{ from: '25:00' }, /^routes\[0\]\.hours\.from: got "25:00"; must be HH:MM from 00:00 to 23:59, such as 22:00$/],
  [{ from: '24:00' }, /hours\.from: got "24:00"/],
  [{ to: '6:00' }, /^routes\[0\]\.hours\.to: got "6:00"; must be HH:MM from 00:00 to 24:00/],
  [{ to: '22:00' }, /hours\.to: got "22:00", as in 'from'; for whole days say 00:00 to 24:00$/],
  [
    { zone: 'Europe/Berlinn' },
    /^routes\[0\]\.hours\.zone: got "Europe\/Berlinn"; must be a time zone, such as Europe\/Berlin or UTC$/,
  ],
  [{ zone: '+02:00' }, /hours\.zone: got "\+02:00"/],
  [{ days: [] }, /hours\.days: got an empty list; must be a list with at least one entry/],
  [{ days: ['monday'] }, /hours\.days\[0\]: got "monday"; must be one of mon, tue/],
])('hours that are none are told: %j', (change, message) => {
  expect(problems({ hours: { ...NIGHT, ...change } })).toContainEqual(expect.stringMatching(message));
});

test('a route with hours may stand before one without conditions', () => {
  expect(problems({ hours: NIGHT })).toEqual([]);
  expect(problems({})).toContainEqual(expect.stringMatching(/^routes\[1\]: never reached/));
});
