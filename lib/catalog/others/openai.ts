import { type OtherModel, type OtherModels, type OtherPrice, usd, usdByLength } from './other-model';

/*
 * Prices of https://developers.openai.com/api/docs/pricing as two readers of it have them, who agree on each: genai-prices 0.2.3 and
 * LiteLLM 1.110.2, of November 2026. Limits of answers by LiteLLM and models.dev, efforts by LiteLLM. Read 2026-11-28.
 */

/** Since GPT-5.4 a prompt of more than 272,000 tokens costs twice as much, and its answer half as much again. */
const byLength = (price: OtherPrice): OtherPrice =>
  usdByLength(price, 272_000, usd(2 * price.input, 1.5 * price.output, 2 * price.cacheRead));

const UP_TO_XHIGH = ['none', 'low', 'medium', 'high', 'xhigh'];
const UP_TO_MAX = [...UP_TO_XHIGH, 'max'];
const ALWAYS_THINKS = UP_TO_MAX.slice(1);
const FIRST_EFFORTS = ['low', 'medium', 'high'];

const gpt5 = (price: OtherPrice, efforts: readonly string[]): OtherModel => ({ maxTokens: 128_000, efforts, price });
const gpt41 = (price: OtherPrice): OtherModel => ({ maxTokens: 32_768, price });
const gpt4o = (price: OtherPrice): OtherModel => ({ maxTokens: 16_384, price });
const o = (price: OtherPrice): OtherModel => ({ maxTokens: 100_000, efforts: FIRST_EFFORTS, price });

export const OPENAI_MODELS: OtherModels = {
  'gpt-6.1-sol': gpt5(byLength(usd(2, 10, 0.1)), ALWAYS_THINKS),
  'gpt-6.1-terra': gpt5(byLength(usd(1, 5, 0.05)), UP_TO_MAX),
  'gpt-6-astra': gpt5(byLength(usd(10, 50, 1)), ALWAYS_THINKS),
  'gpt-6-sol': gpt5(byLength(usd(2, 10, 0.2)), UP_TO_MAX),
  'gpt-6-luna': gpt5(byLength(usd(0.1, 0.5, 0.01)), UP_TO_MAX),
  'gpt-5.6-sol': gpt5(byLength(usd(4, 20, 0.4)), UP_TO_XHIGH),
  'gpt-5.6-terra': gpt5(byLength(usd(2, 12, 0.2)), UP_TO_XHIGH),
  'gpt-5.6-luna': gpt5(byLength(usd(0.2, 1.2, 0.02)), UP_TO_XHIGH),
  'gpt-5.5': gpt5(byLength(usd(5, 30, 0.5)), UP_TO_XHIGH),
  'gpt-5.4': gpt5(byLength(usd(2.5, 15, 0.25)), UP_TO_XHIGH),
  'gpt-5.4-mini': gpt5(usd(0.75, 4.5, 0.075), UP_TO_XHIGH),
  'gpt-5.4-nano': gpt5(usd(0.2, 1.25, 0.02), UP_TO_XHIGH),
  'gpt-5.2': gpt5(usd(1.75, 14, 0.175), UP_TO_XHIGH),
  'gpt-5.1': gpt5(usd(1.25, 10, 0.125), ['none', ...FIRST_EFFORTS]),
  'gpt-5': gpt5(usd(1.25, 10, 0.125), ['minimal', ...FIRST_EFFORTS]),
  'gpt-5-mini': gpt5(usd(0.25, 2, 0.025), ['minimal', ...FIRST_EFFORTS]),
  'gpt-5-nano': gpt5(usd(0.05, 0.4, 0.005), ['minimal', ...FIRST_EFFORTS]),
  'gpt-4.1': gpt41(usd(2, 8, 0.5)),
  'gpt-4.1-mini': gpt41(usd(0.4, 1.6, 0.1)),
  'gpt-4.1-nano': gpt41(usd(0.1, 0.4, 0.025)),
  'gpt-4o': gpt4o(usd(2.5, 10, 1.25)),
  'gpt-4o-mini': gpt4o(usd(0.15, 0.6, 0.075)),
  o3: o(usd(2, 8, 0.5)),
  'o4-mini': o(usd(1.1, 4.4, 0.275)),
  'o3-mini': o(usd(1.1, 4.4, 0.55)),
};
