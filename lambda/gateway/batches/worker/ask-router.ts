import { USER_HEADER } from '../../../../lib/contract';
import type { BatchResult } from '../../../wire/anthropic/batches/batch-result';
import { type KeptRequest, type ShardName, together } from '../state/batch-objects';
import type { BatchRecord } from '../state/batch-record';
import type { WorkerParts } from './worker-parts';

export interface Question {
  readonly name: ShardName;
  readonly record: BatchRecord;
  readonly round: number;
  readonly requests: readonly (KeptRequest & { readonly index: number })[];
  /** When the worker has to be done. */
  readonly until: number;
}

const AT_A_TIME = 8;
/** So many in a row that no host could answer are an outage, and the next time is soon enough. One that nobody can answer stops nobody else. */
const OUTAGE = 3;
/** What is left of a worker's time is too little for an answer. */
const LEAST_MS = 60_000;

/**
 * Asks the chain for one request after the other. Each answer is kept before anything is made of it: a worker that comes after one
 * that was killed finds it, and asks for the others only.
 */
export async function askRouter(
  { objects, fullPrice, clock }: WorkerParts,
  { name, record, round, requests, until }: Question,
): Promise<ReadonlyMap<number, BatchResult>> {
  const answers = new Map(await objects.answers(name, round));
  const never = new AbortController().signal;
  let inARow = 0;
  let isOver = false;
  await together(
    requests.filter(({ index }) => !answers.has(index)),
    async ({ index, at, model, params }) => {
      const timeLeftMs = until - clock.now();
      if (isOver || timeLeftMs < LEAST_MS) return;
      const { client, id, user } = record;
      const headers = { ...record.headers, ...(user !== undefined && { [USER_HEADER]: user }) };
      const asked = await fullPrice({ id: `${id}_${at}`, client, model, params, headers, timeLeftMs }, never);
      if (asked === 'limit') isOver = true;
      if (asked === 'later') isOver ||= ++inARow >= OUTAGE;
      if (asked === 'limit' || asked === 'later') return;
      inARow = 0;
      await objects.putAnswers(name, round, new Map([[index, asked]]), index);
      answers.set(index, asked);
    },
    AT_A_TIME,
  );
  return answers;
}
