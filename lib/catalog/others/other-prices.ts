import type { HostConfig } from '../../contract';
import type { ModelPrice } from '../model';
import { costAt, costUsd, priceOf } from '../prices';
import { otherModel, priceFactor } from './find-other';
import { usd } from './other-model';

/** What a host takes for a model: as its owner has said, or by the list; undefined where neither is known. */
export function priceAt(host: HostConfig, model: string): ModelPrice | undefined {
  const own = 'prices' in host ? host.prices?.[model] : undefined;
  if (own !== undefined) return { ...usd(own.input, own.output, own.cacheRead), regional: 1 };
  const known = otherModel(host, model);
  const factor = known && priceFactor(host, model, known);
  if (known?.price === undefined || factor === undefined) return priceOf(model);
  return { ...known.price, regional: factor };
}

/** What an answer's tokens cost at any host. A server that has not counted them says nothing of it. */
export function costOf(
  model: string,
  usage: Readonly<Record<string, unknown>>,
  host: HostConfig | undefined,
): number | undefined {
  const price = host && priceAt(host, model);
  if (price === undefined || price === priceOf(model)) return costUsd(model, usage, host);
  return typeof usage['input_tokens'] === 'number' ? costAt(price, usage, true) : undefined;
}
