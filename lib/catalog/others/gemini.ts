import { type OtherModel, type OtherModels, type OtherPrice, usd, usdByLength } from './other-model';

/*
 * Prices of https://cloud.google.com/gemini-enterprise-agent-platform/generative-ai/pricing for `global`, as two readers of it have
 * them: genai-prices 0.2.3 and LiteLLM 1.110.2, of November 2026. Gemini 3.6 to 3.8 Flash are not in here, because the two do not agree.
 * Limits of answers by LiteLLM and models.dev, the smaller where they differ by one. Read 2026-11-28.
 */

const gemini = (price?: OtherPrice): OtherModel => ({ maxTokens: 65_535, ...(price && { price }) });

export const GEMINI_MODELS: OtherModels = {
  'gemini-3.5-flash': gemini(usd(1.5, 9, 0.15)),
  'gemini-3.5-flash-lite': gemini(usd(0.3, 2.5, 0.03)),
  'gemini-3.1-pro-preview': gemini(usdByLength(usd(2, 12, 0.2), 200_000, usd(4, 18, 0.4))),
  'gemini-3.1-flash-lite': gemini(usd(0.25, 1.5, 0.025)),
  'gemini-3-pro-preview': gemini(),
  'gemini-3-flash-preview': gemini(usd(0.5, 3, 0.05)),
  'gemini-2.5-pro': gemini(usdByLength(usd(1.25, 10, 0.125), 200_000, usd(2.5, 15, 0.25))),
  'gemini-2.5-flash': gemini(usd(0.3, 2.5, 0.03)),
  'gemini-2.5-flash-lite': gemini(usd(0.1, 0.4, 0.01)),
};
