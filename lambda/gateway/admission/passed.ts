import type { ChainContext, ChainOutcome } from '../../engine/chain/chain-context';
import type { Headers } from '../../engine/headers';
import type { CacheMark } from '../cache/cache-mark';
import type { GatewayError } from '../gateway-error';

/** A request that its hosts were asked, and what came of it. */
export interface Gone {
  readonly context: ChainContext;
  readonly end: ChainOutcome;
  /** What the client is to know of its limits. @default - it has none */
  readonly headers?: Headers;
  /** What the response cache had to do with it. @default - it was not looked at */
  readonly cache?: CacheMark;
}

/** One that had to stay. */
export interface Stayed {
  readonly end: undefined;
  readonly refusal: GatewayError;
  /** The same as the last event of a stream: after the first ping no status can say it any more. */
  late(): AsyncIterable<Uint8Array>;
}

export type Passed = Gone | Stayed;
