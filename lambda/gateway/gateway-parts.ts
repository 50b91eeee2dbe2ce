import type { ChainState } from '../engine/chain/chain-context';
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
  /** Where it runs, as AWS says. @default - elsewhere */
  readonly region?: string | undefined;
  /** Undefined where there is no table. */
  readonly shared: SharedState | undefined;
}
