import { OPENAI_MODELS } from './openai';
import { type OtherModel, type OtherModels, type OtherPrice, usd } from './other-model';

/*
 * Prices of https://aws.amazon.com/bedrock/pricing as two readers of it have them, who agree on each: genai-prices 0.2.3 and LiteLLM
 * 1.110.2, of November 2026; in the regions of the USA, where a model is sold by region. Limits of answers where LiteLLM and models.dev
 * agree. Read 2026-11-28.
 */

const GPT_OSS = { maxTokens: 16_384, efforts: ['low', 'medium', 'high'] };
const llama3 = (price: OtherPrice): OtherModel => ({ maxTokens: 4096, price });
const byGeography = (price: OtherPrice): OtherModel => ({ price: { ...price, regional: 1.1 } });

/** OpenAI's cost there what they cost at OpenAI. */
const gpt = (id: string): OtherModels => {
  const model = OPENAI_MODELS[id];
  return model?.price ? { [`openai.${id}`]: { ...model, price: { ...model.price, regional: 1.1 } } } : {};
};

/** By the id without the prefix of a profile. */
export const BEDROCK_MODELS: OtherModels = {
  ...gpt('gpt-6.1-sol'),
  ...gpt('gpt-6.1-terra'),
  ...gpt('gpt-6-astra'),
  ...gpt('gpt-6-sol'),
  ...gpt('gpt-6-luna'),
  ...gpt('gpt-5.6-sol'),
  ...gpt('gpt-5.6-terra'),
  ...gpt('gpt-5.6-luna'),
  'openai.gpt-oss-120b-1:0': { ...GPT_OSS, price: usd(0.15, 0.6) },
  'openai.gpt-oss-20b-1:0': { ...GPT_OSS, price: usd(0.07, 0.3) },
  'amazon.nova-2-lite-v1:0': byGeography(usd(0.3, 2.5, 0.075)),
  'amazon.nova-premier-v1:0': { price: usd(2.5, 12.5, 0.625) },
  'amazon.nova-pro-v1:0': { price: usd(0.8, 3.2, 0.2) },
  'amazon.nova-lite-v1:0': { price: usd(0.06, 0.24, 0.015) },
  'amazon.nova-micro-v1:0': { price: usd(0.035, 0.14, 0.00875) },
  'meta.llama4-maverick-17b-instruct-v1:0': { price: usd(0.24, 0.97) },
  'meta.llama4-scout-17b-instruct-v1:0': { price: usd(0.17, 0.66) },
  'meta.llama3-3-70b-instruct-v1:0': llama3(usd(0.72, 0.72)),
  'meta.llama3-1-70b-instruct-v1:0': llama3(usd(0.72, 0.72)),
  'meta.llama3-1-8b-instruct-v1:0': llama3(usd(0.22, 0.22)),
  'mistral.mistral-large-3-675b-instruct': { price: usd(0.5, 1.5) },
  'mistral.magistral-small-2509': { maxTokens: 40_000, price: usd(0.5, 1.5) },
  'mistral.devstral-2-123b': { price: usd(0.4, 2) },
  'mistral.ministral-3-14b-instruct': { price: usd(0.2, 0.2) },
  'mistral.ministral-3-8b-instruct': { price: usd(0.15, 0.15) },
  'qwen.qwen3-coder-480b-a35b-v1:0': { price: usd(0.45, 1.8) },
  'qwen.qwen3-coder-30b-a3b-v1:0': { price: usd(0.15, 0.6) },
  'qwen.qwen3-32b-v1:0': { price: usd(0.15, 0.6) },
  'deepseek.r1-v1:0': { price: usd(1.35, 5.4) },
  'moonshotai.kimi-k3.1': byGeography(usd(4, 20, 0.2)),
  'moonshotai.kimi-k3': byGeography(usd(3, 15, 0.3)),
  'zai.glm-5.3': byGeography(usd(1.68, 5.28, 0.312)),
};
