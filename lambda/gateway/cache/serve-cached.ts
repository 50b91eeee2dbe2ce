import type { ChainState } from '../../engine/chain/chain-context';
import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest } from '../../engine/gateway';
import type { GatewayParts } from '../gateway-parts';
import type { Served } from '../run';
import { cacheUse } from './cache-wish';
import { mayKeepFor } from './cacheable';
import { type House, marked } from './response-cache';

/** Serves a request whose route has a cache, or whose client asks for one. Rejects with a `GatewayError` where its wish is none. */
export async function serveCached(
  { cache, state }: Pick<GatewayParts, 'cache'> & { readonly state: ChainState },
  plan: Plan,
  { headers, timeLeftMs }: Pick<GatewayRequest, 'headers' | 'timeLeftMs'>,
  signal: AbortSignal,
  house: House,
): Promise<Served> {
  const use = cacheUse(headers, plan.route.cache);
  if (use === 'bypass') return marked(await house.begin(signal, timeLeftMs), use);
  if (use === 'none' || cache === undefined || !mayKeepFor(plan))
    return marked(await house.begin(signal, timeLeftMs), 'none');
  return (await cache).serve({ plan, use, timeLeftMs, signal, state, house });
}
