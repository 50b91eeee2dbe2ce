import { isFit } from '../chain/arrange';
import type { ChainState } from '../chain/chain-context';
import type { Link, Plan } from '../chain/plan';
import type { Homes } from './homes';
import type { Ordering } from './ordering';

/**
 * A conversation that has begun goes on at the host where it began, whatever the order says by now, for as long as nothing speaks
 * against that host. All others are given a place by the order.
 */
export const staying = (
  homes: Homes,
  order: (plan: Plan, state: ChainState, turns: number, now: number) => readonly Link[],
): Pick<Ordering, 'arrange' | 'begins'> => ({
  arrange(plan, state) {
    const now = state.clock.now();
    const { conversation, turns } = plan.turn();
    const chain = order(plan, state, turns, now);
    const known = turns > 0 ? homes.get(conversation, now) : undefined;
    const home = chain.find((link) => link.host.name === known && isFit(link, plan, state, now));
    return home === undefined ? chain : [home, ...chain.filter((link) => link !== home)];
  },
  begins(plan, state) {
    const now = state.clock.now();
    const first = plan.chain.find((link) => isFit(link, plan, state, now));
    // A count of tokens may come before the first turn, and warms nothing.
    if (first && plan.endpoint === 'messages') homes.set(plan.turn().conversation, first.host.name, now);
  },
});
