import type { Construct } from 'constructs';
import type { RouteConfig } from '../../contract';
import { hoursConfig, type RouteHours } from './route-hours';
import type { RoutingOrder } from './routing-order';

interface Arranged {
  readonly order?: RoutingOrder;
  readonly hours?: RouteHours;
}

/** Order and hours of a route. `at`: where it stands in the props; undefined for the router's own chain. */
export function arrangement(
  scope: Construct,
  at: string | undefined,
  { order: own, hours }: Arranged,
  { order: routers }: Pick<Arranged, 'order'>,
  chain: readonly string[],
): Pick<RouteConfig, 'order' | 'hours'> {
  const place = at === undefined ? 'order' : own ? `${at}.order` : `order' for '${at}.chain`;
  const order = (own ?? routers)?._bind(scope, place, chain);
  return {
    // What is not said, the router need not know.
    ...(order !== 'listed' && order && { order }),
    ...(hours && { hours: hoursConfig(scope, `${at}.hours`, hours) }),
  };
}
