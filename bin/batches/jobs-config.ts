import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import * as v from 'valibot';
import { object, pattern, wholeNumber } from '../../lambda/schema/schema-parts';
import { BATCH_LIMITS } from '../../lib/contract/batches/batch-names';
import { VERTEX_FORMS } from '../../lib/hosts/vertex/vertex-forms';
import { BatchJobs } from '../../lib/router/batches/jobs/batch-jobs';

/** Batch jobs of a Bedrock host. */
export interface BedrockJobsConfig {
  /** A bucket in the host's region, `s3://my-batches`. @default - that of the batches, for a host in the stack's region */
  readonly bucket?: string;
  /** Fewest requests of a job, by the account's quota, 1 to 1000. @default 100 */
  readonly minRequests?: number;
}

/** Batch jobs of a Vertex host. */
export interface VertexJobsConfig {
  /** A bucket of Cloud Storage in the jobs' location, `gs://my-batches`. The Google side lets the router use it. */
  readonly bucket: string;
  /** For a host at `global`: the region of its jobs. @default - the host's location */
  readonly location?: string;
}

/** By the host's name. */
export type JobsConfig = Readonly<Record<string, BedrockJobsConfig | VertexJobsConfig>>;

const bedrock = object('batch jobs of a Bedrock host', {
  bucket: v.optional(pattern(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket of S3, such as s3://my-batches')),
  minRequests: v.optional(wholeNumber(...BATCH_LIMITS.minRequests, 'fewest requests of a job; default 100')),
});
const vertex = object('batch jobs of a Vertex host', {
  bucket: pattern(...VERTEX_FORMS.jobsBucket),
  location: v.optional(pattern(...VERTEX_FORMS.location)),
});

export const jobsSchema = v.record(
  v.string(),
  v.union(
    [vertex, bedrock],
    'must be { bucket: "gs://my-batches", location? } of a Vertex host, or { bucket?: "s3://my-batches", minRequests? } of a Bedrock host',
  ),
  "must be an object from a host's name to its batch jobs",
);

const isVertex = (jobs: BedrockJobsConfig | VertexJobsConfig): jobs is VertexJobsConfig =>
  jobs.bucket?.startsWith('gs://') ?? false;

export const batchJobs = (scope: Construct, jobs: JobsConfig): BatchJobs[] =>
  Object.entries(jobs).map(([host, own]) => {
    if (isVertex(own)) return BatchJobs.vertex({ host, ...own });
    const name = own.bucket?.replace('s3://', '');
    const bucket = name === undefined ? undefined : Bucket.fromBucketName(scope, `JobsOf-${host}`, name);
    return BatchJobs.bedrock({ host, ...own, bucket });
  });

/** In Google's cloud. */
export const googleBuckets = (jobs: JobsConfig): string[] => [
  ...new Set(Object.values(jobs).flatMap((own) => (isVertex(own) ? own.bucket : []))),
];
