import type { BedrockBatchJobsProps, VertexBatchJobsProps } from './batch-jobs-props';

type Settings =
  (BedrockBatchJobsProps & { readonly kind: 'bedrock' }) | (VertexBatchJobsProps & { readonly kind: 'vertex' });

/** Batch jobs of a host, which answer at half the price what Anthropic's batches have left. */
export class BatchJobs {
  /** Model invocation jobs of Amazon Bedrock. The service role by which they read and write their bucket is made. */
  public static bedrock(props: BedrockBatchJobsProps): BatchJobs {
    return new BatchJobs({ kind: 'bedrock', ...props });
  }

  /**
   * Batch prediction jobs of Google Vertex AI. Whom the host speaks for needs `roles/aiplatform.user` in the project and
   * `roles/storage.objectUser` on the bucket: `VertexAccess` gives both by its `jobsBuckets`.
   */
  public static vertex(props: VertexBatchJobsProps): BatchJobs {
    return new BatchJobs({ kind: 'vertex', ...props });
  }

  /** @internal */
  public readonly _settings: Settings;

  private constructor(settings: Settings) {
    this._settings = settings;
  }
}
