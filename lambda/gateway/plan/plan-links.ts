import { type HostKind, KIND_FACTS, type RouteConfig, type Steering } from '../../../lib/contract';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { ConfiguredHost, Link, Plan } from '../../engine/chain/plan';
import { GatewayError } from '../gateway-error';

export type PlannedLinks = Pick<Plan, 'chain' | 'lastResort' | 'onRefusal'>;
export type HostsByName = ReadonlyMap<string, ConfiguredHost>;
type Steered = Partial<Record<Steering, string>>;

/** What a request asks for. */
interface Asked {
  /** The model's id, and by what a host's health is kept for it. */
  readonly id: string;
  readonly scope: string;
  /** Another model may answer. */
  readonly mayBeOther: boolean;
}

/** The client chose the order itself: it gets these hosts and no others. */
export const isSteered = ({ only, chain }: Steered): boolean => only !== undefined || chain !== undefined;

/** The links of a request: `only` and `chain` replace those of its route, `skip` thins them; all name configured hosts. */
export function planLinks(
  { models, hosts }: { readonly models: ModelCatalog; readonly hosts: HostsByName },
  route: RouteConfig,
  steering: Steered,
  { id, scope, mayBeOther }: Asked,
): PlannedLinks {
  const isLeft = unskipped(steering, hosts);
  const other = (host: ConfiguredHost, name: string): Link => {
    const model = models.find(name)?.id ?? name;
    return { ...host, model, healthScope: model, isHostsOwnId: host.host.modelId(model) === undefined };
  };
  const others = (mayBeOther ? (route.lastResort ?? []) : [])
    .map(({ host, model }) => other(namedHosts('lastResort', [host], hosts)[0]!, model))
    .filter(isLeft);
  // A host that only other models are asked of is tried by name with those.
  const linksTo = (host: ConfiguredHost): readonly Link[] => {
    const own = route.chain.includes(host.host.name) ? [] : others.filter((link) => link.host === host.host);
    return own.length > 0 ? own : [{ ...host, model: id, healthScope: scope }];
  };
  const chain = startingHosts(route, steering, hosts).filter(isLeft).flatMap(linksTo);
  if (chain.length === 0)
    throw new GatewayError(400, `x-failover-skip: '${steering.skip}' leaves no host of the chain`);
  const clouds = mayBeOther ? chain.filter(({ host }) => !KIND_FACTS[host.kind as HostKind].isFirstParty) : [];
  return {
    chain,
    lastResort: isSteered(steering) ? [] : others,
    onRefusal: (route.onRefusal ?? []).flatMap((model) =>
      clouds.map((cloud) => ({ ...other(cloud, model), isHostsOwnId: false })),
    ),
  };
}

/** The hosts of a route that the client has left to it, or its own. */
export const leftHosts = (
  route: Pick<RouteConfig, 'chain'>,
  steering: Steered,
  hosts: HostsByName,
): readonly ConfiguredHost[] => startingHosts(route, steering, hosts).filter(unskipped(steering, hosts));

function unskipped({ skip = '' }: Steered, hosts: HostsByName): (host: ConfiguredHost) => boolean {
  const skipped = namedHosts('x-failover-skip', splitList(skip), hosts);
  return ({ host }) => !skipped.some((each) => each.host === host);
}

function startingHosts(
  route: Pick<RouteConfig, 'chain'>,
  { only, chain }: Steered,
  hosts: HostsByName,
): ConfiguredHost[] {
  if (only !== undefined) return namedHosts('x-failover-only', [only.trim()], hosts);
  if (chain === undefined) return namedHosts('chain', route.chain, hosts);
  const named = namedHosts('x-failover-chain', splitList(chain), hosts);
  if (named.length === 0) throw new GatewayError(400, `x-failover-chain: '${chain}' names no host`);
  return named;
}

function namedHosts(header: string, names: readonly string[], hosts: HostsByName): ConfiguredHost[] {
  return names.map((name) => {
    const host = hosts.get(name);
    if (host) return host;
    throw new GatewayError(
      400,
      `${header}: '${name}' is not a host of this gateway; it has ${[...hosts.keys()].join(', ')}`,
    );
  });
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
