import type { ChainState } from './chain-context';
import { inability, lacking } from './inability';
import type { Link, Plan } from './plan';

/**
 * The plan with the host first that this conversation begins at: by an operator's weights, else now and then a fallback, so
 * that it stays warm. By conversation, not by request: one that changed hosts midway would pay for its prompt cache again.
 */
export function arrange(plan: Plan, state: ChainState): Plan {
  if (plan.isSteered || (state.overrides.isEmpty && !plan.route.trickle)) return plan;
  const now = state.clock.now();
  const weights = plan.chain.map(({ host }) => state.overrides.weight(host.name, now));
  const first = weights.some((weight) => weight !== undefined) ? weighted(plan, weights) : trickled(plan, state, now);
  if (first === undefined || first === plan.chain[0]) return plan;
  return { ...plan, chain: [first, ...plan.chain.filter((link) => link !== first)] };
}

/** Each weight takes its share of the conversations, in the chain's order; the rest begin at the first host without one. */
function weighted({ chain, conversation }: Plan, weights: readonly (number | undefined)[]): Link | undefined {
  const place = conversation() * 100;
  let mark = 0;
  for (const [index, weight] of weights.entries()) {
    mark += weight ?? 0;
    if (place < mark) return chain[index];
  }
  return chain[weights.indexOf(undefined)];
}

/**
 * Only while the primary takes everything anyway, and never for a count of tokens, which warms nothing. From the upper end of
 * the conversations: a ramp takes those of the lower.
 */
function trickled(plan: Plan, { health, overrides }: ChainState, now: number): Link | undefined {
  const { endpoint } = plan;
  const { trickle = 0 } = plan.route;
  if (trickle === 0 || endpoint !== 'messages') return undefined;
  const place = (1 - plan.conversation()) / trickle;
  if (place > 1) return undefined;
  const [primary, ...fallbacks] = plan.chain.filter(
    (link) =>
      inability(link, plan) === undefined &&
      lacking(link, plan) === undefined &&
      overrides.get(link.host.name, now) === undefined &&
      health.isHealthy(link.host.name, link.healthScope, now),
  );
  if (primary !== plan.chain[0]) return undefined;
  return fallbacks[Math.min(Math.floor(place * fallbacks.length), fallbacks.length - 1)];
}
