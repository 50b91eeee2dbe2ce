/** Message Batches that fail over, as the router is told of them. */
export interface BatchesConfig {
  /** How long one host may take for what it has been given, before what it has not begun goes to the next. @default 43200000 */
  readonly patienceMs?: number;
  /**
   * USD a day, by UTC, for which the router itself asks what no host's own batches have answered, at full price and over all clients.
   * @default 0 - never
   */
  readonly fullPriceUsdPerDay?: number;
  /** Hosts whose own batch jobs answer what Anthropic's batches have left, by name; also at half the price. @default - none */
  readonly jobs?: Readonly<Record<string, BatchJobsConfig>>;
}

/** Batch jobs of a host of kind `bedrock` or `vertex`. */
export interface BatchJobsConfig {
  /**
   * Where a job's requests and answers are: `s3://<name>` in the region of a Bedrock host, `gs://<name>` in the location of Vertex AI's
   * jobs, which needs one.
   * @default - of Bedrock, the bucket of the batches themselves, which is in the router's region
   */
  readonly bucket?: string;
  /** Bedrock only, and required there: the service role by which a job reads and writes its bucket. @default - none */
  readonly roleArn?: string;
  /** Bedrock only: fewest requests of a job, a quota of the account. @default 100 */
  readonly minRequests?: number;
  /** Vertex AI only, for a host at `global`: the region of its jobs. @default - the host's location */
  readonly location?: string;
}

/** How EventBridge Scheduler wakes the worker. The worker itself is told by its environment of no worker: it is the one. */
export interface BatchSchedules {
  readonly group: string;
  readonly workerArn: string;
  readonly roleArn: string;
}

/** What a schedule sends to the worker once a day: to look at the canary's last batch, and to make its next. */
export interface BatchCanary {
  /** The model that it asks for. */
  readonly canary: string;
}

/** What a schedule sends to the worker. */
export interface BatchWork {
  readonly batch: string;
  /** Absent for clients without a name. */
  readonly client?: string;
}
