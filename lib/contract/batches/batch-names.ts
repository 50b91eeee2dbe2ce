/** Environment variables of whoever takes batches in or works them off. */
export const BATCHES_ENV = {
  /** Name of the DynamoDB table that has the batches, with the string keys `kind` and `entry`, in the router's region. */
  TABLE: 'FAILOVER_BATCHES_TABLE',
  /** Name of the S3 bucket that has requests and answers, in the router's region. */
  BUCKET: 'FAILOVER_BATCHES_BUCKET',
  /** `BatchSchedules` as JSON. Absent: the process that takes batches in works them off, too. */
  SCHEDULES: 'FAILOVER_BATCHES_SCHEDULES',
} as const;

/** How long a batch may take. */
export const BATCH_LIFE_MS = 24 * 3_600_000;
/** How long its results may be read, from its creation on. */
export const BATCH_RESULTS_MS = 29 * BATCH_LIFE_MS;

/** Whole numbers that batches may be given, from and to. */
export const BATCH_LIMITS = {
  patienceMs: [60_000, BATCH_LIFE_MS],
  /** No job has more requests than its part of a batch. */
  minRequests: [1, 1000],
} as const;
