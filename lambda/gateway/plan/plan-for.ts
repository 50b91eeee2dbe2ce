import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest, GatewayResponse } from '../../engine/gateway';
import type { GatewayParts } from '../gateway-parts';
import type { Client } from './clients';
import { planRequest, planWithFallbacks } from './plan-request';

/** The whole plan of a request, held against what its client may use; or what it is answered without one. Throws a `GatewayError`. */
export async function planFor(
  { planner: whole, orders, policy }: Pick<GatewayParts, 'planner' | 'orders' | 'policy'>,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
  now: number,
): Promise<Plan | GatewayResponse> {
  const rules = policy && (await policy).of(client.name);
  const planner = rules?.planner(whole) ?? whole;
  const asked = planRequest(planner, request, endpoint, client, now, orders && (await orders));
  const checked = rules?.checked(asked, request.path) ?? asked;
  const planned = await planWithFallbacks(planner, checked, request, client, now);
  return rules?.guarded(rules.cut(planned)) ?? planned;
}
