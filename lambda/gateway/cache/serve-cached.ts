import type { ChainState } from '../../engine/chain/chain-context';
import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest } from '../../engine/gateway';
import type { GatewayParts } from '../gateway-parts';
import type { Passed } from '../admission/passed';
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
): Promise<Passed> {
  const use = cacheUse(headers, plan.route.cache);
  if (use !== 'bypass' && use !== 'none' && cache !== undefined && mayKeepFor(plan)) {
    return (await cache).serve({ plan, use, timeLeftMs, signal, state, house });
  }
  const passed = await house.begin(signal, timeLeftMs);
  return passed.end ? marked(passed, use === 'bypass' ? use : 'none') : passed;
}
