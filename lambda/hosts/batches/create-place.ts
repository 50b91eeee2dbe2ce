import type { BatchesConfig, BatchJobsConfig, HostConfig } from '../../../lib/contract';
import type { BodyFields, Host } from '../../engine/host';
import type { Headers } from '../../engine/headers';
import type { Clock } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';
import { anthropicBatches } from '../anthropic/batch-place';
import type { Transport } from '../transport/transport';
import type { BatchPlace } from './batch-place';
import { bedrockJobs } from './bedrock/bedrock-jobs';
import { jobPlace } from './cloud-jobs';
import { fitsBedrockJob, fitsVertexJob } from './fits-job';
import { vertexJobs } from './vertex/vertex-jobs';

export interface PlaceDeps {
  readonly env: Env;
  readonly clock: Clock;
  readonly transport: Transport;
  /** Where batches are kept. */
  readonly bucket: string;
}

type Jobs = BatchesConfig['jobs'];

/** Whether a host has batches of its own, and takes this request in one. */
export function takesBatched(host: HostConfig, jobs: Jobs, params: BodyFields, headers: Headers): boolean {
  if (host.kind === 'anthropic') return true;
  if (jobs?.[host.name] === undefined) return false;
  return host.kind === 'bedrock' ? fitsBedrockJob(params) : host.kind === 'vertex' && fitsVertexJob(params, headers);
}

/** How a host works batches off; undefined for one that does not. */
export function createPlace(config: HostConfig, jobs: Jobs, host: Host, deps: PlaceDeps): BatchPlace | undefined {
  if (config.kind === 'anthropic') return anthropicBatches(host);
  const ofHost = jobs?.[config.name];
  if (ofHost === undefined) return undefined;
  if (config.kind === 'bedrock') return jobPlace(bedrockJobs(config, ofHost, host, deps));
  return config.kind === 'vertex' ? jobPlace(vertexJobs(config, ofHost, host, deps)) : undefined;
}

/** A host as its jobs are paid: they may run in another location than its requests. */
export const hostOfJobs = (host: HostConfig, jobs: BatchJobsConfig | undefined): HostConfig =>
  host.kind === 'vertex' && jobs?.location !== undefined ? { ...host, location: jobs.location } : host;
