import type { GatewayRequest, GatewayResponse, IncomingRequest } from '../../engine/gateway';
import type { Clock } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';
import type { Telemetry } from '../telemetry/telemetry';
import type { Client } from '../plan/clients';
import type { Planner, planRequest } from '../plan/plan-request';
import type { withBody } from '../read-body';

/**
 * Requests that can wait. `ask`: as if it could not. Undefined where the request is none of its affair; its body is then unread.
 */
export type RequestQueue = (
  request: IncomingRequest,
  client: Client,
  ask: (request: GatewayRequest) => Promise<GatewayResponse>,
) => Promise<GatewayResponse | undefined>;

/** What it takes of the router: handed in, because the router has it at its start, and a copy of its own would make that larger. */
export interface RequestQueueParts {
  readonly planner: Planner;
  readonly plan: typeof planRequest;
  readonly read: typeof withBody;
  readonly telemetry: Pick<Telemetry, 'log'>;
  readonly env: Env;
  readonly clock: Clock;
}
