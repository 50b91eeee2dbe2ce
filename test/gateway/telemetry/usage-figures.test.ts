import { usageFigures } from '../../../lambda/gateway/telemetry/usage-figures';

const BEDROCK = { kind: 'bedrock', name: 'bedrock', region: 'eu-west-1', profile: 'eu' } as const;

it('tells what an answer cost on the host that gave it', () => {
  const usage = { input_tokens: 1_000_000, output_tokens: 0 };
  expect(usageFigures('claude-opus-5-5', usage, undefined).costUsd).toBeCloseTo(4);
  expect(usageFigures('claude-opus-5-5', usage, BEDROCK).costUsd).toBeCloseTo(4.4);
});

it.each([
  ['none of a prompt that was all written', { cache_creation_input_tokens: 900 }, 0],
  ['the share of a prompt that was read', { cache_read_input_tokens: 300 }, 75],
  ['nothing where no cache was used', { cache_read_input_tokens: 0, cache_creation_input_tokens: 0 }, undefined],
])('tells of the cache: %s', (_, usage, percent) => {
  expect(usageFigures('claude-opus-5-5', { input_tokens: 100, ...usage }, undefined).cacheHitRate).toBe(percent);
});

it('counts the tokens that quotas count: prompt, caches and answer', () => {
  const usage = { input_tokens: 1, cache_read_input_tokens: 20, cache_creation_input_tokens: 300, output_tokens: 4000 };
  expect(usageFigures('claude-opus-5-5', usage, undefined).tokens).toBe(4321);
});
