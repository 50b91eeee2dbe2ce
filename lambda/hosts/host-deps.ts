import type { ModelCatalog } from '../../lib/catalog/resolve';
import type { Clock } from '../engine/time/clock';
import type { Transport } from './transport/transport';

/** What every adapter is given. */
export interface HostDeps {
  readonly models: ModelCatalog;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly transport: Transport;
}
