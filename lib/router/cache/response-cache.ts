import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CacheConfig } from '../../contract';
import { LONGEST_CACHE_SECONDS } from '../../contract/routes/cache';
import { ValidationError } from '../../validation-error';

/** Properties of `ResponseCache.exact()`. */
export interface ExactCacheProps {
  /** How old an answer may be that is given again: whole seconds, at most 30 days. A client may ask for a younger one. */
  readonly ttl: Duration;
  /**
   * How much older an answer may be that is given when every host has failed: whole seconds, at most 30 days. It says how old it is, in
   * `x-failover-stale`.
   * @default - none is: the client gets the error
   */
  readonly stale?: Duration;
  /**
   * Whether one client may get what another's request was answered with. Needed where the gateway does not know its clients by name.
   * @default false
   */
  readonly shared?: boolean;
  /**
   * Whether only requests that ask for it by `x-failover-cache` use it.
   * @default false - every request that can
   */
  readonly onRequest?: boolean;
  /**
   * Another whole number, up to 1,000,000,000, forgets everything that was kept.
   * @default 0
   */
  readonly epoch?: number;
}

/**
 * Whether an answer is given again to a request that says the same: complete answers of the model that was asked for, without files, addresses
 * and tools that a host runs. They are kept in a table of DynamoDB, and large ones in a bucket.
 */
export class ResponseCache {
  /** Every request goes to a host. */
  public static none(): ResponseCache {
    return new ResponseCache(undefined);
  }

  /** The same answer for the same request, word by word. */
  public static exact(props: ExactCacheProps): ResponseCache {
    return new ResponseCache(props);
  }

  private constructor(private readonly props: ExactCacheProps | undefined) {}

  /**
   * As the router reads it; undefined for none. `at`: where it stands in the props, for messages.
   * @internal
   */
  public _bind(scope: Construct, at: string): CacheConfig | undefined {
    if (this.props === undefined) return undefined;
    const { ttl, stale, shared, onRequest, epoch } = this.props;
    if (epoch !== undefined && !(Number.isInteger(epoch) && epoch >= 0 && epoch <= MOST_EPOCHS)) {
      throw new ValidationError(scope, `'${at}.epoch' must be a whole number from 0 to ${MOST_EPOCHS}, got ${epoch}`);
    }
    return {
      ttlSeconds: seconds(scope, `${at}.ttl`, ttl),
      ...(stale && { staleSeconds: seconds(scope, `${at}.stale`, stale) }),
      ...(shared && { shared }),
      ...(onRequest && { onRequest }),
      ...(epoch !== undefined && { epoch }),
    };
  }
}

const MOST_EPOCHS = 1_000_000_000;

function seconds(scope: Construct, at: string, value: Duration): number {
  const found = value.isUnresolved() ? NaN : value.toMilliseconds() / 1000;
  if (Number.isInteger(found) && found >= 1 && found <= LONGEST_CACHE_SECONDS) return found;
  const got = value.isUnresolved() ? 'one that only the deployment knows' : value.toHumanString();
  throw new ValidationError(scope, `'${at}' must be whole seconds from 1 and at most 30 days, got ${got}`);
}
