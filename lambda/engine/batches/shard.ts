/** What became of a request, in a character. */
export const MARKS = { open: '.', succeeded: 's', errored: 'e', canceled: 'c', expired: 'x' } as const;
export type Mark = Exclude<keyof typeof MARKS, 'open'>;

/** The last place of a shard: the chain itself, one request at a time and at full price. No host can be called so. */
export const ROUTER = '(router)';

/** What a place was given. */
export interface Job {
  /** By which the place knows it; undefined while nobody knows whether the place has it. */
  readonly id?: string;
  /** Of the credential it was made with, which alone can see it. */
  readonly key?: string;
  readonly since: number;
  readonly isStopping?: boolean;
  /** Ids that looked like it and were not. */
  readonly not?: readonly string[];
}

/** A part of a batch that goes from place to place as one, until each of its requests is answered. Never changed. */
export interface Shard {
  /** A character a request, in their order. What is not open is never asked again. */
  readonly marks: string;
  /** Where its requests may be answered, in this order: names of hosts, and `ROUTER`. */
  readonly places: readonly string[];
  /** Which of them has its turn. */
  readonly at: number;
  /** When that turn began. */
  readonly since: number;
  /** How many turns there have been: a job and its answers are named by it. */
  readonly round: number;
  readonly job?: Job;
  /** How many requests each place has answered. */
  readonly answered: Readonly<Record<string, number>>;
  readonly costUsd: number;
  /** Its results are written, and never change any more. */
  readonly isSealed?: boolean;
}

export interface Terms {
  readonly now: number;
  readonly expiresAt: number;
  readonly isCancelled: boolean;
  /** How long a place may take where another comes after it. */
  readonly patienceMs: number;
}

/** How long a place that is in trouble is asked again to take a job. A batch can wait, and the next place may cost double. */
export const TRIES_MS = 600_000;
/** How long a place that cannot be asked is believed to be still at work, beyond the time it had. */
export const GRACE_MS = 3_600_000;

export type Step =
  | { readonly kind: 'create'; readonly place: string }
  /** Whether the place has got a job whose making nobody saw the end of. */
  | { readonly kind: 'find'; readonly place: string; readonly job: Job }
  | { readonly kind: 'look'; readonly place: string; readonly job: Job; readonly id: string; readonly stop: boolean }
  | { readonly kind: 'ask' }
  /** All that is open becomes this. */
  | { readonly kind: 'settle'; readonly as: Mark }
  | { readonly kind: 'seal' }
  | { readonly kind: 'nothing' };

export const isLast = ({ at, places }: Shard): boolean => at + 1 >= places.length;
export const isOpen = (mark: string | undefined): boolean => mark === MARKS.open;
export const isDone = ({ marks }: Shard): boolean => !marks.includes(MARKS.open);
export const openOf = ({ marks }: Shard): number[] =>
  [...marks].flatMap((mark, index) => (isOpen(mark) ? [index] : []));

/** What is to be done about a shard now. */
export function nextStep(shard: Shard, terms: Terms): Step {
  const { places, at, job, isSealed = false } = shard;
  if (isSealed) return { kind: 'nothing' };
  if (isDone(shard)) return { kind: 'seal' };
  const place = places[at];
  if (job !== undefined && place !== undefined) {
    if (job.id === undefined) return { kind: 'find', place, job };
    const stop = job.isStopping !== true && isOver(shard, terms);
    return { kind: 'look', place, job, id: job.id, stop };
  }
  if (terms.isCancelled) return { kind: 'settle', as: 'canceled' };
  if (terms.now >= terms.expiresAt) return { kind: 'settle', as: 'expired' };
  if (place === undefined) return { kind: 'settle', as: 'errored' };
  return place === ROUTER ? { kind: 'ask' } : { kind: 'create', place };
}

/** Nothing more is expected of the place that has its turn. */
function isOver(shard: Shard, { now, expiresAt, isCancelled, patienceMs }: Terms): boolean {
  const since = shard.job?.since ?? now;
  return isCancelled || now >= expiresAt || (now >= since + patienceMs && !isLast(shard));
}

/** It cannot be asked, and had all its time long ago. What it may have answered after all is not waited for. */
export function isLost(shard: Shard, terms: Terms): boolean {
  const { job } = shard;
  // Most likely there is none: its host was in trouble already when it was to be made.
  if (job !== undefined && job.id === undefined) return terms.now >= job.since + GRACE_MS;
  return isOver(shard, { ...terms, isCancelled: false, now: terms.now - GRACE_MS });
}

/** A job that did not come about: whether the place gets another chance. */
export const mayTryAgain = ({ since }: Shard, now: number): boolean => now < since + TRIES_MS;
