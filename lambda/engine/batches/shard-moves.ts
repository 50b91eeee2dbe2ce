import { isDone, type Job, type Mark, MARKS, mayTryAgain, type Shard } from './shard';

/** What a place said of a shard's open requests. */
export interface Outcome {
  readonly marks: ReadonlyMap<number, Mark>;
  readonly costUsd: number;
}

export const newShard = (count: number, places: readonly string[], now: number): Shard => ({
  marks: MARKS.open.repeat(count),
  places,
  at: 0,
  since: now,
  round: 0,
  answered: {},
  costUsd: 0,
});

/** Written before a place is asked to take a job, so that whoever comes after a crash looks for it first. */
export const attempting = (shard: Shard, now: number): Shard => ({ ...shard, job: { since: now } });

export const made = (shard: Shard, job: Job): Shard => ({ ...shard, job });

export const stopping = (shard: Shard): Shard =>
  shard.job === undefined ? shard : { ...shard, job: { ...shard.job, isStopping: true } };

/** The place has no such job for sure. `isFinal`: nor will it ever take one. */
export const notMade = (shard: Shard, isFinal: boolean, now: number): Shard =>
  isFinal || !mayTryAgain(shard, now) ? moved(shard, now) : { ...shard, job: undefined };

/** The place works on others first, which is waited for as an answer would be. */
export function queued(shard: Shard, patienceMs: number, now: number): Shard {
  const isPatient = now < shard.since + patienceMs || shard.at + 1 >= shard.places.length;
  return isPatient ? { ...shard, job: undefined } : moved(shard, now);
}

/** What was taken for the shard's job is somebody else's. */
export function disowned(shard: Shard): Shard {
  const { id, since = 0, not = [] } = shard.job ?? {};
  return { ...shard, job: { since, not: id === undefined ? not : [...not, id] } };
}

/** What is left goes on to the next place. */
export const moved = (shard: Shard, now: number): Shard => ({
  ...shard,
  job: undefined,
  at: shard.at + 1,
  since: now,
  round: shard.round + 1,
});

/** Final answers of a place. What has an answer keeps it. */
export function answered(shard: Shard, { marks, costUsd }: Outcome): Shard {
  const place = shard.places[shard.at] ?? '';
  let count = 0;
  const next = [...shard.marks].map((mark, index) => {
    const said = mark === MARKS.open ? marks.get(index) : undefined;
    if (said === undefined) return mark;
    count += 1;
    return MARKS[said];
  });
  const before = shard.answered[place] ?? 0;
  return {
    ...shard,
    marks: next.join(''),
    answered: count === 0 ? shard.answered : { ...shard.answered, [place]: before + count },
    costUsd: shard.costUsd + costUsd,
  };
}

/** A job has ended: what it has left open goes on. */
export function ended(shard: Shard, outcome: Outcome, now: number): Shard {
  const next = answered(shard, outcome);
  return isDone(next) ? { ...next, job: undefined } : moved(next, now);
}

/** Nobody is asked any more. */
export const settled = (shard: Shard, as: Mark): Shard => ({
  ...shard,
  job: undefined,
  marks: shard.marks.replaceAll(MARKS.open, MARKS[as]),
});

export const sealed = (shard: Shard): Shard => ({ ...shard, isSealed: true });

/** One request kept a place from taking the others: the same place, without it. */
export const again = (shard: Shard): Shard => ({ ...shard, job: undefined, round: shard.round + 1 });
