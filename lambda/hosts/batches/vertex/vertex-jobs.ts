import type { BatchJobsConfig, VertexHostConfig } from '../../../../lib/contract';
import type { BodyFields, Host } from '../../../engine/host';
import { isObject, type JsonObject, parseJson, textOf } from '../../../engine/json';
import { type BatchResult, readResult } from '../../../wire/anthropic/batches/batch-result';
import { fitRequest } from '../../fitted-request';
import { vertexFacts } from '../../vertex/facts';
import { publicAddress } from '../../vertex/public-address';
import { vertexFields } from '../../vertex/vertex-fields';
import type { BatchJob } from '../batch-place';
import type { CloudJobs } from '../cloud-jobs';
import type { PlaceDeps } from '../create-place';
import { jobCall } from '../job-call';
import { lineError } from '../line-error';
import { cloudStorage } from './cloud-storage';
import { googleApi } from './google-api';
import { createJobsApi } from './jobs-api';

/** Vertex AI's batch prediction, by files in Cloud Storage. */
export function vertexJobs(
  config: VertexHostConfig,
  { bucket = '', location = config.location }: BatchJobsConfig,
  host: Host,
  { env, clock, transport }: PlaceDeps,
): CloudJobs {
  const api = googleApi(config, { env, clock, transport });
  const origin = transport.origin(config.endpoint ?? publicAddress(location));
  const jobs = createJobsApi(host.name, api, origin, { project: config.project, location });
  const traits = vertexFacts({ location });
  /** Of the API's versions, jobs are known to take the first. */
  const request = (params: BodyFields, job: BatchJob): object => {
    const { fields } = fitRequest(jobCall(params, job), traits, traits.betas);
    return vertexFields({ fields, version: undefined });
  };
  return {
    host: host.name,
    files: cloudStorage(bucket.replace('gs://', ''), api, transport, env),
    least: 1,
    line: (custom_id, params, job) => ({ custom_id, request: request(params, job) }),
    create: (job, folder, signal) =>
      jobs.create(
        {
          displayName: job.name,
          model: `publishers/anthropic/models/${host.modelId(job.model) ?? job.model}`,
          inputConfig: { instancesFormat: 'jsonl', gcsSource: { uris: [`${bucket}/${folder}input.jsonl`] } },
          outputConfig: { predictionsFormat: 'jsonl', gcsDestination: { outputUriPrefix: `${bucket}/${folder}out` } },
        },
        signal,
      ),
    find: jobs.find,
    look: jobs.look,
    stop: jobs.stop,
    isOutput: (key) => key.endsWith('.jsonl'),
    answer: (line) => ({ id: line['custom_id'], result: resultOf(host, line) }),
  };
}

/** What the words before an error's JSON stand for. */
const STATUSES: Readonly<Record<string, number>> = { 'Bad Request': 400, 'Too Many Requests': 429 };

/** `status` is empty where there is an answer, which tables have as text. */
function resultOf(host: Host, { status, response }: JsonObject): BatchResult | undefined {
  const message = typeof response === 'string' ? parseJson(response) : response;
  const words = textOf(status);
  if (!words) return readResult({ type: 'succeeded', message });
  const said = parseJson(words.slice(words.indexOf('{')));
  const code = isObject(said) && isObject(said['error']) ? said['error']['code'] : undefined;
  const meant = typeof code === 'number' ? code : (STATUSES[words.split(':')[0] ?? ''] ?? 500);
  return lineError(host, meant, isObject(said) ? said : { message: words });
}
