import { BATCH_LIFE_MS, BATCH_RESULTS_MS } from '../../../../lib/contract/batches/batch-names';
import type { RequestCounts } from '../../../engine/batches/counts';
import type { Headers } from '../../../engine/headers';
import type { ChargedAccount } from '../../spend/batched/charged-account';
import type { BatchFacts } from '../../../wire/anthropic/batches/batch-object';

/** A batch, as its one item has it. */
export interface BatchRecord {
  readonly id: string;
  /** Name of the client, who alone may see it. */
  readonly client?: string;
  readonly createdAt: number;
  readonly count: number;
  /** How many shards each of its groups has; shards are counted through. */
  readonly groups: readonly number[];
  /** What of the client's headers every request is read by. */
  readonly headers: Headers;
  /** For whom the client asks, where it has said so by a header: that goes to no host. */
  readonly user?: string;
  /** What is spent on it until it is known what it has cost. */
  readonly charged?: BatchCharge;
  readonly cancelledAt?: number;
  readonly ended?: { readonly at: number; readonly counts: RequestCounts };
}

export interface BatchCharge {
  readonly accounts: readonly ChargedAccount[];
  /** Of each group: all of its requests ask for one. */
  readonly models: readonly string[];
}

export const expiresAt = ({ createdAt }: BatchRecord): number => createdAt + BATCH_LIFE_MS;
export const shardsOf = ({ groups }: BatchRecord): number => groups.reduce((sum, count) => sum + count, 0);

export const factsOf = (record: BatchRecord): BatchFacts => ({
  ...record,
  expiresAt: expiresAt(record),
  archivedAt: record.createdAt + BATCH_RESULTS_MS,
});

const TIME_DIGITS = 9;
const CHANCE_DIGITS = 13;
const BASE = 36;
const PREFIX = 'msgbatch_01';

/** As long as Anthropic's, and later ones sort behind earlier ones. */
export function newBatchId(now: number, random: () => number): string {
  const digit = () => Math.floor(random() * BASE).toString(BASE);
  const time = now.toString(BASE).padStart(TIME_DIGITS, '0');
  return PREFIX + time + Array.from({ length: CHANCE_DIGITS }, digit).join('');
}

export const timeOfId = (id: string): number =>
  Number.parseInt(id.slice(PREFIX.length, PREFIX.length + TIME_DIGITS), BASE);

/** What is unique of an id. */
export const tokenOf = (id: string): string => id.slice('msgbatch_'.length);
