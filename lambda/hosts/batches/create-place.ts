import type { BatchesConfig, HostConfig } from '../../../lib/contract';
import type { ObjectStore } from '../../aws/object-store';
import { anthropicBatches } from '../anthropic/batch-place';
import type { Host } from '../../engine/host';
import type { HostDeps } from '../host-deps';
import type { BatchPlace } from './batch-place';

/** Where jobs are exchanged with clouds that read and write buckets. */
export interface JobBucket {
  readonly name: string;
  readonly store: ObjectStore;
  /** Folder of a job, by its name, with a slash at its end. */
  folder(job: string): string;
}

/** How a host works batches off; undefined for one that does not. */
export function createPlace(
  config: HostConfig,
  host: Host,
  _deps: HostDeps,
  _batches: BatchesConfig,
  _bucket: JobBucket,
): BatchPlace | undefined {
  switch (config.kind) {
    case 'anthropic':
      return anthropicBatches(host);
    default:
      return undefined;
  }
}
