import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest } from '../../engine/gateway';
import type { GatewayParts } from '../gateway-parts';
import type { Client } from './clients';
import { planRequest, planWithFallbacks } from './plan-request';

/** The whole plan of a request, held against what its client may use. Throws a `GatewayError`. */
export async function planFor(
  { planner: whole, orders, policy }: Pick<GatewayParts, 'planner' | 'orders' | 'policy'>,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
  now: number,
): Promise<Plan> {
  const rules = policy && (await policy).of(client.name);
  const planner = rules?.planner(whole) ?? whole;
  const asked = planRequest(planner, request, endpoint, client, now, orders && (await orders));
  const checked = rules?.checked(asked, request.path) ?? asked;
  const planned = await planWithFallbacks(planner, checked, request, client, now);
  return rules?.cut(planned) ?? planned;
}
