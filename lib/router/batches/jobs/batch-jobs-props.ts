import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Properties of `BatchJobs.bedrock()`. */
export interface BedrockBatchJobsProps {
  /** Name of a host of the chain, of `Host.bedrock()`. */
  readonly host: string;
  /**
   * Where jobs have their requests and answers, below `batches/jobs/`: a bucket in the host's region. Give it a lifecycle rule, because the
   * files of a job that was given up stay.
   * @default - the bucket of the batches; a host in another region than the stack's has to be given one
   */
  readonly bucket?: s3.IBucket;
  /**
   * Fewest requests of a job, 1 to 1000: a quota of the account in the region.
   * @default 100
   */
  readonly minRequests?: number;
}

/** Properties of `BatchJobs.vertex()`. */
export interface VertexBatchJobsProps {
  /** Name of a host of the chain, of `Host.vertex()`. */
  readonly host: string;
  /** Where jobs have their requests and answers, below `batches/jobs/`: a bucket of Cloud Storage in the jobs' location, `gs://my-batches`. */
  readonly bucket: string;
  /**
   * A region of Vertex AI where the jobs are, such as `us-east5`. Only for a host at `global`: those of another one are where it is.
   * @default - the host's location
   */
  readonly location?: string;
}
