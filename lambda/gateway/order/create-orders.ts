import {
  type FigureEntry,
  type OrderConfig,
  type RouteConfig,
  type RouterConfig,
  type RouterEntry,
} from '../../../lib/contract';
import { Figures } from '../../engine/order/figures';
import { Homes } from '../../engine/order/homes';
import type { Ordering } from '../../engine/order/ordering';
import { byCost, bySpeed, byWeights } from '../../engine/order/orderings';
import { linkCost, promptPrice } from './link-cost';

/** The orders of a router's routes, with what they go by. */
export interface Orders {
  of(route: RouteConfig): Ordering | undefined;
  /** What others have told. */
  learn(entries: readonly RouterEntry[], now: number): void;
}

/** Two of a hundred conversations begin at any of the hosts, so that it is known how fast each is. */
const PROBES = 0.02;

/** `tell`: what other processes should know. */
export function createOrders({ routes, hosts }: RouterConfig, tell: (entry: FigureEntry) => void): Orders {
  const figures = new Figures(tell);
  const homes = new Homes();
  const configs = new Map(hosts.map((host) => [host.name, host]));

  const fastest = ({ trickle = PROBES }: RouteConfig): Ordering => ({
    ...bySpeed(homes, (link, turns, now) => figures.value('first-content', link, turns, now)),
    probes: trickle,
    began: (link, firstContentMs, now) => figures.sample('first-content', link, firstContentMs, now),
  });

  const cheapest = (priceFactors: Readonly<Record<string, number>>): Ordering => ({
    ...byCost(homes, (link, turns, now) =>
      linkCost(
        link.model,
        configs.get(link.host.name),
        priceFactors[link.host.name],
        figures.value('prompt-price', link, turns, now) ?? figures.least('prompt-price', link, turns, now),
      ),
    ),
    ended(host, usage, { chain, model }, now) {
      const link = chain.find((each) => each.host.name === host);
      const price = promptPrice(model, usage);
      if (link && price !== undefined) figures.sample('prompt-price', link, price, now);
    },
  });

  const ordering = (route: RouteConfig, order: OrderConfig): Ordering | undefined => {
    if (order === 'listed') return undefined;
    if (order === 'fastest') return fastest(route);
    if (order === 'cheapest') return cheapest({});
    return 'weights' in order ? byWeights(order.weights) : cheapest(order.cheapest.priceFactors);
  };

  const orderings = new Map(routes.map((route) => [route, ordering(route, route.order ?? 'listed')]));
  return {
    of: (route) => orderings.get(route),
    learn: (entries, now) => figures.learn(entries, now),
  };
}
