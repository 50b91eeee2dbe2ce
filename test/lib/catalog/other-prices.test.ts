import { BEDROCK_MODELS } from '../../../lib/catalog/others/bedrock';
import { GEMINI_MODELS } from '../../../lib/catalog/others/gemini';
import { MISTRAL_MODELS } from '../../../lib/catalog/others/mistral';
import { OPENAI_MODELS } from '../../../lib/catalog/others/openai';
import { costOf, priceAt } from '../../../lib/catalog/others/other-prices';
import { costUsd } from '../../../lib/catalog/prices';
import type { HostConfig } from '../../../lib/contract';

const openai = (endpoint?: string): HostConfig => ({ name: 'o', kind: 'openai', ...(endpoint && { endpoint }) });
const bedrock = (region: string): HostConfig => ({ name: 'b', kind: 'bedrock-models', region });
const gemini = (location: string): HostConfig => ({ name: 'g', kind: 'vertex-gemini', project: 'p', location });
const messages: HostConfig = { name: 'm', kind: 'messages', endpoint: 'https://openrouter.ai/api' };
const MILLION = { input_tokens: 1e6, output_tokens: 1e6 };

test.each([
  ['OpenAI', 'gpt-5.2', openai(), 1.75 + 14],
  ['a snapshot of it', 'gpt-5.2-2025-12-11', openai('https://api.openai.com/v1'), 1.75 + 14],
  ['Mistral by its own server', 'mistral-large-4', openai('https://api.mistral.ai/v1'), 0.7 + 2.1],
  ['Gemini', 'google/gemini-2.5-flash', gemini('global'), 0.3 + 2.5],
  ['a model that Bedrock sells by region', 'meta.llama3-3-70b-instruct-v1:0', bedrock('us-west-2'), 1.44],
  ['the same by a profile', 'us.meta.llama3-3-70b-instruct-v1:0', bedrock('us-east-1'), 1.44],
  ['one that Bedrock sells by geography', 'global.amazon.nova-2-lite-v1:0', bedrock('eu-west-1'), 0.3 + 2.5],
  ['the same in a geography', 'eu.amazon.nova-2-lite-v1:0', bedrock('eu-west-1'), 1.1 * (0.3 + 2.5)],
])('a million tokens each way of %s: %s', (_name, model, host, usd) => {
  expect(costOf(model, MILLION, host)).toBeCloseTo(usd, 9);
});

test.each([
  ['a server of one’s own that names its model so', 'gpt-5.2', openai('http://10.0.0.7:8000/v1')],
  ['a gateway', 'gpt-5.2', messages],
  ['a deployment of Azure’s', 'gpt-5.2', { name: 'a', kind: 'azure-openai', resource: 'r' } satisfies HostConfig],
  ['a model of next year', 'gpt-9', openai()],
  ['Gemini in a region', 'google/gemini-2.5-flash', gemini('europe-west1')],
  ['a model of Bedrock’s outside the USA', 'meta.llama3-3-70b-instruct-v1:0', bedrock('eu-west-1')],
  ['one without the profile that it is sold by', 'amazon.nova-2-lite-v1:0', bedrock('us-east-1')],
])('what %s costs is not known, and not nothing', (_name, model, host) => {
  expect(costOf(model, MILLION, host)).toBeUndefined();
  expect(priceAt(host, model)).toBeUndefined();
});

test('a long prompt and what comes from a cache have prices of their own', () => {
  const cached = { input_tokens: 100_000, cache_read_input_tokens: 100_000, output_tokens: 0 };
  expect(costOf('gpt-6-sol', cached, openai())).toBeCloseTo(0.2 + 0.02, 9);
  const long = { input_tokens: 300_000, output_tokens: 100_000 };
  expect(costOf('gpt-6-sol', long, openai())).toBeCloseTo(0.3 * 4 + 0.1 * 15, 9);
});

test('the owner’s word goes before the list, also for Claude elsewhere, and 0 is a price', () => {
  const prices = { 'gpt-5.2': { input: 1, output: 2 }, qwen: { input: 0, output: 0 } };
  expect(costOf('gpt-5.2', MILLION, { ...openai(), prices } as HostConfig)).toBeCloseTo(3);
  expect(costOf('qwen', MILLION, { ...messages, prices } as HostConfig)).toBe(0);
  const cheaper = { ...messages, prices: { 'claude-opus-5-5': { input: 1, output: 1, cacheRead: 0.5 } } } as HostConfig;
  expect(costOf('claude-opus-5-5', { ...MILLION, cache_read_input_tokens: 1e6 }, cheaper)).toBeCloseTo(2.5);
  expect(costOf('claude-opus-5-5', MILLION, messages)).toBe(costUsd('claude-opus-5-5', MILLION));
});

test('what a server has not counted costs nobody knows what', () => {
  expect(costOf('gpt-5.2', { output_tokens: 0 }, openai())).toBeUndefined();
});

test('every price is one, and cached input is never dearer than other', () => {
  const all = { ...OPENAI_MODELS, ...GEMINI_MODELS, ...MISTRAL_MODELS, ...BEDROCK_MODELS };
  for (const [id, { price, maxTokens = 1 }] of Object.entries(all)) {
    expect({ id, ok: maxTokens > 0 }).toEqual({ id, ok: true });
    if (price === undefined) continue;
    const { input, output, cacheRead } = price;
    expect({ id, ok: input > 0 && output >= input && cacheRead > 0 && cacheRead <= input }).toEqual({ id, ok: true });
  }
});
