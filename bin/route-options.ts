import { Duration } from 'aws-cdk-lib';
import * as v from 'valibot';
import { list, oneOf, part, text } from '../lambda/schema/schema-parts';
import { cacheSchema } from '../lambda/gateway/config/routes/cache-schema';
import { orderSchema } from '../lambda/gateway/config/routes/order-schema';
import { BUDGET_PRESETS, type CacheConfig, COMMIT_MODES, type OrderConfig } from '../lib/contract';
import { WHEN_DOWN } from '../lib/contract/queue/queue';
import { ResponseCache } from '../lib/router/cache/response-cache';
import { RoutingOrder } from '../lib/router/order/routing-order';
import { Commit, LatencyBudget, type RouteProps } from '../lib/router/router-props';
import { WhenDown } from '../lib/router/queue/queue-props';
import { member } from './member';

/** How requests are treated: of a route, or of the whole stack for those routes that do not say. */
export interface RouteOptions {
  /**
   * How the chain is arranged for a conversation: `{ weights: {...} }` in percent, `fastest`, `cheapest`, or `{ cheapest: { priceFactors: {...} } }`.
   * @default 'listed', or the stack's
   */
  readonly order?: OrderConfig;
  /** How long an answer may take, and how soon the next host is tried. @default 'interactive', or the stack's */
  readonly budget?: `${LatencyBudget}`;
  /** The moment from which an answer belongs to the client. @default 'first-content', or the stack's */
  readonly commit?: `${Commit}`;
  /** Share of the conversations, 0 to 1, that begin at a healthy fallback, so that it stays warm. @default 0, or the stack's */
  readonly trickle?: number;
  /**
   * At most four models, or links such as `vertex/claude-haiku-5-5`, each tried on the chain of its own route when a whole chain has
   * failed, for teams that may `last-resort`.
   * @default - only those that a request names, or the stack's
   */
  readonly fallbacks?: readonly string[];
  /**
   * Claude models that clouds are asked for where one refuses, for teams that may `last-resort`.
   * @default - a refusal is the answer, or the stack's
   */
  readonly onRefusal?: readonly string[];
  /** What the same teams are told, as an answer, when no host has one. @default - the error, or the stack's */
  readonly message?: string;
  /**
   * Answers that are given again to equal requests: `{ ttlSeconds: 3600 }`, and what docs/cache.md says besides; `false` for none.
   * @default false, or the stack's
   */
  readonly cache?: CacheConfig | false;
  /** Whether requests of teams that agree wait when no host has an answer; needs `queue`. @default 'fail', or the stack's */
  readonly whenDown?: `${WhenDown}`;
}

export const routeOptions = {
  order: v.optional(orderSchema),
  budget: v.optional(oneOf(BUDGET_PRESETS, 'how long an answer may take; default interactive')),
  commit: v.optional(oneOf(COMMIT_MODES, 'when an answer is committed; default first-content')),
  trickle: v.optional(part('share of the conversations that begin at a healthy fallback; default 0')),
  fallbacks: v.optional(list(text('model id or alias, or a host and a model'), 'models that are asked next', 0)),
  onRefusal: v.optional(list(text('model id or alias'), 'models that clouds are asked for where one refuses', 0)),
  message: v.optional(text('what is answered when no host has an answer')),
  cache: v.optional(
    v.union(
      [v.literal(false), cacheSchema],
      'must be false, or an object such as {"ttlSeconds": 3600}: answers that are given again to equal requests',
    ),
  ),
  whenDown: v.optional(oneOf(WHEN_DOWN, 'whether requests of teams that agree wait; default fail')),
};

export const routeOptionProps = ({
  order,
  budget,
  commit,
  trickle,
  fallbacks,
  onRefusal,
  message,
  cache,
  whenDown,
}: RouteOptions): Pick<RouteProps, keyof RouteOptions> => ({
  order: order && routingOrder(order),
  budget: budget && member(LatencyBudget, budget),
  commit: commit && member(Commit, commit),
  trickle,
  fallbacks: fallbacks && [...fallbacks],
  onRefusal: onRefusal && [...onRefusal],
  message,
  cache: cache === undefined ? undefined : responseCache(cache),
  whenDown: whenDown && member(WhenDown, whenDown),
});

function responseCache(cache: CacheConfig | false): ResponseCache {
  if (cache === false) return ResponseCache.none();
  const { ttlSeconds, staleSeconds, ...rest } = cache;
  return ResponseCache.exact({
    ttl: Duration.seconds(ttlSeconds),
    stale: staleSeconds === undefined ? undefined : Duration.seconds(staleSeconds),
    ...rest,
  });
}

function routingOrder(order: OrderConfig): RoutingOrder {
  if (order === 'listed') return RoutingOrder.listed();
  if (order === 'fastest') return RoutingOrder.fastest();
  if (order === 'cheapest') return RoutingOrder.cheapest();
  return 'weights' in order ? RoutingOrder.weights(order.weights) : RoutingOrder.cheapest(order.cheapest);
}
