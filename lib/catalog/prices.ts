import { type HostConfig, kindOf } from '../contract';
import type { ModelPrice, TokenPrices } from './model';
import { MODELS, VENDORS } from './models';

const OF_MODELS: ReadonlyMap<string, ModelPrice> = new Map(VENDORS.flatMap(({ prices }) => Object.entries(prices)));
/** By every name of a model: each answer is looked up. */
const PRICES: ReadonlyMap<string, ModelPrice | undefined> = new Map(
  MODELS.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, OF_MODELS.get(id)])),
);

/** Of the list price, wherever a host has batches of its own. */
export const BATCH_SHARE = 0.5;

/** List prices of a model, by its id or alias; undefined where they are not known. */
export function priceOf(model: string): ModelPrice | undefined {
  return PRICES.get(model);
}

/** What an answer's tokens cost at list price, or undefined for a model without one. `usage` is the answer's own. */
export function costUsd(
  model: string,
  usage: Readonly<Record<string, unknown>>,
  host?: HostConfig,
): number | undefined {
  const price = priceOf(model);
  return price && costAt(price, usage, staysInGeography(usage, host));
}

export function costAt(price: ModelPrice, usage: Readonly<Record<string, unknown>>, isRegional: boolean): number {
  const counted = tokenCounts(usage);
  const isLong = price.longPrompt !== undefined && counted.prompt > price.longPrompt.above;
  const perMillion = isLong ? price.longPrompt : price;
  const usd =
    counted.input * perMillion.input +
    counted.output * perMillion.output +
    counted.cacheWrite5m * perMillion.cacheWrite5m +
    counted.cacheWrite1h * perMillion.cacheWrite1h +
    counted.cacheRead * perMillion.cacheRead;
  return (usd * (isRegional ? price.regional : 1)) / 1e6;
}

/** The counters of an answer, with 0 for what it does not have. */
export function tokenCounts(usage: Readonly<Record<string, unknown>>): Record<keyof TokenPrices | 'prompt', number> {
  const input = count(usage['input_tokens']);
  const cacheRead = count(usage['cache_read_input_tokens']);
  const written = count(usage['cache_creation_input_tokens']);
  // Hosts that do not split it know the short cache only.
  const cacheWrite1h = Math.min(written, count(Object(usage['cache_creation'])['ephemeral_1h_input_tokens']));
  return {
    input,
    output: count(usage['output_tokens']),
    cacheRead,
    cacheWrite1h,
    cacheWrite5m: written - cacheWrite1h,
    prompt: input + cacheRead + written,
  };
}

/** The host's word, which may be anything. */
const count = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;

function staysInGeography(usage: Readonly<Record<string, unknown>>, host: HostConfig | undefined): boolean {
  return (host && kindOf(host).isRegional?.(host)) ?? usage['inference_geo'] === 'us';
}
