import * as v from 'valibot';
import { BATCH_RESULTS_MS } from '../../../../lib/contract/batches/batch-names';
import { type Bound, dynamoTable, type Item } from '../../../aws/dynamo-table';
import type { Shard } from '../../../engine/batches/shard';
import type { Env } from '../../../runtime/require-env';
import { type BatchRecord, timeOfId } from './batch-record';

/** What stands in the table, and which version of it that is. */
export interface Kept<T> {
  readonly value: T;
  readonly version: number;
}

/** The table of batches. Whoever writes says which version it has read, 0 for none, and is told `false` where there is another by now. */
export interface BatchTable {
  batch(client: string | undefined, id: string): Promise<Kept<BatchRecord> | undefined>;
  writeBatch(record: BatchRecord, version: number): Promise<boolean>;
  /** The newest first. */
  batches(client: string | undefined, limit: number, bound?: Bound): Promise<BatchRecord[]>;
  removeBatch(client: string | undefined, id: string): Promise<void>;
  /** In their order. */
  shards(id: string): Promise<Kept<Shard>[]>;
  writeShard(id: string, at: number, shard: Shard, version: number): Promise<boolean>;
  removeShard(id: string, at: number): Promise<void>;
  /** Batches that somebody has to work off, with their clients. */
  open(): Promise<{ readonly id: string; readonly client: string | undefined }[]>;
  addOpen(id: string, client: string | undefined): Promise<void>;
  removeOpen(id: string): Promise<void>;
  /** False while another has it. */
  lease(id: string, owner: string, until: number, now: number): Promise<boolean>;
  /** What has been spent under this name, in millionths of a USD, after this has been added. */
  spend(name: string, micros: number, expiresAt: number): Promise<number>;
}

const TIMEOUT_MS = 5000;
/** A batch is told of for a month longer than its results are. */
const KEPT_MS = BATCH_RESULTS_MS + 30 * 86_400_000;
const kept = v.object({ state: v.string(), version: v.number() });
const total = v.object({ micros: v.number() });

/** Of clients without a name there is one kind, that no name makes. */
const kindOf = (client: string | undefined): string => (client === undefined ? 'batches' : `batches#${client}`);
const shardKind = (id: string): string => `shards#${id}`;
const shardEntry = (at: number): string => String(at).padStart(4, '0');

export function createBatchTable(name: string, env: Env): BatchTable {
  const table = dynamoTable(name, env, TIMEOUT_MS);
  const read = <T>(item: Item): Kept<T> => {
    const { state, version } = v.parse(kept, item);
    return { value: JSON.parse(state) as T, version };
  };
  const write = (kind: string, entry: string, id: string, value: object, version: number): Promise<boolean> =>
    table.put(
      {
        kind,
        entry,
        version: version + 1,
        state: JSON.stringify(value),
        expires: Math.ceil((timeOfId(id) + KEPT_MS) / 1000),
      },
      version === 0
        ? { expression: 'attribute_not_exists(#version)', values: {} }
        : { expression: '#version = :version', values: { version } },
    );
  return {
    async batch(client, id) {
      const item = await table.get(kindOf(client), id);
      return item && read<BatchRecord>(item);
    },
    writeBatch: (record, version) => write(kindOf(record.client), record.id, record.id, record, version),
    batches: async (client, limit, bound) =>
      (await table.page(kindOf(client), limit, bound)).map((item) => read<BatchRecord>(item).value),
    removeBatch: (client, id) => table.delete(kindOf(client), id),
    shards: async (id) => (await table.query(shardKind(id))).map((item) => read<Shard>(item)),
    writeShard: (id, at, shard, version) => write(shardKind(id), shardEntry(at), id, shard, version),
    removeShard: (id, at) => table.delete(shardKind(id), shardEntry(at)),
    open: async () =>
      (await table.query('open')).map(({ entry, client }) => ({
        id: String(entry),
        client: client === undefined ? undefined : String(client),
      })),
    async addOpen(id, client) {
      await table.put({ kind: 'open', entry: id, ...(client !== undefined && { client }) });
    },
    removeOpen: (id) => table.delete('open', id),
    lease: (id, owner, until, now) =>
      table.put(
        { kind: 'leases', entry: id, owner, until, expires: Math.ceil((until + KEPT_MS) / 1000) },
        {
          expression: 'attribute_not_exists(#until) OR #until <= :now OR #owner = :owner',
          values: { now, owner },
        },
      ),
    async spend(entry, micros, until) {
      const expires = Math.ceil(until / 1000);
      return v.parse(total, await table.add({ kind: 'spend', entry }, { micros }, { expires })).micros;
    },
  };
}
