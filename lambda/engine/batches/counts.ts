import { type Mark, MARKS, type Shard } from './shard';

/** As a batch tells them. */
export type RequestCounts = Readonly<Record<'processing' | Mark, number>>;

const NAMES = Object.keys(MARKS).filter((name): name is Mark => name !== 'open');

/** Of a batch that has not ended, all are under way, whatever is known of them. */
export const underWay = (count: number): RequestCounts => ({
  processing: count,
  succeeded: 0,
  errored: 0,
  canceled: 0,
  expired: 0,
});

export function countsOf(shards: readonly Shard[]): RequestCounts {
  const counts: Record<'processing' | Mark, number> = { ...underWay(0) };
  for (const { marks } of shards) {
    for (const name of NAMES) counts[name] += marks.split(MARKS[name]).length - 1;
  }
  return counts;
}

/** How many requests each place has answered, and what that cost. */
export function sharesOf(shards: readonly Shard[]): {
  readonly answered: Readonly<Record<string, number>>;
  readonly costUsd: number;
} {
  const answered: Record<string, number> = {};
  let costUsd = 0;
  for (const shard of shards) {
    costUsd += shard.costUsd;
    for (const [place, count] of Object.entries(shard.answered)) answered[place] = (answered[place] ?? 0) + count;
  }
  return { answered, costUsd };
}
