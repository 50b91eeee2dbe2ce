import type { TextStore } from '../../aws/batches/text-store';
import type { BodyFields } from '../../engine/host';
import { isObject, type JsonObject, parseJson } from '../../engine/json';
import { errorText } from '../../runtime/error-text';
import type { BatchResult } from '../../wire/anthropic/batches/batch-result';
import {
  type BatchJob,
  type BatchPlace,
  indexOf,
  type JobState,
  PlaceError,
  refusalOf,
  requestId,
} from './batch-place';

/** A cloud that works off files of requests: it is given a file and a folder, and writes answers there. */
export interface CloudJobs {
  readonly host: string;
  /** Where the files are. */
  readonly files: TextStore;
  /** Fewest requests of a job. */
  readonly least: number;
  /** A request as a line of a file, by the id that its answer will have. */
  line(id: string, params: BodyFields, job: BatchJob): object;
  /** The cloud's id of a job that reads the file `input.jsonl` of the folder, and writes below its `out/`. */
  create(job: BatchJob, folder: string, signal: AbortSignal): Promise<string>;
  /** By the name it was created with. */
  find(name: string, signal: AbortSignal): Promise<string | undefined>;
  look(id: string, signal: AbortSignal): Promise<JobState>;
  stop(id: string, signal: AbortSignal): Promise<void>;
  /** Whether a file of the folder has answers of this job. */
  isOutput(key: string, id: string): boolean;
  /** A line of such a file; undefined for what is none. */
  answer(line: JsonObject): { readonly id: unknown; readonly result: BatchResult | undefined };
}

/** Apart from what is kept of batches, so that a cloud's own role has to see nothing else. */
const folderOf = ({ name }: Pick<BatchJob, 'name'>): string => `batches/jobs/${name}/`;

/** Jobs have names of ours, so that what is found by its name is the job itself. */
export function jobPlace(cloud: CloudJobs): BatchPlace {
  const { files, host } = cloud;
  return {
    takes: (count) => count >= cloud.least,
    async make(job, signal) {
      const folder = folderOf(job);
      await upload(host, files, `${folder}input.jsonl`, () => lines(cloud, job));
      return { id: await cloud.create(job, folder, signal) };
    },
    async find(job, _not, signal) {
      const id = await cloud.find(job.name, signal);
      return id === undefined ? undefined : { id };
    },
    look: ({ id }, signal) => cloud.look(id, signal),
    stop: ({ id }, signal) => cloud.stop(id, signal),
    async results({ id }, job) {
      const results = new Map<number, BatchResult>();
      const keys = (await files.list(`${folderOf(job)}out/`)).filter((key) => cloud.isOutput(key, id));
      for (const key of keys) {
        for (const text of ((await files.get(key)) ?? '').split('\n')) {
          const line = text === '' ? undefined : parseJson(text);
          if (!isObject(line)) continue;
          const answer = cloud.answer(line);
          const index = indexOf(job, answer.id);
          if (index !== undefined && answer.result) results.set(index, answer.result);
        }
      }
      return results;
    },
    async tidy(job) {
      for (const key of await files.list(folderOf(job))) await files.delete(key);
    },
  };
}

const lines = (cloud: CloudJobs, job: BatchJob): string =>
  job.requests
    .map(({ index, params }) => `${JSON.stringify(cloud.line(requestId(job, index), params, job))}\n`)
    .join('');

/** Once: a job that has to wait is asked for again every minute, with the same requests. */
async function upload(host: string, files: TextStore, key: string, text: () => string): Promise<void> {
  try {
    if (!(await files.list(key)).includes(key)) await files.put(key, text());
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : NaN;
    // Nobody works on a file that is not there.
    throw notTaken(host, refusalOf(status) === 'refused' && status > 0 ? 'refused' : 'busy', error);
  }
}

/** What a cloud says of roles, buckets and quotas is the operator's affair, and not the client's. */
export const notTaken = (host: string, refusal: PlaceError['refusal'], error: unknown): PlaceError =>
  new PlaceError(
    refusal,
    { type: 'api_error', message: `host '${host}' did not take the batch` },
    undefined,
    errorText(error),
  );
