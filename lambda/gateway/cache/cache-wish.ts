import { type CacheConfig, RESPONSE_HEADERS } from '../../../lib/contract';
import type { Headers } from '../../engine/headers';
import { GatewayError } from '../gateway-error';

/** How a request uses the cache. `refresh`: it is not answered from it, and what answers it is kept. */
export interface CacheUse {
  readonly config: CacheConfig;
  readonly isRefresh: boolean;
  readonly maxAgeSeconds: number;
}

const SECONDS = /^[1-9]\d{0,8}$/;

/**
 * What the client wants, within what its route has: the owner decides whether there is a cache at all, so that a client that asks for one need not
 * know. Throws a `GatewayError` for what is no wish.
 */
export function cacheUse(headers: Headers, config: CacheConfig | undefined): CacheUse | 'bypass' | 'none' {
  const wish = headers[RESPONSE_HEADERS.cache];
  if (wish === 'bypass' || wish === 'off') return 'bypass';
  if (wish !== undefined && wish !== 'refresh' && !SECONDS.test(wish)) {
    throw new GatewayError(
      400,
      `${RESPONSE_HEADERS.cache}: '${wish.slice(0, 40)}' is neither a number of seconds from 1, nor one of refresh, bypass`,
    );
  }
  if (config === undefined || (config.onRequest === true && wish === undefined)) return 'none';
  const isRefresh = wish === 'refresh';
  const asked = isRefresh || wish === undefined ? Infinity : Number(wish);
  return { config, isRefresh, maxAgeSeconds: Math.min(asked, config.ttlSeconds) };
}
