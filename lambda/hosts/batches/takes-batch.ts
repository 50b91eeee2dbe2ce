import type { BatchesConfig, HostConfig } from '../../../lib/contract';
import type { BodyFields } from '../../engine/host';

/** Where the gateway's bucket is, and what the configuration says of batches. */
export interface BatchGround {
  readonly batches: BatchesConfig;
  readonly region: string | undefined;
}

/** Whether a host has batches of its own that this request may be in. What the host lacks anyway is asked elsewhere. */
export function takesBatch(host: HostConfig, params: BodyFields, { batches, region }: BatchGround): boolean {
  switch (host.kind) {
    case 'anthropic':
      return true;
    case 'bedrock':
      return batches.bedrock !== undefined && host.region === region && isPlain(params);
    case 'vertex':
      return host.batchBucket !== undefined;
    default:
      return false;
  }
}

/** Bedrock's batch jobs know neither tools nor structured output nor prompt caches. */
function isPlain(params: BodyFields): boolean {
  const has = (name: string): boolean => params[name] !== undefined;
  if (has('tools') || has('output_format') || has('output_config')) return false;
  return !JSON.stringify(params).includes('"cache_control"');
}
