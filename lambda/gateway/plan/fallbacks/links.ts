import type { RouteConfig, Steering } from '../../../../lib/contract';
import type { Model } from '../../../../lib/catalog/model';
import type { ConfiguredHost, Link, Plan } from '../../../engine/chain/plan';
import type { GatewayRequest } from '../../../engine/gateway';
import { GatewayError } from '../../gateway-error';
import type { Client } from '../clients';
import { leftHosts } from '../plan-links';
import type { Planner } from '../plan-request';
import { routeOf } from '../route-table';

/** Who asks, and for what. */
interface Asking {
  readonly plan: Plan;
  readonly request: GatewayRequest;
  readonly client: Client;
  /** By which routes are open or not. */
  readonly now: number;
  readonly steering: Partial<Record<Steering, string>>;
  /** Last resorts may answer. */
  readonly agrees: boolean;
  /** The names are the request's own: one that its client may not use is its mistake. */
  readonly isAsked: boolean;
}

/** The links of each named model, in order: all of its route, or the one that the name says. Without what is asked already. */
export function fallbackLinks(
  planner: Planner,
  asking: Asking,
  names: readonly string[],
): readonly (readonly Link[])[] {
  const seen = new Set(asking.plan.chain.map(placeOf));
  return names
    .map((name, index) =>
      linksOf(planner, asking, name, `fallbacks[${index}]`).filter((link) => {
        const place = placeOf(link);
        if (seen.has(place)) return false;
        seen.add(place);
        return true;
      }),
    )
    .filter((links) => links.length > 0);
}

const placeOf = ({ host, model }: Link): string => `${host.name} ${model}`;

function linksOf(planner: Planner, asking: Asking, name: string, at: string): readonly Link[] {
  const { models, hosts } = planner;
  const model = models.find(name);
  const slash = name.indexOf('/');
  const host = model === undefined && slash > 0 ? hosts.get(name.slice(0, slash)) : undefined;
  if (host !== undefined) return linkAt(planner, asking, host, name.slice(slash + 1), at);
  if (model !== undefined) return chainOf(planner, asking, model, at);
  throw new GatewayError(
    400,
    `${at}: '${name.slice(0, 100)}' is neither a model nor a host and a model of this gateway; ${allowed(planner, asking)}`,
  );
}

function chainOf(planner: Planner, asking: Asking, model: Model, at: string): readonly Link[] {
  const route = routeFor(planner, asking, model);
  if (route === undefined) return notAllowed(planner, asking, model.id, at);
  return leftHosts(route, asking.steering, planner.hosts).map((host) => linkTo(host, model.id));
}

/** One link: of the model's own route, or one of those that the asked route keeps for the worst. */
function linkAt(planner: Planner, asking: Asking, host: ConfiguredHost, name: string, at: string): readonly Link[] {
  const { plan, agrees, steering } = asking;
  const model = planner.models.find(name);
  const route = model && routeFor(planner, asking, model);
  const isLastResort =
    agrees && (plan.route.lastResort ?? []).some((link) => link.host === host.host.name && link.model === name);
  if (!isLastResort && !route?.chain.includes(host.host.name)) {
    return notAllowed(planner, asking, `${host.host.name}/${name}`, at);
  }
  const left = leftHosts({ chain: [host.host.name] }, steering, planner.hosts);
  return left.filter((each) => each === host).map(() => linkTo(host, model?.id ?? name));
}

const linkTo = (host: ConfiguredHost, model: string): Link => ({
  ...host,
  model,
  healthScope: model,
  isHostsOwnId: host.host.modelId(model) === undefined,
});

const routeFor = ({ config }: Planner, { client, request, now }: Asking, model: Model): RouteConfig | undefined =>
  routeOf(config.routes, model, client, request, now);

/** What a route names for all of its clients, some of them may do without. */
function notAllowed(planner: Planner, asking: Asking, name: string, at: string): readonly Link[] {
  const { client, isAsked } = asking;
  if (!isAsked) return [];
  const who = client.name === undefined ? 'this client' : `client '${client.name}'`;
  throw new GatewayError(403, `${at}: '${name.slice(0, 100)}' is not for ${who}; ${allowed(planner, asking)}`);
}

function allowed(planner: Planner, asking: Asking): string {
  const models = planner.models.models.filter((model) => routeFor(planner, asking, model) !== undefined);
  const ids = models.map(({ id }) => id);
  const { route, model } = asking.plan;
  return `it may name ${ids.join(', ')}, each also with a host of its chain before it, as in "${route.chain[0]}/${model}"`;
}
