import type { BatchSchedules } from '../../../lib/contract';
import { BATCHES_ENV } from '../../../lib/contract/batches/batch-names';
import type { Env } from '../../runtime/require-env';

/** Where batches are kept. */
export interface BatchesPlace {
  readonly table: string;
  readonly bucket: string;
  readonly region: string;
  /** @default - the process works them off itself */
  readonly schedules: BatchSchedules | undefined;
}

/** What is missing for batches, one line a variable. */
export function missingForBatches(env: Env): string[] {
  return [BATCHES_ENV.TABLE, BATCHES_ENV.BUCKET, 'AWS_REGION']
    .filter((name) => !env[name])
    .map(
      (name) =>
        `batches: the environment variable ${name} is not set; batches need a DynamoDB table with the string keys "kind" and "entry" ` +
        '(TTL attribute "expires") and an S3 bucket in the same region: set it, or remove "batches"',
    );
}

/** Call it where nothing is missing. */
export function batchesPlace(env: Env): BatchesPlace {
  const schedules = env[BATCHES_ENV.SCHEDULES];
  return {
    table: env[BATCHES_ENV.TABLE] ?? '',
    bucket: env[BATCHES_ENV.BUCKET] ?? '',
    region: env['AWS_REGION'] ?? '',
    schedules: schedules ? (JSON.parse(schedules) as BatchSchedules) : undefined,
  };
}
