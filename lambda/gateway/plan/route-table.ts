import { isOpen, type RouteConfig, type RouterConfig } from '../../../lib/contract';
import { takesModel } from '../../../lib/catalog/matches';
import type { Model } from '../../../lib/catalog/model';
import type { RequestHead } from '../../engine/gateway';
import type { Client } from './clients';
import { GatewayError } from '../gateway-error';

/** The first route whose conditions all hold. */
export function findRoute(
  routes: RouterConfig['routes'],
  model: Model,
  client: Client,
  request: RequestHead,
  now: number,
): RouteConfig {
  const route = routeOf(routes, model, client, request, now);
  if (!route) throw new GatewayError(404, `no route of this gateway takes model '${model.id}' for this request`);
  return route;
}

export const routeOf = (
  routes: RouterConfig['routes'],
  model: Model,
  client: Client,
  request: RequestHead,
  now: number,
): RouteConfig | undefined =>
  routes.find(
    (candidate) =>
      takesModel(candidate.models, model) &&
      matchesClient(candidate, client) &&
      matchesHeader(candidate, request) &&
      (candidate.hours === undefined || isOpen(candidate.hours, now)),
  );

function matchesClient({ clients }: RouteConfig, { name }: Client): boolean {
  return !clients || (name !== undefined && clients.includes(name));
}

function matchesHeader({ header }: RouteConfig, { headers }: RequestHead): boolean {
  return !header || headers[header.name.toLowerCase()] === header.value;
}
