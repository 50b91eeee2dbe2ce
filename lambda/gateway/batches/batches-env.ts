import type { BatchSchedules, RouterConfig } from '../../../lib/contract';
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

/** What is missing for batches, one line a variable or bucket. */
export function missingForBatches(config: Pick<RouterConfig, 'batches' | 'hosts'>, env: Env): string[] {
  const missing = [BATCHES_ENV.TABLE, BATCHES_ENV.BUCKET, 'AWS_REGION']
    .filter((name) => !env[name])
    .map(
      (name) =>
        `batches: the environment variable ${name} is not set; batches need a DynamoDB table with the string keys "kind" and "entry" ` +
        '(TTL attribute "expires") and an S3 bucket in the same region: set it, or remove "batches"',
    );
  return missing.length > 0 ? missing : jobsElsewhere(config, env['AWS_REGION']);
}

/** Bedrock reads only what is in its own region. */
const jobsElsewhere = (
  { batches, hosts }: Pick<RouterConfig, 'batches' | 'hosts'>,
  region: string | undefined,
): string[] =>
  hosts.flatMap((host) => {
    const jobs = batches?.jobs?.[host.name];
    if (host.kind !== 'bedrock' || host.region === region || jobs === undefined || jobs.bucket !== undefined) return [];
    return [
      `batches.jobs["${host.name}"].bucket: the bucket of the batches is in ${region}, and jobs of this host need one in ${host.region}; ` +
        "give 's3://...'",
    ];
  });

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
