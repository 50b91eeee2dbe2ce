import type { ModelCatalog } from '../../lib/catalog/resolve';
import type { Clock } from '../engine/time/clock';
import type { Transport } from './transport/transport';

/** What every adapter is given. */
export interface HostDeps {
  readonly models: ModelCatalog;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly transport: Transport;
  /** Other models may have answered in a conversation. */
  readonly hasOthers: boolean;
  /** The gateway's name in `via`, by which it knows a request that comes back to it. */
  readonly pseudonym: () => string;
}
