import type { Budget, CommitMode, RouteConfig, RouterConfig } from '../../../lib/contract';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import { resolveBudget } from '../../engine/chain/budget';
import type { ConfiguredHost, Plan } from '../../engine/chain/plan';
import { InvalidRequest } from '../../engine/dialect';
import type { GatewayRequest } from '../../engine/gateway';
import type { Headers } from '../../engine/headers';
import { ANTHROPIC_DIALECT } from '../../wire/anthropic/dialect';
import { conversationShare } from '../../wire/anthropic/request/conversation';
import { requiredFeatures } from '../../wire/anthropic/request/features';
import { type MessagesBody, parseMessagesBody } from '../../wire/anthropic/request/message-request';
import { GatewayError } from '../gateway-error';
import { readSteering, type Client } from './clients';
import { findRoute } from './route-table';

export interface Planner {
  readonly config: RouterConfig;
  readonly models: ModelCatalog;
  readonly hosts: ReadonlyMap<string, ConfiguredHost>;
}

/** Parses once and settles everything that is to be known before the first attempt. Throws a `GatewayError`. */
export function planRequest(
  { config, models, hosts }: Planner,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
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
  const route = findRoute(config.routes, model, client, request);
  const steering = readSteering(request, client);
  const budget = budgetOf(route, steering.budget);
  const scope = healthScope(model.id, endpoint);
  const chain = steerChain(route, steering, hosts).map((host) => ({ ...host, model: model.id, healthScope: scope }));
  const isStream = endpoint === 'messages' && body.stream === true;
  return {
    requestId: request.id,
    dialect: ANTHROPIC_DIALECT,
    endpoint,
    model: model.id,
    client: client.name,
    chain,
    primary: chain[0]!.host.name,
    isSteered: steering.only !== undefined || steering.chain !== undefined,
    route,
    budget: withRoom(budget, chain.length, route),
    usualBudget: steering.budget === undefined ? budget : budgetOf(route, undefined),
    commit: steerCommit(route, steering.commit),
    stream: isStream,
    upstreamStream: isStream || (endpoint === 'messages' && route.unaryAsStream !== false),
    bytes: request.body,
    body,
    headers: request.headers,
    features: requiredFeatures(body, request.headers),
    conversation: () => conversationShare(request.headers, body),
  };
}

export const healthScope = (model: string, endpoint: Plan['endpoint']): string =>
  endpoint === 'messages' ? model : `${model} ${endpoint}`;

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

/** A preset's limit is for retries: it does not end a chain that is longer. */
function withRoom(budget: Budget, links: number, { budget: own }: RouteConfig): Budget {
  const isGiven = typeof own === 'object' && own.maxAttempts !== undefined;
  return isGiven || budget.maxAttempts >= links ? budget : { ...budget, maxAttempts: links };
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

/** `only` and `chain` replace the route's chain, `skip` thins it; all name configured hosts. */
function steerChain(
  route: RouteConfig,
  steering: { readonly chain?: string; readonly only?: string; readonly skip?: string },
  hosts: Planner['hosts'],
): ConfiguredHost[] {
  const configured = (header: string, name: string): ConfiguredHost => {
    const link = hosts.get(name);
    if (!link) {
      throw new GatewayError(
        400,
        `${header}: '${name}' is not a host of this gateway; it has ${[...hosts.keys()].join(', ')}`,
      );
    }
    return link;
  };
  const named = (header: string, value: string) => splitList(value).map((name) => configured(header, name));
  const chain =
    steering.only !== undefined
      ? [configured('x-failover-only', steering.only.trim())]
      : steering.chain !== undefined
        ? named('x-failover-chain', steering.chain)
        : route.chain.map((name) => configured('chain', name));
  if (chain.length === 0) throw new GatewayError(400, `x-failover-chain: '${steering.chain}' names no host`);
  if (steering.skip === undefined) return chain;
  const skipped = new Set(named('x-failover-skip', steering.skip));
  const left = chain.filter((link) => !skipped.has(link));
  if (left.length === 0) throw new GatewayError(400, `x-failover-skip: '${steering.skip}' leaves no host of the chain`);
  return left;
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
