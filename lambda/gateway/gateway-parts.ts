import type { ChainState } from '../engine/chain/chain-context';
import type { ResponseCache } from './cache/response-cache';
import type { Limiter } from './limits/limiter';
import type { Orders } from './order/create-orders';
import type { Planner } from './plan/plan-request';
import type { SharedState } from './state/shared-state';
import type { Telemetry } from './telemetry/telemetry';

/** What every endpoint works with. */
export interface GatewayParts {
  readonly planner: Planner;
  readonly state: ChainState;
  readonly telemetry: Telemetry;
  /** Of the routes that have one; undefined where none has. */
  readonly orders: Promise<Orders> | undefined;
  /** By which this gateway knows itself in `via`. */
  readonly pseudonym: () => string;
  /** Where it runs, as AWS says. @default - elsewhere */
  readonly region?: string | undefined;
  /** Undefined where no client has limits. */
  readonly limiter: Promise<Limiter> | undefined;
  /** Undefined where no route has one. */
  readonly cache: Promise<ResponseCache> | undefined;
  /** Undefined where there is no table. */
  readonly shared: SharedState | undefined;
}
