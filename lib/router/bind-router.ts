import type { Construct } from 'constructs';
import { CANARY_CLIENT, type HostConfig, type Probe, type RouterConfig } from '../contract';
import type { ModelCatalog } from '../catalog/resolve';
import { routeConfig } from './chain/route-config';
import type { FailoverRouterProps, RouteProps } from './router-props';
import { bindHosts } from './chain/bind-hosts';
import { warnOfMissingConsent } from './chain/last-resort-checks';
import { lastResortOf } from './chain/last-resort';
import { checkRoutes, checkTrickles } from './chain/route-checks';
import { cheapestFirst } from './cheapest-first';
import { cacheOf } from './cache/cache-of';
import { arrangement } from './order/arrangement';
import { clientConfigs } from './client-configs';
import { guardrailConfig } from './governance/guardrail';
import { checkPolicies } from './governance/policy-config';
import type { HostBinding } from '../hosts/host-binding';
import { checkWhenDown } from './queue/check-queue';
import { checkSpend, hasSpend, spendConfig } from './spend/check-spend';
import { checkTimers } from './timer-checks';
import { ValidationError } from '../validation-error';

/** A router's props, checked and in the router's own terms. */
export interface BoundRouter {
  readonly config: RouterConfig;
  readonly hosts: readonly HostBinding[];
  /** One for each host. */
  readonly probes: readonly Probe[];
}

/** `probeKeySha256`: of the deployment probe, where it comes with a key as clients do. */
export function bindRouter(scope: Construct, props: FailoverRouterProps, probeKeySha256?: string): BoundRouter {
  // Last, and for whatever is left: the chain of the router itself.
  const routes: RouteProps[] = [...(props.routes ?? []), { chain: props.chain }];
  checkRoutes(scope, props.routes ?? []);
  const chains = routes.map(({ chain, models, clients }, index) => ({
    at: index < routes.length - 1 ? `routes[${index}].chain` : 'chain',
    hosts: chain,
    models,
    clients,
    others: lastResortOf(routes[index]!, props),
  }));
  const { hosts, models, catalog } = bindHosts(scope, {
    chains,
    models: props.models,
    residency: props.residency,
    billedClients: props.clientInferenceProfiles ? billedClients(scope, props) : undefined,
  });
  const clients = clientConfigs(scope, props, probeKeySha256);
  for (const { at, others, clients: names } of chains) {
    const named = clients.filter(({ name }) => names?.includes(name) ?? true);
    warnOfMissingConsent(scope, at, others, named);
  }
  const config: RouterConfig = {
    hosts: hosts.map((host) => host.config),
    models,
    routes: routes.map((route, index) => {
      const at = index < routes.length - 1 ? `routes[${index}]` : undefined;
      const names = route.chain.map(({ name }) => name);
      return {
        ...routeConfig(route, props),
        ...arrangement(scope, at, route, props, names),
        ...cacheOf(scope, at, route, props),
      };
    }),
    clients,
    ...(props.guardrail && { guardrail: guardrailConfig(scope, "'guardrail", props.guardrail) }),
    ...(props.spend && { spend: spendConfig(props.spend) }),
    openHealth: props.openHealth,
  };
  if (hasSpend(props)) checkSpend(scope, props, config, catalog);
  checkPolicies(scope, config, hosts, catalog);
  checkTimers(scope, config);
  checkWhenDown(scope, props);
  checkTrickles(scope, props);
  return { config, hosts, probes: config.hosts.flatMap((host) => probe(host, catalog)) };
}

/** The canary asks for its own sake. */
function billedClients(scope: Construct, { clients = [] }: FailoverRouterProps): string[] {
  const names = clients.map(({ name }) => name).filter((name) => name !== CANARY_CLIENT);
  if (names.length > 0) return names;
  throw new ValidationError(
    scope,
    "'clientInferenceProfiles' needs clients that the router knows by name; give 'clients', or teams by ClientAuth.apiKeys()",
  );
}

/** A host that has none of the models cannot be asked for one. */
function probe(host: HostConfig, models: ModelCatalog): Probe[] {
  const [cheapest] = cheapestFirst(models.models.map(({ id }) => id).filter((id) => models.on(id, host) !== undefined));
  return cheapest === undefined ? [] : [{ host: host.name, model: cheapest }];
}
