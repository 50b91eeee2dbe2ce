import type { IncomingRequest } from '../../../engine/gateway';
import type { Headers } from '../../../engine/headers';
import { newShard } from '../../../engine/batches/shard-moves';
import type { GatewayParts } from '../../gateway-parts';
import type { Client } from '../../plan/clients';
import { readBody } from '../../read-body';
import type { Batches } from '../batches';
import { together } from '../state/batch-objects';
import { type BatchRecord, newBatchId } from '../state/batch-record';
import { planBatch } from './plan-batch';

/** Of the 256 MB that Anthropic takes, what a process can hold beside others. Some front doors take less. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** By which a request is read. */
const KEPT_HEADERS: readonly string[] = ['anthropic-version', 'anthropic-beta'];

/** Accepts a batch: everything of it is kept, and somebody is to be woken for it, before its item says that it is there. */
export async function createBatch(
  { planner, state, policy }: GatewayParts,
  { table, objects, wake }: Batches,
  request: IncomingRequest,
  client: Client,
): Promise<BatchRecord> {
  const body = await readBody(request.body, MAX_BODY_BYTES);
  const { clock, random } = state;
  const now = clock.now();
  const groups = planBatch(planner, { ...request, body }, client, now, (await policy)?.of(client.name));
  const shards = groups.flat();
  const record: BatchRecord = {
    id: newBatchId(now, random),
    ...(client.name !== undefined && { client: client.name }),
    createdAt: now,
    count: shards.reduce((sum, shard) => sum + shard.length, 0),
    groups: groups.map(({ length }) => length),
    headers: kept(request.headers),
  };
  const { id } = record;
  await together(
    shards.map((requests, shard) => ({ requests, shard })),
    async ({ requests, shard }) => {
      const plain = requests.map(({ at, customId, model, params }) => ({ at, customId, model, params }));
      await objects.putRequests({ batch: id, shard }, plain);
      await table.writeShard(id, shard, newShard(requests.length, requests[0]!.places, now), 0);
    },
  );
  const work = { batch: id, ...(client.name !== undefined && { client: client.name }) };
  await table.addOpen(id, client.name);
  await wake.begin(work);
  await table.writeBatch(record, 0);
  wake.nudge(work);
  return record;
}

const kept = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.includes(name)));
