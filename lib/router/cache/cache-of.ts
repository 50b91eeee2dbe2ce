import type { Construct } from 'constructs';
import type { RouteConfig } from '../../contract';
import type { ResponseCache } from './response-cache';

interface Cached {
  readonly cache?: ResponseCache;
}

/** Of a route, or where it does not say, of its router. `at`: where it stands in the props; undefined for the router's own chain. */
export function cacheOf(
  scope: Construct,
  at: string | undefined,
  { cache: own }: Cached,
  { cache: routers }: Cached,
): Pick<RouteConfig, 'cache'> {
  const cache = (own ?? routers)?._bind(scope, own && at !== undefined ? `${at}.cache` : 'cache');
  // What is not said, the router need not know.
  return cache ? { cache } : {};
}
