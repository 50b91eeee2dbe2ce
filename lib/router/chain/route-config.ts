import type { RouteConfig } from '../../contract';
import type { Host } from '../../hosts/host';
import { WhenDown } from '../queue/queue-props';
import { Commit, type FailoverRouterProps, LatencyBudget, type RouteProps } from '../router-props';
import { lastResortConfig } from './last-resort';

/** As the router reads it. */
export function routeConfig(route: RouteProps, router: FailoverRouterProps): RouteConfig {
  const budget = route.budget ?? router.budget ?? LatencyBudget.INTERACTIVE;
  const commit = route.commit ?? router.commit ?? Commit.FIRST_CONTENT;
  return {
    models: route.models,
    clients: route.clients,
    chain: route.chain.map(({ name }: Host) => name),
    budget: `${budget}`,
    commit: `${commit}`,
    trickle: route.trickle ?? router.trickle,
    maxDeadlineMs: route.maxDeadline?.toMilliseconds(),
    whenDown: (route.whenDown ?? router.whenDown) === WhenDown.QUEUE ? 'queue' : undefined,
    ...lastResortConfig(route, router),
  };
}
