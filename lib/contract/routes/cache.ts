/** Beginning of the keys of objects in the bucket of answers. */
export const CACHE_PREFIX = 'cache/';

/** 30 days: for how long an answer may be given, and again for how long it may be kept for the worst. */
export const LONGEST_CACHE_SECONDS = 2_592_000;

/** What a route gives again: a complete answer of the model that was asked for, to the same request. */
export interface CacheConfig {
  /** How old an answer may be. */
  readonly ttlSeconds: number;
  /** How much older one may be that is given when every host has failed. @default - none is */
  readonly staleSeconds?: number;
  /** One client may get what another's request was answered with. @default false */
  readonly shared?: boolean;
  /** Only for requests that ask for it by `x-failover-cache`. @default false */
  readonly onRequest?: boolean;
  /** Another number, and everything that was kept is forgotten. @default 0 */
  readonly epoch?: number;
}
