import { type HostConfig, kindOf } from '../../../lib/contract';
import { priceOf, tokenCounts } from '../../../lib/catalog/prices';
import type { Usage } from '../../engine/answer';

/** Tokens of a prompt for one of its answer, as in a chat that goes on for a while. */
const PROMPT = 10;
/** Of a model that has no list price: what an answer costs by its prompt is the same for all of Claude's. */
const USUAL = { input: 1, output: 5, regional: 1 };

/** USD for a million tokens of answers with their prompts, at a host; `prompt`: what a token of a prompt has cost by its list price. */
export function linkCost(model: string, host: HostConfig | undefined, factor = 1, prompt = 1): number {
  const { input, output, regional } = priceOf(model) ?? USUAL;
  const isRegional = host !== undefined && kindOf(host).isRegional?.(host) === true;
  return factor * (isRegional ? regional : 1) * (PROMPT * input * prompt + output);
}

/** What a token of this prompt has cost, by the price of one that no cache has; undefined where none was paid for, or no price is known. */
export function promptPrice(model: string, usage: Usage): number | undefined {
  const price = priceOf(model);
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, prompt } = tokenCounts(usage);
  if (price === undefined || prompt === 0) return undefined;
  const paid =
    input * price.input +
    cacheRead * price.cacheRead +
    cacheWrite5m * price.cacheWrite5m +
    cacheWrite1h * price.cacheWrite1h;
  return paid / (prompt * price.input);
}
