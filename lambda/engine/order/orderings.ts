import { isFit } from '../chain/arrange';
import type { Link } from '../chain/plan';
import { cheapest } from './cheapest';
import { fastest } from './fastest';
import type { Homes } from './homes';
import type { Ordering } from './ordering';
import { staying } from './staying';
import { weighted } from './weighted';

/** What is known of a link by now; `turns`: for a conversation that has had so many, and may be older than that. */
type Known<T> = (link: Link, turns: number, now: number) => T;

/** By shares of the conversations, which stay where they are because their luck does. */
export const byWeights = (weights: Readonly<Record<string, number>>): Ordering => ({
  arrange: ({ chain, conversation }) => weighted(chain, weights, conversation()),
});

export const bySpeed = (homes: Homes, latencyOf: Known<number | undefined>): Ordering =>
  staying(homes, (plan, state, turns, now) =>
    fastest(
      plan.chain,
      plan.conversation(),
      (link) => latencyOf(link, turns, now),
      (link) => isFit(link, plan, state, now),
    ),
  );

export const byCost = (homes: Homes, costOf: Known<number>): Ordering =>
  staying(homes, ({ chain }, _, turns, now) => cheapest(chain, (link) => costOf(link, turns, now)));
