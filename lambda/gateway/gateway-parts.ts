import type { ChainState } from '../engine/chain/chain-context';
import type { Audit } from './audit/audit';
import type { BatchesDoor } from './batches/batches';
import type { ResponseCache } from './cache/response-cache';
import type { Limits } from './limits/create-limits';
import type { Orders } from './order/create-orders';
import type { Planner } from './plan/plan-request';
import type { RequestQueue } from './queue/request-queue';
import type { Spend } from './spend/spend';
import type { Policies } from './policy/policies';
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
  /** Undefined where there is no trail. */
  readonly audit?: Promise<Audit> | undefined;
  /** Undefined where no route has one. */
  readonly cache?: Promise<ResponseCache> | undefined;
  /** Undefined where nothing that is spent is counted. */
  readonly spend?: Promise<Spend> | undefined;
  /** Undefined where no client has limits, unless `waits`: it would rather wait than be refused. */
  limits?(waits: boolean): Promise<Limits> | undefined;
  /** Undefined where no client has a policy. */
  readonly policy?: Promise<Policies> | undefined;
  /** Undefined where no request can wait. */
  readonly queue?: Promise<RequestQueue> | undefined;
  /** Undefined where `batches` is not configured. Rejects with a `GatewayError` where there is nothing to keep them in. */
  readonly batches?: Promise<BatchesDoor> | undefined;
  /** Undefined where there is no table. */
  readonly shared: SharedState | undefined;
}
