import { BATCH_RESULTS_MS } from '../../../../lib/contract/batches/batch-names';
import type { GatewayResponse, IncomingRequest } from '../../../engine/gateway';
import { batchObject } from '../../../wire/anthropic/batches/batch-object';
import { GatewayError } from '../../gateway-error';
import type { GatewayParts } from '../../gateway-parts';
import { json } from '../../json-response';
import type { Client } from '../../plan/clients';
import { ownUrl } from '../../own-url';
import type { RequestRecord } from '../../telemetry/telemetry';
import type { Batches } from '../batches';
import { type BatchRecord, factsOf, shardsOf } from '../state/batch-record';
import type { Kept } from '../state/batch-table';
import { createBatch } from './create-batch';
import { listBatches } from './list-batches';
import { resultLines } from './result-lines';

/** Everything an operation is given. */
interface Asked {
  readonly parts: GatewayParts;
  readonly batches: Batches;
  readonly request: IncomingRequest;
  readonly client: Client;
  readonly id: string;
}
type Outcome = RequestRecord['outcome'];
type Serve = (asked: Asked) => Promise<GatewayResponse>;

const ID = '([A-Za-z0-9_-]{1,128})';
const PATHS: readonly (readonly [form: RegExp, methods: Readonly<Record<string, Serve>>])[] = [
  [/^\/v1\/messages\/batches$/, { GET: list, POST: create }],
  [new RegExp(`^/v1/messages/batches/${ID}$`), { GET: retrieve, DELETE: remove }],
  [new RegExp(`^/v1/messages/batches/${ID}/cancel$`), { POST: cancel }],
  [new RegExp(`^/v1/messages/batches/${ID}/results$`), { GET: results }],
];

export const isBatches = (path: string): boolean => PATHS.some(([form]) => form.test(path));

/** Message Batches with ids of ours, as every SDK knows them. */
export async function serveBatches(
  parts: GatewayParts,
  batches: Batches,
  request: IncomingRequest,
  method: string,
  client: Client,
): Promise<GatewayResponse> {
  const [form, methods] = PATHS.find(([each]) => each.test(request.path))!;
  const serve = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (serve === undefined) {
    const allow = Object.keys(methods).join(', ');
    throw new GatewayError(405, `${method} ${request.path}: takes only ${allow}`, { allow });
  }
  const started = parts.state.clock.now();
  const response = await serve({ parts, batches, request, client, id: form.exec(request.path)?.[1] ?? '' });
  const tell = (outcome: Outcome): void =>
    parts.telemetry.request({
      requestId: request.id,
      endpoint: 'batches',
      client: client.name,
      stream: false,
      outcome,
      attempts: 0,
      trace: '',
      durationMs: parts.state.clock.now() - started,
    });
  const { body } = response;
  if (!(body instanceof Uint8Array)) return { ...response, body: told(body, tell) };
  tell('answered');
  return response;
}

async function* told(lines: AsyncIterable<Uint8Array>, tell: (outcome: Outcome) => void): AsyncGenerator<Uint8Array> {
  let outcome: Outcome = 'client-gone';
  try {
    yield* lines;
    outcome = 'answered';
  } catch (error) {
    outcome = 'died';
    throw error;
  } finally {
    tell(outcome);
  }
}

async function create({ parts, batches, request, client }: Asked): Promise<GatewayResponse> {
  return shown(parts, request, await createBatch(parts, batches, request, client));
}

async function list({ parts, batches, request, client }: Asked): Promise<GatewayResponse> {
  const { records, hasMore } = await listBatches(batches.table, client, request.query);
  const data = records.map((record) => objectOf(parts, request, record));
  const first_id = records[0]?.id ?? null;
  return json(200, { data, has_more: hasMore, first_id, last_id: records.at(-1)?.id ?? null }, request.id);
}

async function retrieve(asked: Asked): Promise<GatewayResponse> {
  const { value } = await found(asked);
  return shown(asked.parts, asked.request, value);
}

async function cancel(asked: Asked): Promise<GatewayResponse> {
  const { parts, batches, request, client, id } = asked;
  for (;;) {
    const { value, version } = await found(asked);
    const isLate = value.ended !== undefined || value.cancelledAt !== undefined;
    const record = isLate ? value : { ...value, cancelledAt: parts.state.clock.now() };
    if (isLate || (await batches.table.writeBatch(record, version))) {
      batches.wake.nudge({ batch: id, ...(client.name !== undefined && { client: client.name }) });
      return shown(parts, request, record);
    }
  }
}

async function remove(asked: Asked): Promise<GatewayResponse> {
  const { batches, request, client, id } = asked;
  const { value } = await found(asked);
  if (!value.ended) {
    throw new GatewayError(400, 'In progress batches cannot be deleted. Consider canceling the batch instead.');
  }
  // Last is what says that there is one: who is interrupted may ask again.
  await batches.objects.removeBatch(id);
  for (let at = 0; at < shardsOf(value); at += 1) await batches.table.removeShard(id, at);
  await batches.table.removeBatch(client.name, id);
  return json(200, { id, type: 'message_batch_deleted' }, request.id);
}

async function results(asked: Asked): Promise<GatewayResponse> {
  const { parts, batches, request, id } = asked;
  const { value } = await found(asked);
  const isArchived = parts.state.clock.now() >= value.createdAt + BATCH_RESULTS_MS;
  if (!value.ended || isArchived) throw new GatewayError(404, `Message Batch ${id} has no available results.`);
  return {
    status: 200,
    headers: { 'content-type': 'application/x-jsonl', 'request-id': request.id },
    body: resultLines(batches.objects, value),
  };
}

async function found({ batches, client, id }: Asked): Promise<Kept<BatchRecord>> {
  const kept = await batches.table.batch(client.name, id);
  if (kept) return kept;
  throw new GatewayError(404, `Message Batch ${id} not found.`);
}

const shown = (parts: GatewayParts, request: IncomingRequest, record: BatchRecord): GatewayResponse =>
  json(200, objectOf(parts, request, record), request.id);

function objectOf({ state }: GatewayParts, { headers }: IncomingRequest, record: BatchRecord): object {
  const base = ownUrl(headers);
  const url = base === undefined ? null : `${base}/v1/messages/batches/${record.id}/results`;
  return batchObject(factsOf(record), url, state.clock.now());
}
