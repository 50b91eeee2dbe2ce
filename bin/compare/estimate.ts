import { priceAt } from '../../lib/catalog/others/other-prices';
import { isObject } from '../../lambda/engine/json';
import type { ComparisonPlan } from './run-comparison';

export interface Estimate {
  /** How many requests are sent. */
  readonly requests: number;
  /** With every answer as long as it may be. */
  readonly usd: number;
  /** Models without a known price: what they take is not in it. */
  readonly unpriced: readonly string[];
}

const CHARACTERS_A_TOKEN = 3;
/** What the largest picture takes, and about what two pages of a document do. */
const TOKENS_OF_A_FILE = 5000;
const OTHER_TOKENS = 500;

/** What a comparison costs at most, at list prices, before anything is sent. Tokens of prompts are guessed by length. */
export function estimate({ links, requests, repeat, modelOf }: ComparisonPlan): Estimate {
  let usd = 0;
  const unpriced = new Set<string>();
  for (const request of requests) {
    for (const link of links) {
      const model = link.model ?? modelOf(request);
      const price = priceAt(link.host, model);
      if (price === undefined) {
        unpriced.add(model);
        continue;
      }
      const input = OTHER_TOKENS + tokensOf(request.body);
      const perMillion = input * price.input + Number(request.body['max_tokens']) * price.output;
      usd += (perMillion * price.regional * repeat) / 1e6;
    }
  }
  return { requests: requests.length * links.length * repeat, usd, unpriced: [...unpriced] };
}

function tokensOf(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / CHARACTERS_A_TOKEN);
  if (isObject(value) && isObject(value['source'])) return TOKENS_OF_A_FILE;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.entries(value).reduce<number>((sum, [name, child]) => sum + tokensOf(name) + tokensOf(child), 0);
}
