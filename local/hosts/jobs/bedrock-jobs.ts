import { randomBytes } from 'node:crypto';
import { isRecord, type Json } from '../../json';
import { aws } from '../faults/error-spec';
import type { SimRequest } from '../requests/recorded-request';
import { knows, refuse, type AccountReply, type WireOptions } from '../wires/wire';
import { createJobLife, type Job, type JobEnding } from './job-life';
import type { JobsSide } from './jobs-side';
import { runLine, type LineResult } from './run-line';

const LEAST = 100;
const MOST = 20;
const PATH = /^\/model-invocation-job\/([a-z0-9]{12})(\/stop)?$/;
const NAME = /^[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9+\-.]){0,63}$/;
const STATUSES: Readonly<Record<Exclude<JobEnding, 'working'>, string>> = {
  done: 'Completed',
  stopped: 'Stopped',
  expired: 'Expired',
  failed: 'Failed',
};
const LINE_ERRORS: Readonly<Record<'overloaded' | 'server-error', readonly [code: number, message: string]>> = {
  overloaded: [429, 'Too many requests, please wait before trying again.'],
  'server-error': [500, 'The system encountered an unexpected error during processing. Try your request again.'],
};

/** Model invocation jobs, which read and write a bucket in S3. */
export function createBedrockJobs(
  options: WireOptions,
  side: JobsSide,
): (request: SimRequest) => (() => AccountReply) | undefined {
  const { files } = side;
  const life = createJobLife(options.account!, side, side.most ?? MOST);

  const inputOf = ({ request }: Job): string[] =>
    (files.objects.get(keyOf(inputUri(request))) ?? '').split('\n').filter(Boolean);
  const complaintOf = (job: Job): string | undefined => {
    const count = inputOf(job).length;
    if (count === 0) return 'The S3 input is empty or cannot be read by the service role';
    return count < LEAST
      ? `Batch job contains less records (${count}) than the required minimum of: ${LEAST}`
      : life.whyFailed(job);
  };
  const show = (job: Job): Json => {
    const message = complaintOf(job);
    const ending = message === undefined ? life.endingOf(job) : 'failed';
    if (ending !== 'working' && ending !== 'failed') write(job);
    const { request } = job;
    const status = ending === 'working' ? 'InProgress' : STATUSES[ending];
    return { ...request, jobArn: arnOf(options, job), status, ...(message !== undefined && { message }) };
  };
  const write = (job: Job): void => {
    if (job.isWritten) return;
    job.isWritten = true;
    const all = inputOf(job).map((text) => JSON.parse(text) as { recordId: string; modelInput: Json });
    const model = String((job.request as Json)['modelId']);
    const run = { kind: 'bedrock', model, version: 'bedrock-2023-05-31', refuses } as const;
    const results = all
      .slice(0, life.done(job, all.length))
      .map((line) => ({ line, result: runLine(line.modelInput, run, options) }));
    const lines = results
      .filter(({ result }) => result.kind !== 'expired')
      .map(({ line, result }) => ({ ...line, ...outcome(result) }));
    const folder = `${keyOf(outputUri(job.request))}${job.id}/`;
    const successRecordCount = results.filter(({ result }) => result.kind === 'answer').length;
    files.put(
      `${folder}${keyOf(inputUri(job.request)).split('/').at(-1)}.out`,
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
    const counts = { totalRecordCount: all.length, processedRecordCount: lines.length, successRecordCount };
    files.put(
      `${folder}manifest.json.out`,
      JSON.stringify({ ...counts, errorRecordCount: lines.length - successRecordCount }),
    );
  };

  const create = ({ json = {} }: SimRequest): AccountReply => {
    const wrong = createComplaint(json, files.name, options);
    if (wrong !== undefined) return refuse(aws(400, 'ValidationException', wrong));
    const { jobName, clientRequestToken: token } = json;
    const same = life.jobs.find(
      ({ request }) => token !== undefined && (request as Json)['clientRequestToken'] === token,
    );
    if (same) return { kind: 'json', body: { jobArn: arnOf(options, same) } };
    if (life.jobs.some(({ name }) => name === jobName)) {
      return refuse(aws(409, 'ConflictException', 'The provided job name is already in use.'));
    }
    if (life.isFull())
      return refuse(aws(400, 'ServiceQuotaExceededException', 'You have reached your quota of jobs in progress.'));
    const id = randomBytes(6).toString('hex');
    const job = { id, name: String(jobName), createdAt: options.account!.clock.now(), request: json };
    life.jobs.unshift(job);
    return { kind: 'json', body: { jobArn: arnOf(options, job) } };
  };
  const list = ({ query }: SimRequest): AccountReply => {
    const found = life.jobs.filter(({ name }) => name.includes(query.get('nameContains') ?? ''));
    return {
      kind: 'json',
      body: { invocationJobSummaries: found.slice(0, Number(query.get('maxResults') ?? 10)).map(show) },
    };
  };
  const one = (id: string | undefined, isStop: boolean): AccountReply => {
    const job = life.jobs.find((each) => each.id === id);
    if (!job) return refuse(aws(404, 'ResourceNotFoundException', `Could not find job ${id}`));
    if (!isStop) return { kind: 'json', body: show(job) };
    if (life.endingOf(job) !== 'working')
      return refuse(aws(400, 'ValidationException', 'The job cannot be stopped in its current state.'));
    life.stop(job);
    return { kind: 'json', body: {} };
  };

  return (request) => {
    const { method, path } = request;
    if (method === 'POST' && path === '/model-invocation-job') return () => create(request);
    if (method === 'GET' && path === '/model-invocation-jobs') return () => list(request);
    const [isOne, id, stop] = PATH.exec(path) ?? [];
    const isKnown = isOne !== undefined && method === (stop ? 'POST' : 'GET');
    return isKnown ? () => one(id, stop !== undefined) : undefined;
  };
}

function createComplaint(json: Json, bucket: string, options: WireOptions): string | undefined {
  if (typeof json['jobName'] !== 'string' || !NAME.test(json['jobName']))
    return 'jobName: Member must satisfy regular expression pattern';
  if (typeof json['roleArn'] !== 'string') return 'roleArn: Member must not be null';
  if (!knows(options, String(json['modelId']))) return 'The provided model identifier is invalid.';
  const isThere = [inputUri(json), outputUri(json)].every((uri) => uri.startsWith(`s3://${bucket}/`));
  return isThere ? undefined : 'The S3 bucket is in another region, or does not exist.';
}

/** As jobs are said to be: neither tools nor caching. */
function refuses(body: Json): string | undefined {
  if (body['tools'] !== undefined) return 'tools: Tool use is not supported in batch inference';
  return JSON.stringify(body).includes('"cache_control"') ? 'cache_control: Extra inputs are not permitted' : undefined;
}

function outcome(result: LineResult): object {
  if (result.kind === 'answer') return { modelOutput: result.message };
  const [errorCode, errorMessage] =
    result.kind === 'wrong' ? [400, result.complaint] : LINE_ERRORS[result.kind as keyof typeof LINE_ERRORS];
  return { error: { errorCode, errorMessage } };
}

const arnOf = ({ region }: WireOptions, { id }: Pick<Job, 'id'>) =>
  `arn:aws:bedrock:${region}:111122223333:model-invocation-job/${id}`;
const keyOf = (uri: string) => uri.split('/').slice(3).join('/');
const part = (request: object, config: string, of: string): string => {
  const value = (request as Json)[config];
  const s3 = isRecord(value) ? value[of] : undefined;
  return isRecord(s3) ? String(s3['s3Uri']) : '';
};
const inputUri = (request: object) => part(request, 'inputDataConfig', 's3InputDataConfig');
const outputUri = (request: object) => part(request, 'outputDataConfig', 's3OutputDataConfig');
