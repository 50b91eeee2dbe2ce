import type { ChainState } from '../engine/chain/chain-context';
import type { Limiter } from './limits/limiter';
import type { Planner } from './plan/plan-request';
import type { SharedState } from './state/shared-state';
import type { Telemetry } from './telemetry/telemetry';

/** What every endpoint works with. */
export interface GatewayParts {
  readonly planner: Planner;
  readonly state: ChainState;
  readonly telemetry: Telemetry;
  /** By which this gateway knows itself in `via`. */
  readonly pseudonym: () => string;
  /** Undefined where no client has limits. */
  readonly limiter: Promise<Limiter> | undefined;
  /** Undefined where there is no table. */
  readonly shared: SharedState | undefined;
}
