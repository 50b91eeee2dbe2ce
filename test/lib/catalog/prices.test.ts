import { MODELS } from '../../../lib/catalog/models';
import { costUsd, priceOf } from '../../../lib/catalog/prices';

const MILLION = 1_000_000;
const usage = { input_tokens: MILLION, output_tokens: MILLION };
const BEDROCK = { kind: 'bedrock', name: 'bedrock', region: 'eu-west-1' } as const;
const VERTEX = { kind: 'vertex', name: 'vertex', project: 'p' } as const;

it('has the price of every model of the table but those that no page gives', () => {
  const without = MODELS.filter(({ id }) => priceOf(id) === undefined).map(({ id }) => id);
  expect(without).toEqual(['claude-mythos-5-2', 'claude-mythos-preview']);
});

it('finds a price by alias, and none for a model it does not know', () => {
  expect(priceOf('claude-haiku-4-5')).toBe(priceOf('claude-haiku-4-5-20251001'));
  expect(priceOf('claude-of-next-year')).toBeUndefined();
  expect(costUsd('claude-of-next-year', usage)).toBeUndefined();
});

it('adds up input, output and caches, each at its price', () => {
  expect(costUsd('claude-opus-5-5', usage)).toBeCloseTo(24);
  const cached = {
    input_tokens: 100,
    output_tokens: 50,
    cache_read_input_tokens: 10_000,
    cache_creation_input_tokens: 3_000,
    cache_creation: { ephemeral_5m_input_tokens: 1_000, ephemeral_1h_input_tokens: 2_000 },
  };
  const usd = (100 * 4 + 50 * 20 + 10_000 * 0.2 + 1_000 * 5 + 2_000 * 8) / MILLION;
  expect(costUsd('claude-opus-5-5', cached)).toBeCloseTo(usd, 12);
});

it('takes a cache write that the host does not split for one of five minutes', () => {
  expect(costUsd('claude-sonnet-5', { cache_creation_input_tokens: MILLION })).toBeCloseTo(2.5);
});

it.each([
  ['Bedrock through the global profile', { ...BEDROCK, profile: 'global' }, 6],
  ['Bedrock without a profile, which is the global one', BEDROCK, 6],
  ['Bedrock through a geographic profile', { ...BEDROCK, profile: 'eu' }, 6.6],
  ['Vertex in the global location', { ...VERTEX, location: 'global' }, 6],
  ['Vertex in a region', { ...VERTEX, location: 'europe-west1' }, 6.6],
] as const)('prices %s', (_, host, usd) => {
  expect(costUsd('claude-haiku-4-5', usage, host)).toBeCloseTo(usd);
});

it('adds nothing for a region to models older than the surcharge', () => {
  const regional = { ...BEDROCK, profile: 'us' } as const;
  expect(costUsd('claude-sonnet-4', usage, regional)).toBeCloseTo(18);
});

it('knows an answer that Anthropic kept in the US', () => {
  expect(costUsd('claude-opus-5', { ...usage, inference_geo: 'us' })).toBeCloseTo(33);
});

it('prices every token of a long prompt higher where the model has such a tier, cached ones included in its length', () => {
  const short = { input_tokens: 100_000, output_tokens: 1_000 };
  expect(costUsd('claude-haiku-5-5', short)).toBeCloseTo(0.0105);
  expect(costUsd('claude-haiku-5-5', { ...short, cache_read_input_tokens: 1 })).toBeCloseTo(0.0525);
});

it.each([[{}], [{ input_tokens: 'many', output_tokens: -1, cache_creation: 'x' }], [{ cache_creation: null }]])(
  'counts nothing of what is not a count: %j',
  (odd) => {
    expect(costUsd('claude-opus-5', odd)).toBe(0);
  },
);
