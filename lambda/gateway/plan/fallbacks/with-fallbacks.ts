import type { Link, Plan } from '../../../engine/chain/plan';
import type { GatewayRequest } from '../../../engine/gateway';
import { withoutField } from '../../../wire/json-without';
import { agreesToOthers, readSteering, type Client } from '../clients';
import type { Planner } from '../plan-request';
import { fallbackLinks } from './links';
import { fittedTo } from './fitted';
import { namesInBody } from './names';

const FIELD = 'fallbacks';

/**
 * The plan with the models that are asked when its own has no link left: those that the body names, else its route's, where the
 * client agrees to others. What names them is taken out of the body, and the rest is left as it came. Throws a `GatewayError`.
 */
export function withFallbacks(
  planner: Planner,
  plan: Plan,
  request: GatewayRequest,
  client: Client,
  now: number,
): Plan {
  const inBody = namesInBody(plan);
  const stripped = inBody === undefined ? plan : { ...plan, ...without(plan) };
  if (plan.endpoint !== 'messages') return stripped;
  const steering = readSteering(request, client);
  const agrees = agreesToOthers(client, steering);
  const names = inBody ?? (agrees ? (plan.route.fallbacks ?? []) : []);
  const asking = { plan, request, client, now, steering, agrees, isAsked: inBody !== undefined };
  const groups = fallbackLinks(planner, asking, names);
  const fallbacks = groups.map((links) => links.map((link) => fitted(link, stripped)));
  return { ...stripped, fallbacks, budget: withRoom(plan, fallbacks.flat().length) };
}

function without({ bytes, body: { [FIELD]: _, ...body } }: Plan): Pick<Plan, 'bytes' | 'body'> {
  return { bytes: withoutField(bytes, FIELD), body };
}

function fitted(link: Link, plan: Plan): Link {
  const request = fittedTo(link.model, plan);
  return request === undefined ? link : { ...link, request };
}

/** As in every plan: a limit of attempts that the owner has not set is none for links. */
function withRoom({ budget, route }: Plan, more: number): Plan['budget'] {
  if (typeof route.budget === 'object' && route.budget.maxAttempts !== undefined) return budget;
  return { ...budget, maxAttempts: budget.maxAttempts + more };
}
