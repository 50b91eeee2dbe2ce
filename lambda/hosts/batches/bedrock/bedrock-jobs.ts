import type { BatchJobsConfig, BedrockHostConfig } from '../../../../lib/contract';
import { textStore } from '../../../aws/batches/text-store';
import type { Host } from '../../../engine/host';
import { isObject } from '../../../engine/json';
import { readResult } from '../../../wire/anthropic/batches/batch-result';
import type { PlaceDeps } from '../create-place';
import type { CloudJobs } from '../cloud-jobs';
import { lineError } from '../line-error';
import { createJobsApi } from './jobs-api';
import { modelInput } from './model-input';

/** The quota as it is before somebody has asked for another. */
const LEAST = 100;

/** Amazon Bedrock's batch inference, by files in S3. */
export function bedrockJobs(
  config: BedrockHostConfig,
  { bucket, roleArn = '', minRequests = LEAST }: BatchJobsConfig,
  host: Host,
  { env, bucket: ownBucket }: PlaceDeps,
): CloudJobs {
  const name = bucket?.replace('s3://', '') ?? ownBucket;
  const { region } = config;
  const api = createJobsApi(host.name, region, env);
  return {
    host: host.name,
    files: textStore(name, { ...env, AWS_REGION: region }),
    least: minRequests,
    line: (recordId, params, job) => ({ recordId, modelInput: modelInput(config, params, job) }),
    create: (job, folder, signal) =>
      api.create(
        {
          jobName: job.name,
          // Asked for twice, it is made once.
          clientRequestToken: job.name,
          roleArn,
          modelId: host.modelId(job.model) ?? job.model,
          inputDataConfig: {
            s3InputDataConfig: { s3InputFormat: 'JSONL', s3Uri: `s3://${name}/${folder}input.jsonl` },
          },
          outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://${name}/${folder}out/` } },
          timeoutDurationInHours: 24,
        },
        signal,
      ),
    find: api.find,
    look: api.look,
    stop: api.stop,
    // Beside them stands a manifest, which counts them.
    isOutput: (key, id) => key.includes(`/out/${id}/`) && key.endsWith('.jsonl.out'),
    answer({ recordId, modelOutput, error }) {
      if (!isObject(error)) return { id: recordId, result: readResult({ type: 'succeeded', message: modelOutput }) };
      if (error['expired'] === true) return { id: recordId, result: { type: 'expired' } };
      const status = Number(error['errorCode']) || 500;
      return { id: recordId, result: lineError(host, status, { message: error['errorMessage'] }) };
    },
  };
}
