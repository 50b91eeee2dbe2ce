import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as v from 'valibot';
import { CACHE_PREFIX } from '../../../lib/contract/routes/cache';
import { AwsCallError } from '../../aws/call-aws';
import { dynamoTable, type Item } from '../../aws/dynamo-table';
import type { Env } from '../../runtime/require-env';
import { MOST_ANSWER_BYTES } from './cacheable';
import { keptAnswer, type KeptAnswer } from './kept-answer';

/** Answers by their keys. Both methods reject when the place cannot be used. */
export interface AnswerStore {
  /** Undefined where there is none, or none that can be read. */
  read(key: string): Promise<KeptAnswer | undefined>;
  write(key: string, answer: KeptAnswer, expiresAt: number): Promise<void>;
}

/** For one operation with its retries: longer than anybody waits, so that a connection that is made slowly is made at all. */
const TIMEOUT_MS = 2000;
/** An item of the table has 400 KB with the names of its attributes. */
const MOST_ITEM_CHARACTERS = 300_000;
const ENTRY = 'answer';

const item = v.object({
  at: v.number(),
  body: v.optional(v.string()),
  dropped: v.optional(v.string(), ''),
  adapted: v.optional(v.number(), 0),
});

/** `bucket`: `region/name`, for answers that are too large for the table; without one they are not kept. */
export function createAnswerStore(tableName: string, bucket: string | undefined, env: Env): AnswerStore {
  const table = dynamoTable(tableName, env, TIMEOUT_MS);
  return {
    async read(key) {
      const found = v.safeParse(item, await table.get(key, ENTRY));
      if (!found.success) return undefined;
      const { at, body, dropped, adapted } = found.output;
      const packed = body ?? (await readLarge(bucket, key, env));
      const json = packed === undefined ? undefined : await unpacked(packed);
      return (
        json && keptAnswer(json, { at, adapted: adapted === 1, dropped: dropped === '' ? [] : dropped.split(', ') })
      );
    },
    async write(key, { json, at, dropped, adapted }, expiresAt) {
      const packed = (await promisify(gzip)(json)).toString('base64');
      const isLarge = packed.length > MOST_ITEM_CHARACTERS;
      if (isLarge && bucket === undefined) return;
      if (isLarge) await writeLarge(bucket!, key, packed, env);
      const kept: Item = {
        kind: key,
        entry: ENTRY,
        at,
        expires: Math.ceil(expiresAt / 1000),
        ...(!isLarge && { body: packed }),
        ...(dropped.length > 0 && { dropped: dropped.join(', ') }),
        ...(adapted && { adapted: 1 }),
      };
      await table.put(kept);
    },
  };
}

/** Undefined for what is none of ours. */
async function unpacked(packed: string): Promise<Uint8Array | undefined> {
  try {
    return await promisify(gunzip)(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_ANSWER_BYTES });
  } catch {
    return undefined;
  }
}

/** Loaded for the few that are so large. */
async function readLarge(bucket: string | undefined, key: string, env: Env): Promise<string | undefined> {
  if (bucket === undefined) return undefined;
  const { readObject } = await import('../../aws/objects');
  const [region, name] = bucket.split('/');
  try {
    return await readObject(`${name}/${CACHE_PREFIX}${key}`, env, { region, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    // The bucket has deleted it already. Who may not list is told no more than that it may not read.
    if (error instanceof AwsCallError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

async function writeLarge(bucket: string, key: string, packed: string, env: Env): Promise<void> {
  const { writeObject } = await import('../../aws/objects');
  const [region, name] = bucket.split('/');
  await writeObject(`${name}/${CACHE_PREFIX}${key}`, packed, env, { region, signal: AbortSignal.timeout(TIMEOUT_MS) });
}
