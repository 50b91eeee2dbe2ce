import type { ModelCatalog } from '../../lib/models/resolve';
import type { Clock } from '../core/clock';
import type { Transport } from './transport';

/** What every adapter is given. */
export interface HostDeps {
  readonly models: ModelCatalog;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly transport: Transport;
}
