import { AwsCallError, callAws } from '../../../aws/call-aws';
import { isObject, type JsonObject, parseJson, textOf } from '../../../engine/json';
import type { Env } from '../../../runtime/require-env';
import { type JobState, type Refusal, refusalOf, refusalOfError } from '../batch-place';
import { type CloudJobs, notTaken } from '../cloud-jobs';

interface JobsApi extends Pick<CloudJobs, 'find' | 'look' | 'stop'> {
  create(request: object, signal: AbortSignal): Promise<string>;
}

const ENDED: ReadonlySet<unknown> = new Set(['Completed', 'PartiallyCompleted', 'Stopped', 'Expired']);
const JSON_TYPE = { 'content-type': 'application/json' };

/** Model invocation jobs of Bedrock's control plane in a region. A job's id is the end of its ARN, which its API takes as well. */
export function createJobsApi(host: string, region: string, env: Env): JobsApi {
  const call = async (
    method: 'GET' | 'POST',
    path: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<JsonObject> => {
    const headers = body ? JSON_TYPE : {};
    const sent = {
      service: 'bedrock',
      region,
      method,
      path,
      headers,
      body: body && JSON.stringify(body),
      signal,
    } as const;
    const answer = parseJson((await callAws(sent, env)).toString());
    return isObject(answer) ? answer : {};
  };
  const list = async (query: Record<string, string>, signal: AbortSignal): Promise<readonly JsonObject[]> => {
    const { invocationJobSummaries: jobs } = await call(
      'GET',
      `/model-invocation-jobs?${new URLSearchParams(query)}`,
      signal,
    );
    return Array.isArray(jobs) ? jobs.filter(isObject) : [];
  };
  /** A quota of no jobs at all has to be told from one that is used up. */
  const isWorking = async (signal: AbortSignal): Promise<boolean> => {
    const newest = { maxResults: '100', sortBy: 'CreationTime', sortOrder: 'Descending' };
    return (await list(newest, signal)).some((job) => stateOf(job) === 'running');
  };

  return {
    async create(request, signal) {
      try {
        return idOf((await call('POST', '/model-invocation-job', signal, request))['jobArn']);
      } catch (error) {
        const refusal = refusalBy(error);
        throw notTaken(host, refusal === 'full' && !(await isWorking(signal)) ? 'busy' : refusal, error);
      }
    },
    async find(name, signal) {
      const found = (await list({ nameContains: name }, signal)).find((job) => job['jobName'] === name);
      return found && idOf(found['jobArn']);
    },
    async look(id, signal) {
      try {
        return stateOf(await call('GET', `/model-invocation-job/${id}`, signal));
      } catch (error) {
        if (error instanceof AwsCallError && error.status === 404) return 'gone';
        throw error;
      }
    },
    async stop(id, signal) {
      try {
        await call('POST', `/model-invocation-job/${id}/stop`, signal);
      } catch (error) {
        // It has ended, or is gone: whoever looks at it next is told.
        if (!(error instanceof AwsCallError && [400, 404, 409].includes(error.status ?? 0))) throw error;
      }
    },
  };
}

function stateOf({ status, message }: JsonObject): JobState {
  if (status === 'Failed') return { failed: textOf(message) ?? 'the job failed, and Bedrock does not say why' };
  return ENDED.has(status) ? 'ended' : 'running';
}

function refusalBy(error: unknown): Refusal {
  if (!(error instanceof AwsCallError) || error.status === undefined) return refusalOfError(error);
  if (error.exception === 'ServiceQuotaExceededException') return 'full';
  // Somebody has made a job of that name.
  return error.exception === 'ConflictException' ? 'unknown' : refusalOf(error.status);
}

function idOf(arn: unknown): string {
  const id = /[a-z0-9]+$/.exec(String(arn))?.[0];
  if (typeof arn === 'string' && id !== undefined) return id;
  throw new Error('Bedrock has answered without the ARN of a job');
}
