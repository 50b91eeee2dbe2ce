import type { Budget, CommitMode, RouteConfig, RouterConfig } from '../../../lib/contract';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import { resolveBudget } from '../../engine/chain/budget';
import type { ConfiguredHost, Plan } from '../../engine/chain/plan';
import { InvalidRequest } from '../../engine/dialect';
import type { GatewayRequest } from '../../engine/gateway';
import type { Headers } from '../../engine/headers';
import { ANTHROPIC_DIALECT } from '../../wire/anthropic/dialect';
import { conversationShare, turnOf } from '../../wire/anthropic/request/conversation';
import { requiredFeatures } from '../../wire/anthropic/request/features';
import { type MessagesBody, parseMessagesBody } from '../../wire/anthropic/request/message-request';
import { GatewayError } from '../gateway-error';
import type { Orders } from '../order/create-orders';
import { agreesToOthers, readSteering, type Client } from './clients';
import { isSteered, type PlannedLinks, planLinks } from './plan-links';
import { findRoute } from './route-table';

export interface Planner {
  readonly config: RouterConfig;
  readonly models: ModelCatalog;
  readonly hosts: ReadonlyMap<string, ConfiguredHost>;
}

/** Parses once and settles everything that is to be known before the first attempt. Throws a `GatewayError`. `orders`: where a route has one. */
export function planRequest(
  { config, models, hosts }: Planner,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
  now: number,
  orders?: Orders,
): Plan {
  checkHeaders(request.headers);
  const body = parseBody(request.body);
  const model = models.find(body.model);
  if (!model) {
    throw new GatewayError(
      404,
      `model: '${body.model.slice(0, 100)}' is not served by this gateway; it serves ${models.models.map(({ id }) => id).join(', ')}`,
    );
  }
  const route = findRoute(config.routes, model, client, request, now);
  const steering = readSteering(request, client);
  const budget = budgetOf(route, steering.budget);
  const mayBeOther = endpoint === 'messages' && agreesToOthers(client, steering);
  const links = planLinks({ models, hosts }, route, steering, {
    id: model.id,
    scope: healthScope(model.id, endpoint),
    mayBeOther,
  });
  const { chain } = links;
  const isStream = endpoint === 'messages' && body.stream === true;
  return {
    requestId: request.id,
    dialect: ANTHROPIC_DIALECT,
    endpoint,
    model: model.id,
    client: client.name,
    ...links,
    fallbacks: [],
    message: mayBeOther ? ownersMessage(route, request.id, isStream) : undefined,
    primary: chain[0]!.host.name,
    isSteered: isSteered(steering),
    route,
    budget: withRoom(budget, links, route),
    usualBudget: steering.budget === undefined ? budget : budgetOf(route, undefined),
    commit: steerCommit(route, steering.commit),
    stream: isStream,
    upstreamStream: isStream || (endpoint === 'messages' && route.unaryAsStream !== false),
    bytes: request.body,
    body,
    headers: request.headers,
    features: requiredFeatures(body, request.headers),
    conversation: () => conversationShare(request.headers, body),
    turn: () => turnOf(request.headers, body),
    ordering: orders?.of(route),
  };
}

export const healthScope = (model: string, endpoint: Plan['endpoint']): string =>
  endpoint === 'messages' ? model : `${model} ${endpoint}`;

/** Loaded for the few that name other models. */
export async function planWithFallbacks(
  planner: Planner,
  plan: Plan,
  request: GatewayRequest,
  client: Client,
  now: number,
): Promise<Plan> {
  if (plan.body['fallbacks'] === undefined && plan.route.fallbacks === undefined) return plan;
  const { withFallbacks } = await import('./fallbacks/with-fallbacks');
  return withFallbacks(planner, plan, request, client, now);
}

/** What goes on to hosts and cannot stand in a header there. Its value may be a secret. */
function checkHeaders(headers: Headers): void {
  for (const name in headers) {
    const isForwarded = name.startsWith('anthropic-') || name === 'content-type' || name === 'accept';
    if (isForwarded && !SENDABLE.test(headers[name] ?? '')) {
      throw new GatewayError(
        400,
        `header ${name}: it has characters that no header may have; use visible Latin-1 ones`,
      );
    }
  }
}
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

function budgetOf(route: RouteConfig, asked: string | undefined): Budget {
  const budget = resolveBudget(route, asked);
  if ('error' in budget) throw new GatewayError(400, budget.error);
  return budget;
}

/** A preset's limit is for retries: it does not end a chain that is longer, and other models' attempts are none of them. */
function withRoom(
  budget: Budget,
  { chain, lastResort, onRefusal }: PlannedLinks,
  { budget: own }: RouteConfig,
): Budget {
  if (typeof own === 'object' && own.maxAttempts !== undefined) return budget;
  const others = lastResort.length + onRefusal.length;
  return { ...budget, maxAttempts: Math.max(budget.maxAttempts, chain.length) + others };
}

function parseBody(bytes: Uint8Array): MessagesBody {
  try {
    return parseMessagesBody(bytes);
  } catch (error) {
    if (error instanceof InvalidRequest) throw new GatewayError(400, error.message);
    throw error;
  }
}

function steerCommit(route: RouteConfig, wanted: string | undefined): CommitMode {
  if (wanted === undefined) return route.commit ?? 'first-content';
  if (wanted === 'first-content' || wanted === 'complete') return wanted;
  throw new GatewayError(400, `x-failover-commit: '${wanted}' is not one of first-content, complete`);
}

/** Loaded when everything is down. */
function ownersMessage({ message }: RouteConfig, requestId: string, isStream: boolean): Plan['message'] {
  if (message === undefined) return undefined;
  return async () => {
    const { ownersMessage: written } = await import('../../wire/anthropic/answer/owners-message');
    return written(message, requestId, isStream);
  };
}
