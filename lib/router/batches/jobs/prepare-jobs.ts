import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BatchesConfig, BatchJobsConfig, HostConfig } from '../../../contract';
import type { HostBinding } from '../../../hosts/host-binding';
import { ValidationError } from '../../../validation-error';
import type { BatchJobs } from './batch-jobs';
import { bedrockJobs } from './bedrock-jobs';
import { bedrockProblem, vertexProblem } from './check-jobs';

export interface JobsPlace {
  readonly hosts: readonly HostBinding[];
  /** Of the batches themselves. */
  readonly bucket: s3.IBucket;
  /** Works batches off. */
  readonly worker: iam.IRole;
}

const FACTORIES: Readonly<Partial<Record<HostConfig['kind'], string>>> = {
  bedrock: 'take BatchJobs.bedrock()',
  vertex: "take BatchJobs.vertex(), with a bucket 'gs://...'",
};
const NO_JOBS = "it has no batch jobs; hosts of 'bedrock' and 'vertex' have";

/** Checks batch jobs of hosts, and makes and allows what they need in AWS. */
export function prepareJobs(scope: Construct, jobs: readonly BatchJobs[], place: JobsPlace): BatchesConfig['jobs'] {
  const parent = new Construct(scope, 'Jobs');
  const configs = new Map<string, BatchJobsConfig>();
  for (const [index, job] of jobs.entries()) {
    const refuse = (prop: string, why: string): never => {
      throw new ValidationError(scope, `'batches.jobs[${index}].${prop}' ${why}`);
    };
    const { host: name } = job._settings;
    if (configs.has(name)) refuse('host', `'${name}' has jobs already; leave out one of the two`);
    configs.set(name, configOf(parent, job, place, refuse));
  }
  return Object.fromEntries(configs);
}

function configOf(
  parent: Construct,
  { _settings: settings }: BatchJobs,
  place: JobsPlace,
  refuse: (prop: string, why: string) => never,
): BatchJobsConfig {
  const { host: name } = settings;
  const binding = place.hosts.find(({ config }) => config.name === name);
  if (binding === undefined) {
    const names = place.hosts.map(({ config }) => config.name).join(', ');
    return refuse('host', `must be the name of a host of the chain, got '${name}'; they are ${names}`);
  }
  const { config: host, bedrock: calls = [] } = binding;
  if (settings.kind === 'bedrock' && host.kind === 'bedrock') {
    const problem = bedrockProblem(parent, settings, host);
    if (problem) refuse(...problem);
    const uses = calls.map(({ invoked }) => invoked);
    return bedrockJobs(parent, settings, { ...place, region: host.region, uses });
  }
  if (settings.kind === 'vertex' && host.kind === 'vertex') {
    const problem = vertexProblem(settings, host);
    if (problem) refuse(...problem);
    return { bucket: settings.bucket, location: settings.location };
  }
  return refuse('host', `'${name}' is of kind '${host.kind}': ${FACTORIES[host.kind] ?? NO_JOBS}`);
}
