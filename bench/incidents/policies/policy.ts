import type { GatewayRequest, GatewayResponse } from '../../../lambda/engine/gateway';
import type { Transport } from '../../../lambda/hosts/transport/transport';
import type { SimulatedClock } from '../../../local/virtual/simulated-clock';
import type { HostName } from '../world/chain';

export interface PolicyWorld {
  readonly clock: SimulatedClock;
  readonly random: () => number;
  readonly transport: Transport;
  readonly chain: readonly HostName[];
}

/** From a client's request to its answer, and the process that gave it, counted from 0. The body has to be read. */
export type Serve = (
  request: GatewayRequest,
  signal: AbortSignal,
) => Promise<GatewayResponse & { readonly process: number }>;

/** A way to treat hosts that fail. */
export type Policy = (world: PolicyWorld) => Serve;
