import { Rotation, type RotationProps } from '../../../lambda/functions/canary/rotation';
import type { Check } from '../../../lambda/functions/canary/checks/check';
import { CANARY_SHAPES, DOOR_SHAPE, ENDPOINT_HOST, type HostConfig, type RouterConfig } from '../../../lib/contract';
import { resolveModels } from '../../../lib/catalog/resolve';

/** The chain and models of failover.config.ts. */
const HOSTS: readonly HostConfig[] = [
  { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] },
  { name: 'bedrock-us-east-1', kind: 'bedrock', region: 'us-east-1', profile: 'global' },
  { name: 'bedrock-us-west-2', kind: 'bedrock', region: 'us-west-2', profile: 'us' },
];
const MODELS = ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'];
const DAY = 24 * 60;
const MONTH = 31 * DAY;
const START = 29_000_000;

const rotation = ({
  models = MODELS,
  ...props
}: Partial<Omit<RotationProps, 'models'>> & { models?: RouterConfig['models'] } = {}) =>
  new Rotation({
    hosts: HOSTS,
    models: resolveModels(models),
    endpoint: true,
    intervalMinutes: 1,
    dailyBudgetUsd: 0.129,
    ...props,
  });

const asked = (of: Rotation, minutes: number, interval = 1): (Check & { readonly minute: number })[] =>
  Array.from({ length: Math.floor(minutes / interval) }, (_, index) => START + index * interval).flatMap((minute) =>
    of.due(minute).map((check) => ({ ...check, minute })),
  );

/** The longest time without any check that fits. */
function longestGap(checks: readonly { readonly minute: number }[], minutes: number): number {
  const times = [START - 1, ...checks.map(({ minute }) => minute), START + minutes];
  return Math.max(...times.slice(1).map((time, index) => time - times[index]!));
}
const messages = ({ shape }: Check) => shape !== 'count-tokens';

it('a month of the default rotation costs at most 4 USD, endpoint included', () => {
  const defaults = rotation();
  const usd = asked(defaults, MONTH).reduce((sum, check) => sum + defaults.usd(check), 0);
  expect(usd).toBeLessThanOrEqual(4);
  expect(usd).toBeGreaterThan(3);
  expect(defaults.dailyUsd * 31).toBeCloseTo(usd, 1);
});

it('every host is asked for a message each minute, and for each model every four', () => {
  const checks = asked(rotation(), DAY).filter(messages);
  for (const { name } of HOSTS) {
    const ofHost = checks.filter(({ host }) => host === name);
    expect(longestGap(ofHost, DAY)).toBe(1);
    for (const model of MODELS) {
      expect(
        longestGap(
          ofHost.filter((check) => check.model === model),
          DAY,
        ),
      ).toBeLessThanOrEqual(4);
    }
  }
});

it('the endpoint is asked every four minutes, for the cheapest model alone', () => {
  const checks = asked(rotation(), DAY).filter(({ host }) => host === ENDPOINT_HOST);
  expect(longestGap(checks.filter(messages), DAY)).toBe(4);
  expect(new Set(checks.map(({ model }) => model))).toEqual(new Set(['claude-haiku-5-5']));
  expect(asked(rotation({ endpoint: false }), DAY).filter(({ host }) => host === ENDPOINT_HOST)).toEqual([]);
});

it("OpenAI's door is asked once an hour where it is told to, within the same budget", () => {
  const door = ({ shape }: Check) => shape === DOOR_SHAPE;
  expect(asked(rotation(), DAY).filter(door)).toEqual([]);
  const told = rotation({ openaiDoor: true });
  const checks = asked(told, DAY).filter(door);
  expect(checks.every(({ host }) => host === ENDPOINT_HOST)).toBe(true);
  expect(longestGap(checks, DAY)).toBeLessThanOrEqual(60);
  expect(told.dailyUsd).toBeLessThanOrEqual(0.129);
});

it('every shape comes to every host within three days, and to every model but for the cached prompt', () => {
  const checks = asked(rotation(), 3 * DAY);
  for (const { name } of HOSTS) {
    for (const model of MODELS) {
      const shapes = new Set(
        checks.filter((check) => check.host === name && check.model === model).map((c) => c.shape),
      );
      const expected = CANARY_SHAPES.filter((shape) => model === 'claude-haiku-5-5' || shape !== 'cached-system');
      expect([...shapes].sort()).toEqual([...expected].sort());
    }
  }
});

it('the same minute always has the same checks', () => {
  expect(asked(rotation(), 300)).toEqual(asked(rotation(), 300));
});

it.each([
  ['dear models', ['claude-opus-4-8', 'claude-sonnet-4-6', 'claude-haiku-4-5'], 4],
  ['one dear model', ['claude-opus-5-5'], 4],
  ['a model without a list price', ['claude-mythos-preview'], 4],
  ['a model on every host without a list price', [{ id: 'own', on: { anthropic: 'own', bedrock: 'own' } }], 10],
])('%s: checks become rarer, and the budget lasts for the whole day', (_, models, minutes) => {
  const rare = rotation({ models });
  expect(rare.dailyUsd).toBeLessThanOrEqual(0.129);
  const ofFirst = asked(rare, DAY).filter((check) => check.host === 'anthropic' && messages(check));
  expect(longestGap(ofFirst, DAY)).toBe(minutes);
});

it('a budget of nothing leaves the rarest rotation, which the free checks replace', () => {
  const none = rotation({ dailyBudgetUsd: 0 });
  expect(none.dailyUsd).toBeLessThan(0.02);
  const free = Array.from({ length: 3 }, (_, index) => none.free(START + index)).flat();
  expect(new Set(free.map(({ shape }) => shape))).toEqual(new Set(['count-tokens']));
  expect(free.map((check) => none.usd(check))).toEqual(free.map(() => 0));
  expect(new Set(free.filter(({ host }) => host === 'anthropic').map(({ model }) => model)).size).toBe(3);
});

it('a canary that comes every five minutes misses no check that is due in between', () => {
  const five = rotation({ intervalMinutes: 5 });
  const checks = asked(five, DAY, 5).filter(messages);
  for (const model of MODELS) {
    const gap = longestGap(
      checks.filter((check) => check.host === 'anthropic' && check.model === model),
      DAY,
    );
    expect(gap).toBeLessThanOrEqual(5);
  }
});

it('a model that a host does not have is not asked for there', () => {
  const models = ['claude-haiku-5-5', 'claude-mythos-5'];
  const checks = asked(rotation({ models }), DAY);
  expect(checks.filter(({ model }) => model === 'claude-mythos-5').every(({ host }) => host === 'anthropic')).toBe(
    true,
  );
});
