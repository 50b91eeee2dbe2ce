import type { AccountOptions } from '../wires/wire';
import type { JobsSide } from './jobs-side';

const DAY_MS = 24 * 3600 * 1000;

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  /** What it was created by. */
  readonly request: object;
  stoppedAt?: number;
  isWritten?: boolean;
}

export type JobEnding = 'working' | 'done' | 'stopped' | 'expired' | 'failed';

/** Jobs end by the clock alone: nothing runs in between, and what became of one is found when somebody asks. */
export interface JobLife {
  readonly jobs: Job[];
  endingOf(job: Job): JobEnding;
  whyFailed(job: Job): string | undefined;
  isFull(): boolean;
  /** How many of so many lines it has come to. */
  done(job: Job, lines: number): number;
  stop(job: Job): void;
}

export function createJobLife({ clock, batchMs }: AccountOptions, { fails }: JobsSide, most: number): JobLife {
  const jobs: Job[] = [];
  const whyFailed = ({ name }: Job) => fails?.(name);
  const endOf = ({ createdAt }: Job) => createdAt + batchMs;
  const endingOf = (job: Job): JobEnding => {
    if (whyFailed(job) !== undefined) return 'failed';
    if (job.stoppedAt !== undefined) return 'stopped';
    if (clock.now() >= endOf(job)) return batchMs > DAY_MS ? 'expired' : 'done';
    return clock.now() >= job.createdAt + DAY_MS ? 'expired' : 'working';
  };
  return {
    jobs,
    endingOf,
    whyFailed,
    isFull: () => jobs.filter((job) => endingOf(job) === 'working').length >= most,
    done(job, lines) {
      const until = job.stoppedAt ?? clock.now();
      return batchMs > DAY_MS ? 0 : Math.floor(lines * Math.min(1, batchMs ? (until - job.createdAt) / batchMs : 1));
    },
    stop(job) {
      job.stoppedAt = clock.now();
    },
  };
}
