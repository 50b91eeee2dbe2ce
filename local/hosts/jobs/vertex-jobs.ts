import { isRecord, type Json } from '../../json';
import { google } from '../faults/error-spec';
import type { SimRequest } from '../requests/recorded-request';
import { knows, refuse, type AccountReply, type WireOptions } from '../wires/wire';
import { createJobLife, type Job, type JobEnding } from './job-life';
import type { JobsSide } from './jobs-side';
import { runLine, type LineResult } from './run-line';

const MOST = 4;
const PATH = /^\/v1\/(projects\/[^/]+\/locations\/([^/]+)\/batchPredictionJobs)(?:\/(\d+)(:cancel)?)?$/;
const STATES: Readonly<Record<JobEnding, string>> = {
  working: 'JOB_STATE_RUNNING',
  done: 'JOB_STATE_SUCCEEDED',
  stopped: 'JOB_STATE_CANCELLED',
  expired: 'JOB_STATE_EXPIRED',
  failed: 'JOB_STATE_FAILED',
};
const NOT_FOUND = google(404, 'NOT_FOUND', 'The BatchPredictionJob does not exist.');

/** Batch prediction jobs of publisher models, which read and write a bucket in Cloud Storage. */
export function createVertexJobs(
  options: WireOptions,
  side: JobsSide,
): (request: SimRequest) => (() => AccountReply) | undefined {
  const { files } = side;
  const life = createJobLife(options.account!, side, side.most ?? MOST);

  const write = (job: Job, folder: string): void => {
    if (job.isWritten) return;
    job.isWritten = true;
    const text = files.objects.get(keyOf(inputUri(job.request))) ?? '';
    const all = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { custom_id: string; request: Json });
    const run = {
      kind: 'vertex',
      model: modelOf(job.request),
      version: 'vertex-2023-10-16',
      refuses: () => undefined,
    } as const;
    const lines = all
      .slice(0, life.done(job, all.length))
      .map((line) => ({ line, result: runLine(line.request, run, options) }))
      .filter(({ result }) => result.kind !== 'expired')
      .map(({ line, result }) => JSON.stringify({ ...line, ...outcome(result) }));
    files.put(`${keyOf(folder)}/predictions.jsonl`, lines.map((line) => `${line}\n`).join(''));
  };
  const show = (parent: string, job: Job): Json => {
    const ending = life.endingOf(job);
    const folder = `${outputUri(job.request)}/prediction-${modelOf(job.request)}-${new Date(job.createdAt).toISOString()}`;
    if (ending !== 'working' && ending !== 'failed') write(job, folder);
    return {
      name: `${parent}/${job.id}`,
      ...job.request,
      state: STATES[ending],
      ...(ending === 'failed' && { error: { code: 3, message: life.whyFailed(job) } }),
      ...(job.isWritten && { outputInfo: { gcsOutputDirectory: folder } }),
    };
  };

  const create = ({ json = {} }: SimRequest, parent: string): AccountReply => {
    const uris = [inputUri(json), outputUri(json)];
    if (!knows(options, modelOf(json)))
      return refuse(google(400, 'INVALID_ARGUMENT', 'Unsupported model for batch prediction.'));
    if (!uris.every((uri) => uri.startsWith(`gs://${files.name}/`))) {
      return refuse(
        google(400, 'FAILED_PRECONDITION', 'The bucket does not exist, or its location does not fit the job.'),
      );
    }
    if (life.isFull())
      return refuse(google(429, 'RESOURCE_EXHAUSTED', 'The quota of concurrent batch prediction jobs is exceeded.'));
    const job = {
      id: String(1e15 + life.jobs.length),
      name: String(json['displayName']),
      createdAt: options.account!.clock.now(),
      request: json,
    };
    life.jobs.unshift(job);
    return { kind: 'json', body: show(parent, job) };
  };
  const list = ({ query }: SimRequest, parent: string): AccountReply => {
    const filter = query.get('filter') ?? '';
    const name = /^display_name="([^"]*)"$/.exec(filter)?.[1];
    const states = [...filter.matchAll(/state="(\w+)"/g)].map(([, state]) => state);
    const found = life.jobs
      .map((job) => show(parent, job))
      .filter((job) => (name === undefined ? states.includes(String(job['state'])) : job['displayName'] === name));
    // An empty list is left out.
    return { kind: 'json', body: found.length > 0 ? { batchPredictionJobs: found } : {} };
  };
  const one = (parent: string, id: string, isCancel: boolean): AccountReply => {
    const job = life.jobs.find((each) => each.id === id);
    if (!job) return refuse(NOT_FOUND);
    if (!isCancel) return { kind: 'json', body: show(parent, job) };
    if (life.endingOf(job) !== 'working') {
      return refuse(google(400, 'FAILED_PRECONDITION', 'The BatchPredictionJob is already completed.'));
    }
    life.stop(job);
    return { kind: 'json', body: {} };
  };

  return (request) => {
    const [, parent, location, id, cancel] = PATH.exec(request.path) ?? [];
    if (parent === undefined || location !== options.region) return undefined;
    if (id !== undefined) return () => one(parent, id, cancel !== undefined);
    return () => (request.method === 'POST' ? create(request, parent) : list(request, parent));
  };
}

/** As the output files have it: the words are in `status`, and there is no answer then. */
function outcome(result: LineResult): object {
  if (result.kind === 'answer') return { response: result.message, status: '' };
  if (result.kind === 'wrong') {
    const said = { type: 'error', error: { type: 'invalid_request_error', message: result.complaint } };
    return { response: {}, status: `Bad Request: ${JSON.stringify(said)}` };
  }
  const said = { error: { code: 429, message: 'Resource exhausted.', status: 'RESOURCE_EXHAUSTED' } };
  return {
    response: {},
    status: result.kind === 'overloaded' ? `Too Many Requests: ${JSON.stringify(said)}` : 'Internal error encountered.',
  };
}

const keyOf = (uri: string) => uri.split('/').slice(3).join('/');
const modelOf = (request: object) => String((request as Json)['model']).replace('publishers/anthropic/models/', '');
const field = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);
const inputUri = (request: object): string => {
  const uris = field(field((request as Json)['inputConfig'], 'gcsSource'), 'uris');
  return Array.isArray(uris) ? String(uris[0]) : '';
};
const outputUri = (request: object) =>
  String(field(field((request as Json)['outputConfig'], 'gcsDestination'), 'outputUriPrefix'));
