import type { ChainState } from './chain-context';
import { inability, lacking } from './inability';
import type { Link, Plan } from './plan';

/**
 * The plan in its route's order, with the host first that this conversation begins at: by an operator's weights, else now and then
 * another one than its turn would be, so that it stays warm. By conversation, not by request: one that changed hosts midway would
 * pay for its prompt cache again.
 */
export function arrange(plan: Plan, state: ChainState): Plan {
  const { ordering, route } = plan;
  if (plan.isSteered || (ordering === undefined && state.overrides.isEmpty && !route.trickle)) return plan;
  const now = state.clock.now();
  const chain = ordering?.arrange(plan, state) ?? plan.chain;
  const weights = plan.chain.map(({ host }) => state.overrides.weight(host.name, now));
  const isWeighted = weights.some((weight) => weight !== undefined);
  const first = isWeighted ? weighted(plan, chain, weights) : trickled(plan, chain, state, now);
  const arranged =
    first === undefined ? { ...plan, chain } : { ...plan, chain: [first, ...chain.filter((link) => link !== first)] };
  ordering?.begins?.(arranged, state);
  return arranged;
}

/** Each weight takes its share of the conversations, in the chain's order; the rest begin at the first host without one. */
function weighted(plan: Plan, chain: readonly Link[], weights: readonly (number | undefined)[]): Link | undefined {
  const place = plan.conversation() * 100;
  let mark = 0;
  for (const [index, weight] of weights.entries()) {
    mark += weight ?? 0;
    if (place < mark) return plan.chain[index];
  }
  return chain.find((link) => weights[plan.chain.indexOf(link)] === undefined);
}

/**
 * Only while the host that would be first takes everything anyway, and never for a count of tokens, which warms nothing. From the
 * upper end of the conversations: a ramp takes those of the lower. Where an order goes by what is seen of hosts, any of them, so
 * that the place does not change with the order.
 */
function trickled(plan: Plan, chain: readonly Link[], state: ChainState, now: number): Link | undefined {
  const probes = plan.ordering?.probes;
  const trickle = probes ?? plan.route.trickle ?? 0;
  if (trickle === 0 || plan.endpoint !== 'messages') return undefined;
  const place = (1 - plan.conversation()) / trickle;
  if (place > 1) return undefined;
  const fit = plan.chain.filter((link) => isFit(link, plan, state, now));
  const [primary] = chain;
  if (probes === undefined && !fit.some((link) => link === primary)) return undefined;
  const some = probes === undefined ? fit.filter((link) => link !== primary) : fit;
  return some[Math.min(Math.floor(place * some.length), some.length - 1)];
}

/** Whether nothing speaks against a host, so that it may be asked in place of another that could be. */
export function isFit(link: Link, plan: Plan, { health, overrides }: ChainState, now: number): boolean {
  return (
    inability(link, plan) === undefined &&
    lacking(link, plan) === undefined &&
    overrides.drainedUntil(link.host.name, now) === undefined &&
    !overrides.isDrilled(link.host.name, now) &&
    health.isHealthy(link.host.name, link.healthScope, now)
  );
}
