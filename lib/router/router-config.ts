import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Probe, RouteConfig, RouterConfig } from '../contract';
import type { FailoverRouterProps } from './failover-router';
import type { Host } from '../hosts/host';
import type { ModelCatalog } from '../catalog/resolve';
import { Commit, LatencyBudget, type RouteProps } from './route';
import { bindHosts } from './chain/bind-hosts';
import { cheapestFirst } from './cheapest-first';
import { clientConfigs } from './client-configs';
import type { HostBinding } from '../hosts/host-binding';
import { checkTimers } from './timer-checks';
import { ValidationError } from '../validation-error';

/** A router's props, checked and in the router's own terms. */
export interface BoundRouter {
  readonly config: RouterConfig;
  readonly hosts: readonly HostBinding[];
  /** One for each host. */
  readonly probes: readonly Probe[];
}

export function bindRouter(scope: Construct, props: FailoverRouterProps): BoundRouter {
  // Last, and for whatever is left: the chain of the router itself.
  const routes: RouteProps[] = [...(props.routes ?? []), { chain: props.chain }];
  checkRoutes(scope, props.routes ?? []);
  const chains = routes.map(({ chain, models }, index) => ({
    at: index < routes.length - 1 ? `routes[${index}].chain` : 'chain',
    hosts: chain,
    models,
  }));
  const { hosts, models, catalog } = bindHosts(scope, { chains, models: props.models, residency: props.residency });
  const config: RouterConfig = {
    hosts: hosts.map((host) => host.config),
    models,
    routes: routes.map((route) => routeConfig(route, props)),
    clients: clientConfigs(scope, props),
  };
  checkTimers(scope, config);
  checkTrickles(scope, props);
  return { config, hosts, probes: config.hosts.flatMap((host) => probe(host, catalog)) };
}

/** Lambda ends after 15 minutes; the last one is for saying so. */
const LONGEST_MS = 840_000;

function checkRoutes(scope: Construct, routes: readonly RouteProps[]): void {
  for (const [index, { models, clients, maxDeadline }] of routes.entries()) {
    const at = `routes[${index}]`;
    const empty = Object.entries({ models, clients }).find(([, names]) => names?.length === 0)?.[0];
    if (empty !== undefined) {
      throw new ValidationError(
        scope,
        `'${at}.${empty}' is empty, so that the route takes no request; leave it out for all`,
      );
    }
    if ((models === undefined || models.includes('*')) && clients === undefined) {
      throw new ValidationError(
        scope,
        `'${at}' takes every request, so that 'chain' is never used; give it 'models' or 'clients', ` +
          "or make its chain the router's own",
      );
    }
    const ms = maxDeadline === undefined || maxDeadline.isUnresolved() ? 1 : maxDeadline.toMilliseconds();
    if (ms < 1 || ms > LONGEST_MS) {
      throw new ValidationError(scope, `'${at}.maxDeadline' must be 1 millisecond to 14 minutes, got ${ms} ms`);
    }
  }
}

function checkTrickles(scope: Construct, { trickle, routes = [] }: FailoverRouterProps): void {
  const all = [
    ['trickle', trickle] as const,
    ...routes.map((route, i) => [`routes[${i}].trickle`, route.trickle] as const),
  ];
  for (const [at, share] of all) {
    if (share === undefined || Token.isUnresolved(share) || (share >= 0 && share <= 1)) continue;
    throw new ValidationError(
      scope,
      `'${at}' must be a share from 0 to 1, got ${share}; 0.01 sends one conversation in a hundred to a fallback first`,
    );
  }
}

function routeConfig(route: RouteProps, router: FailoverRouterProps): RouteConfig {
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
  };
}

/** A host that has none of the models cannot be asked for one. */
function probe(host: RouterConfig['hosts'][number], models: ModelCatalog): Probe[] {
  const [cheapest] = cheapestFirst(models.models.map(({ id }) => id).filter((id) => models.on(id, host) !== undefined));
  return cheapest === undefined ? [] : [{ host: host.name, model: cheapest }];
}
