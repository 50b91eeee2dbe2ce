import { isFit } from '../chain/arrange';
import type { ChainState } from '../chain/chain-context';
import type { Link, Plan, Turn } from '../chain/plan';
import type { Homes } from './homes';

/**
 * A conversation that has begun goes on at the host where it began, whatever the order says by now, for as long as nothing speaks
 * against that host. All others are given a place by the order.
 */
export function staying(
  plan: Plan,
  state: ChainState,
  homes: Homes,
  order: (turn: Turn, now: number) => readonly Link[],
): readonly Link[] {
  const now = state.clock.now();
  const turn = plan.turn();
  const { conversation, hasBegun } = turn;
  const chain = order(turn, now);
  const fit = chain.filter((link) => isFit(link, plan, state, now));
  const known = hasBegun ? homes.get(conversation, now) : undefined;
  const home = fit.find(({ host }) => host.name === known);
  // A count of tokens comes before the first turn as well, and warms nothing.
  const begins = home ?? fit[0];
  if (plan.endpoint === 'messages' && begins) homes.set(conversation, begins.host.name, now);
  return home === undefined ? chain : [home, ...chain.filter((link) => link !== home)];
}
