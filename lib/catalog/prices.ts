import type { HostConfig } from '../contract';
import { MODELS } from './models';

/** USD per million tokens. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
}

export interface ModelPrice extends TokenPrices {
  /** Prices of every token of a request whose prompt, caches included, has more tokens than `above`. */
  readonly longPrompt?: TokenPrices & { readonly above: number };
  /** Factor where a request stays in a geography: Bedrock's and Vertex's profiles other than global, `inference_geo: us`. */
  readonly regional: number;
}

/** Where the list prices stand, and when they were read. Discounts, batches, fast mode and server tools are not in them. */
export const PRICES_SOURCE = { url: 'https://platform.claude.com/docs/en/about-claude/pricing', read: '2026-11-25' };

/** Anthropic charges cache writes by the input's price: a quarter more for five minutes, twice as much for an hour. */
const tokens = (input: number, output: number, cacheRead: number): TokenPrices => ({
  input,
  output,
  cacheWrite5m: input * 1.25,
  cacheWrite1h: input * 2,
  cacheRead,
});
const list = (input: number, output: number, cacheRead: number): ModelPrice => ({
  ...tokens(input, output, cacheRead),
  regional: 1.1,
});
/** Before Claude 4.5 no cloud took more for staying in a region. */
const sameEverywhere = (price: ModelPrice): ModelPrice => ({ ...price, regional: 1 });

const OPUS = list(5, 25, 0.5);

/** Not in here: Claude Mythos 5.2 and Mythos Preview, whose prices no public page gave when this was read. */
const PRICES: ReadonlyMap<string, ModelPrice> = new Map(
  Object.entries({
    // By a reader of the price page, https://github.com/archid21/rightsize/releases/tag/v0.10.2; the page itself was not to be had.
    'claude-fable-5-2': list(8, 40, 0.2),
    'claude-fable-5-1': list(10, 50, 0.25),
    'claude-fable-5': list(10, 50, 1),
    'claude-mythos-5-1': list(10, 50, 0.25),
    'claude-mythos-5': list(10, 50, 1),
    'claude-opus-5-5': list(4, 20, 0.2),
    'claude-opus-5': OPUS,
    'claude-opus-4-8': OPUS,
    'claude-opus-4-7': OPUS,
    'claude-opus-4-6': OPUS,
    'claude-opus-4-5-20251101': OPUS,
    'claude-opus-4-1-20250805': sameEverywhere(list(15, 75, 1.5)),
    // Cache reads since 2026-10-07; 0.20 before.
    'claude-sonnet-5-5': list(2, 10, 0.1),
    'claude-sonnet-5': list(2, 10, 0.2),
    'claude-sonnet-4-6': list(3, 15, 0.3),
    'claude-sonnet-4-5-20250929': list(3, 15, 0.3),
    'claude-sonnet-4-20250514': sameEverywhere(list(3, 15, 0.3)),
    'claude-haiku-5-5': { ...list(0.1, 0.5, 0.01), longPrompt: { ...tokens(0.5, 2.5, 0.05), above: 100_000 } },
    'claude-haiku-4-5-20251001': list(1, 5, 0.1),
    'claude-3-5-haiku-20241022': sameEverywhere(list(0.8, 4, 0.08)),
  }),
);

/** List prices of a model, by its id or alias; undefined where they are not known. */
export function priceOf(model: string): ModelPrice | undefined {
  return PRICES.get(MODELS.find(({ id, aliases }) => id === model || aliases.includes(model))?.id ?? '');
}

/** What an answer's tokens cost at list price, or undefined for a model without one. `usage` is the answer's own. */
export function costUsd(
  model: string,
  usage: Readonly<Record<string, unknown>>,
  host?: HostConfig,
): number | undefined {
  const price = priceOf(model);
  if (price === undefined) return undefined;
  const counted = tokenCounts(usage);
  const isLong = price.longPrompt !== undefined && counted.prompt > price.longPrompt.above;
  const perMillion = isLong ? price.longPrompt : price;
  const usd =
    counted.input * perMillion.input +
    counted.output * perMillion.output +
    counted.cacheWrite5m * perMillion.cacheWrite5m +
    counted.cacheWrite1h * perMillion.cacheWrite1h +
    counted.cacheRead * perMillion.cacheRead;
  return (usd * (staysInGeography(usage, host) ? price.regional : 1)) / 1e6;
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
  if (host?.kind === 'bedrock') return (host.profile ?? 'global') !== 'global';
  if (host?.kind === 'vertex') return host.location !== 'global';
  return usage['inference_geo'] === 'us';
}
