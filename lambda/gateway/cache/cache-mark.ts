/**
 * What the cache had to do with a request. `hit`: it has answered. `miss`, `refresh`: a host has, and the answer may be given again.
 * `stale`: it has, because nobody else could. `bypass`: the client did without. `none`: the route or the request is not of those that it takes.
 */
export type CacheStatus = 'hit' | 'miss' | 'refresh' | 'stale' | 'bypass' | 'none';

export interface CacheMark {
  readonly status: CacheStatus;
  /** The answer has been given before: no host was asked for it. */
  readonly isAgain: boolean;
}
