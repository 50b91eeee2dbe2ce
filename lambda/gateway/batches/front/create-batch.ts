import { USER_HEADER } from '../../../../lib/contract';
import type { IncomingRequest } from '../../../engine/gateway';
import type { Headers } from '../../../engine/headers';
import { newShard } from '../../../engine/batches/shard-moves';
import type { GatewayParts } from '../../gateway-parts';
import type { Client } from '../../plan/clients';
import { readBody } from '../../read-body';
import type { BatchEstimate } from '../../spend/batched/batch-estimate';
import type { Spend } from '../../spend/spend';
import type { Batches } from '../batches';
import { together } from '../state/batch-objects';
import { type BatchRecord, newBatchId } from '../state/batch-record';
import { planBatch, type PlannedRequest } from './plan-batch';

/** Of the 256 MB that Anthropic takes, what a process can hold beside others. Some front doors take less. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** By which a request is read. */
const KEPT_HEADERS: readonly string[] = ['anthropic-version', 'anthropic-beta'];

/** Accepts a batch: everything of it is kept, and somebody is to be woken for it, before its item says that it is there. */
export async function createBatch(
  { planner, state, policy, spend }: GatewayParts,
  { table, objects, wake }: Batches,
  request: IncomingRequest,
  client: Client,
): Promise<BatchRecord> {
  const body = await readBody(request.body, MAX_BODY_BYTES);
  const { clock, random } = state;
  const now = clock.now();
  const groups = planBatch(planner, { ...request, body }, client, now, (await policy)?.of(client.name));
  const shards = groups.flat();
  const estimate = spend && (await heldBack(await spend, shards.flat(), request.headers, client));
  const user = request.headers[USER_HEADER]?.trim();
  const record: BatchRecord = {
    id: newBatchId(now, random),
    ...(client.name !== undefined && { client: client.name }),
    createdAt: now,
    count: shards.reduce((sum, shard) => sum + shard.length, 0),
    groups: groups.map(({ length }) => length),
    headers: kept(request.headers),
    ...(user !== undefined && { user }),
  };
  const { id } = record;
  const work = { batch: id, ...(client.name !== undefined && { client: client.name }) };
  try {
    await together(
      shards.map((requests, shard) => ({ requests, shard })),
      async ({ requests, shard }) => {
        const plain = requests.map(({ at, customId, model, params }) => ({ at, customId, model, params }));
        await objects.putRequests({ batch: id, shard }, plain);
        await table.writeShard(id, shard, newShard(requests.length, requests[0]!.places, now), 0);
      },
    );
    await table.addOpen(id, client.name);
    await wake.begin(work);
  } catch (error) {
    estimate?.release();
    throw error;
  }
  // Spent before there is a batch that could put it right.
  const accounts = await estimate?.keep();
  const models = groups.map(([shard]) => shard![0]!.model);
  await table.writeBatch({ ...record, ...(accounts && { charged: { accounts, models } }) }, 0);
  wake.nudge(work);
  return record;
}

/** What all of it may cost. Throws a `GatewayError` where there is no room for that. */
async function heldBack(
  spend: Spend,
  requests: readonly PlannedRequest[],
  headers: Headers,
  client: Client,
): Promise<BatchEstimate> {
  const estimate = spend.batches.estimate(client.name, headers);
  for (const { model, places, params, bytes } of requests) estimate.add(model, places, params, bytes);
  await estimate.hold();
  return estimate;
}

const kept = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.includes(name)));
