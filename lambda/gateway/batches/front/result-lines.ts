import type { BatchObjects, ResultLine } from '../state/batch-objects';
import type { BatchRecord } from '../state/batch-record';

/** Results in the order of the batch's requests. Of each group one shard at a time is in memory. */
export async function* resultLines(objects: BatchObjects, record: BatchRecord): AsyncGenerator<Uint8Array> {
  let first = 0;
  const groups = record.groups.map((count) => {
    const lines = linesOf(objects, record.id, first, count);
    first += count;
    return lines;
  });
  const heads = await Promise.all(groups.map((group) => group.next()));
  for (;;) {
    const next = firstOf(heads);
    if (next === undefined) return;
    yield Buffer.from(`${(heads[next]!.value as ResultLine).line}\n`);
    heads[next] = await groups[next]!.next();
  }
}

async function* linesOf(
  objects: BatchObjects,
  batch: string,
  first: number,
  count: number,
): AsyncGenerator<ResultLine, undefined> {
  for (let shard = first; shard < first + count; shard += 1) yield* await objects.results({ batch, shard });
  return undefined;
}

/** Which group has the request that comes first. */
function firstOf(heads: readonly IteratorResult<ResultLine, undefined>[]): number | undefined {
  let best: number | undefined;
  let least = Infinity;
  heads.forEach((head, group) => {
    if (head.done !== true && head.value.at < least) {
      least = head.value.at;
      best = group;
    }
  });
  return best;
}
