import { isObject, type JsonObject, parseJson, textOf } from '../../../engine/json';
import type { Origin } from '../../transport/transport';
import { type JobState, refusalOf, refusalOfError } from '../batch-place';
import { type CloudJobs, notTaken } from '../cloud-jobs';
import { type GoogleApi, GoogleCallError, type GoogleRequest } from './google-api';

interface JobsApi extends Pick<CloudJobs, 'find' | 'look' | 'stop'> {
  create(request: object, signal: AbortSignal): Promise<string>;
}

const ENDED: ReadonlySet<unknown> = new Set([
  'JOB_STATE_SUCCEEDED',
  'JOB_STATE_PARTIALLY_SUCCEEDED',
  'JOB_STATE_CANCELLED',
  'JOB_STATE_EXPIRED',
]);
const AT_WORK = ['QUEUED', 'PENDING', 'RUNNING'].map((state) => `state="JOB_STATE_${state}"`).join(' OR ');

/** Batch prediction jobs of a project in a location. Their creation has no idempotency key, but they can be listed by a name of ours. */
export function createJobsApi(
  host: string,
  api: GoogleApi,
  origin: Origin,
  { project, location }: { readonly project: string; readonly location: string },
): JobsApi {
  const path = `/v1/projects/${project}/locations/${location}/batchPredictionJobs`;
  const call = async (request: GoogleRequest, signal: AbortSignal): Promise<JsonObject> => {
    const answer = parseJson(await api(origin, request, signal));
    if (isObject(answer)) return answer;
    throw new Error('Vertex AI has answered with something else than JSON');
  };
  const list = async (filter: string, signal: AbortSignal): Promise<readonly JsonObject[]> => {
    const { batchPredictionJobs: jobs } = await call({ path: `${path}?${new URLSearchParams({ filter })}` }, signal);
    return Array.isArray(jobs) ? jobs.filter(isObject) : [];
  };

  return {
    async create(request, signal) {
      try {
        return idOf((await call({ method: 'POST', path, body: JSON.stringify(request) }, signal))['name']);
      } catch (error) {
        if (!(error instanceof GoogleCallError)) throw notTaken(host, refusalOfError(error), error);
        // A quota of no jobs at all has to be told from one that is used up.
        const isFull = error.status === 429 && (await list(AT_WORK, signal)).length > 0;
        throw notTaken(host, isFull ? 'full' : refusalOf(error.status), error);
      }
    },
    async find(name, signal) {
      const found = (await list(`display_name="${name}"`, signal)).find((job) => job['displayName'] === name);
      return found && idOf(found['name']);
    },
    async look(id, signal) {
      try {
        return stateOf(await call({ path: `${path}/${id}` }, signal));
      } catch (error) {
        if (error instanceof GoogleCallError && error.status === 404) return 'gone';
        throw error;
      }
    },
    async stop(id, signal) {
      try {
        await call({ method: 'POST', path: `${path}/${id}:cancel`, body: '{}' }, signal);
      } catch (error) {
        // It has ended, or is gone: whoever looks at it next is told.
        if (!(error instanceof GoogleCallError && [400, 404].includes(error.status))) throw error;
      }
    },
  };
}

function stateOf({ state, error }: JsonObject): JobState {
  if (state !== 'JOB_STATE_FAILED') return ENDED.has(state) ? 'ended' : 'running';
  return { failed: (isObject(error) && textOf(error['message'])) || 'the job failed, and Vertex AI does not say why' };
}

function idOf(name: unknown): string {
  const id = /\/batchPredictionJobs\/(\d+)$/.exec(String(name))?.[1];
  if (id !== undefined) return id;
  throw new Error('Vertex AI has answered without the name of a job');
}
