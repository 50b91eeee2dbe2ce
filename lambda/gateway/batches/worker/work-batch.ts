import type { BatchWork } from '../../../../lib/contract';
import { countsOf, sharesOf } from '../../../engine/batches/counts';
import type { Shard } from '../../../engine/batches/shard';
import { errorText } from '../../../runtime/error-text';
import { together } from '../state/batch-objects';
import { shardsOf, timeOfId } from '../state/batch-record';
import { settleCharge } from './settle-charge';
import { Outdated, ShardWork } from './work-shard';
import type { WorkerParts } from './worker-parts';

/** A batch that is not there yet may still be written until then. */
const WRITTEN_MS = 3_600_000;
/** Shards that are worked on at a time: each is in memory while it is. */
const AT_A_TIME = 4;

/** Works a batch off as far as it gets until then. Any number of workers may be asked at once: one does it. */
export async function workBatch(
  parts: WorkerParts,
  work: BatchWork,
  { owner, until }: { readonly owner: string; readonly until: number },
): Promise<void> {
  const { table, wake, clock } = parts;
  const { batch: id, client } = work;
  const kept = await table.batch(client, id);
  if (kept === undefined && clock.now() < timeOfId(id) + WRITTEN_MS) return;
  if (kept === undefined || kept.value.ended) {
    if (kept === undefined) await removeTraces(parts, id);
    await table.removeOpen(id);
    return wake.end(work);
  }
  if (!(await table.lease(id, owner, until, clock.now()))) return;
  try {
    const shards = await table.shards(id);
    const states = await together(
      shards.map((shard, at) => new ShardWork(parts, kept.value, at, shard, until)),
      (each) => shardState(parts, id, each),
      AT_A_TIME,
    );
    const isWhole = states.length === shardsOf(kept.value);
    if (isWhole && states.every((state) => state?.isSealed)) await finish(parts, work, states as Shard[]);
  } finally {
    await table.lease(id, owner, 0, clock.now());
  }
}

/** Nobody was told of it: it was never a batch. */
async function removeTraces({ table, objects }: WorkerParts, id: string): Promise<void> {
  const shards = await table.shards(id);
  await Promise.all(shards.map((_shard, at) => table.removeShard(id, at)));
  await objects.removeBatch(id);
}

/** Trouble of one shard is none of the others. */
async function shardState(parts: WorkerParts, batch: string, work: ShardWork): Promise<Shard | undefined> {
  try {
    return await work.run();
  } catch (error) {
    if (!(error instanceof Outdated)) parts.report.trouble(batch, work.name.shard, 'working on it', errorText(error));
    return undefined;
  }
}

/** What is told last is told once: by whoever writes the end. */
async function finish(
  { table, wake, clock, report, spend }: WorkerParts,
  work: BatchWork,
  shards: Shard[],
): Promise<void> {
  const { batch: id, client } = work;
  const counts = countsOf(shards);
  for (;;) {
    const kept = await table.batch(client, id);
    if (kept === undefined || kept.value.ended) break;
    const record = { ...kept.value, ended: { at: clock.now(), counts } };
    if (await table.writeBatch(record, kept.version)) {
      report.ended(record, sharesOf(shards));
      if (record.charged && spend) await settleCharge(await spend, record, record.charged, shards);
      break;
    }
    // It was cancelled meanwhile, too late.
  }
  await table.removeOpen(id);
  await wake.end(work);
}
