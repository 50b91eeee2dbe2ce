import { type OtherModel, type OtherModels, type OtherPrice, usd } from './other-model';

/*
 * Prices of https://mistral.ai/pricing as two readers of it have them, who agree on each: genai-prices 0.2.3 and LiteLLM 1.110.2, of
 * November 2026. Efforts by LiteLLM. Limits of answers are not known: readers name that of the whole context. Read 2026-11-28.
 */

const thinks = (price: OtherPrice): OtherModel => ({ efforts: ['none', 'high'], price });

export const MISTRAL_MODELS: OtherModels = {
  'mistral-large-4': thinks(usd(0.7, 2.1, 0.07)),
  'mistral-large-2512': { price: usd(0.5, 1.5, 0.05) },
  'mistral-medium-3-5': thinks(usd(1.5, 7.5, 0.15)),
  'mistral-medium-latest': thinks(usd(1.5, 7.5, 0.15)),
  'mistral-small-2603': thinks(usd(0.15, 0.6, 0.015)),
  'mistral-small-latest': thinks(usd(0.15, 0.6, 0.015)),
  'ministral-14b-2512': { price: usd(0.2, 0.2, 0.02) },
  'ministral-8b-2512': { price: usd(0.15, 0.15, 0.015) },
  'ministral-3b-2512': { price: usd(0.1, 0.1, 0.01) },
  'codestral-2508': { price: usd(0.3, 0.9, 0.03) },
};
