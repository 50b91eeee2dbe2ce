import type { HostConfig } from '../../../lib/contract';
import type { Host } from '../../engine/host';
import { anthropicBatches } from '../anthropic/batch-place';
import type { BatchPlace } from './batch-place';

/** Whether a host has batches of its own. */
export const takesBatches = ({ kind }: Pick<HostConfig, 'kind'>): boolean => kind === 'anthropic';

/** How a host works batches off; undefined for one that does not. */
export const createPlace = (config: HostConfig, host: Host): BatchPlace | undefined =>
  takesBatches(config) ? anthropicBatches(host) : undefined;
