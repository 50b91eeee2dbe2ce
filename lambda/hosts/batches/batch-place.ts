import type { Headers } from '../../engine/headers';
import { type BodyFields, HostError } from '../../engine/host';
import { isUnconnected } from '../transport/unreached';
import type { BatchResult } from '../../wire/anthropic/batches/batch-result';

/** What a host is given of a shard. */
export interface BatchJob {
  /** No other job has it, of any batch; letters, digits and dashes. */
  readonly name: string;
  /** The wire's own id of the model that all of them ask for. */
  readonly model: string;
  readonly requests: readonly { readonly index: number; readonly params: BodyFields }[];
  /** The client's, as far as a request is read by them. */
  readonly headers: Headers;
  /** When it was first tried to be made. */
  readonly since: number;
}

/** A job by its host's name for it, and by the key that alone can see it. */
export interface MadeJob {
  readonly id: string;
  readonly key?: string;
}

/** `failed`: it has ended as a whole, for this reason; some of it may have been answered before. */
export type JobState = 'running' | 'ended' | 'gone' | { readonly failed: string };

/** A host that works batches off at half price. Every method may reject with a `PlaceError`, and with whatever a network does. */
export interface BatchPlace {
  /** False for so few requests that it has no job for them. @default - any number */
  takes?(count: number): boolean;
  make(job: BatchJob, signal: AbortSignal): Promise<MadeJob>;
  /** The job whose making had no answer, if the host has one that looks like it and is `not` another. */
  find(job: BatchJob, not: readonly string[], signal: AbortSignal): Promise<MadeJob | undefined>;
  look(made: MadeJob, signal: AbortSignal): Promise<JobState>;
  /** What has not begun yet is not begun any more. A job that has ended stays as it is. */
  stop(made: MadeJob, signal: AbortSignal): Promise<void>;
  /** By the request's index; what has none was not answered. Undefined: it was somebody else's job. */
  results(made: MadeJob, job: BatchJob, signal: AbortSignal): Promise<ReadonlyMap<number, BatchResult> | undefined>;
  /** Removes what a job that has been taken in has left outside of its host. */
  tidy?(job: Pick<BatchJob, 'name'>, signal: AbortSignal): Promise<void>;
}

/**
 * What became of a job that was to be made. `unknown`: the host may have it. `busy`: it has not, and may take it later.
 * `full`: it has as many others as it works on at a time, and takes it after those. `refused`: it has not, and never takes it.
 */
export type Refusal = 'unknown' | 'busy' | 'full' | 'refused';

export class PlaceError extends Error {
  override readonly name = 'PlaceError';
  constructor(
    readonly refusal: Refusal,
    /** As a result tells it. */
    readonly said: { readonly type: string; readonly message: string },
    /** Which request alone is at fault, by its place in the job. */
    readonly line?: number,
    /** What the operator is told, where a client is told less. */
    problem = said.message,
  ) {
    super(problem);
  }
}

/** What a call that brought no answer says of it. Without a key nothing was sent, and without a connection nothing arrived. */
export function refusalOfError(error: unknown): Refusal {
  if (error instanceof HostError && error.kind === 'credential') return 'refused';
  const cause = error instanceof Error ? error.cause : undefined;
  return isUnconnected(cause) ? 'busy' : 'unknown';
}

/** By what a request of a job is known: no other request of any job has it. */
export const requestId = ({ name }: Pick<BatchJob, 'name'>, index: number): string =>
  `${name.replaceAll('-', '_')}_${index}`;

/** The index of a job's request; undefined for an id of another job. */
export function indexOf(job: Pick<BatchJob, 'name'>, id: unknown): number | undefined {
  const prefix = requestId(job, 0).slice(0, -1);
  if (typeof id !== 'string' || !id.startsWith(prefix)) return undefined;
  const index = Number(id.slice(prefix.length));
  return Number.isInteger(index) && index >= 0 ? index : undefined;
}

/** Said instead of beginning. Behind 500, 502 and 504 something may have begun. */
const BUSY: ReadonlySet<number> = new Set([409, 429, 503, 529]);

/** What a status says of a job that was to be made. */
export function refusalOf(status: number): Refusal {
  if (BUSY.has(status)) return 'busy';
  return status === 408 || status >= 500 ? 'unknown' : 'refused';
}
