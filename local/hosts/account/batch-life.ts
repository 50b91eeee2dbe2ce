import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages/batches';
import type { AccountOptions, WireOptions } from '../wires/wire';
import { failure, type BatchRequest, type Ending } from './batch-results';

const DAY_MS = 24 * 3600 * 1000;

export interface Batch {
  readonly id: string;
  readonly requests: readonly BatchRequest[];
  readonly version: string | undefined;
  readonly createdAt: number;
  cancelledAt?: number;
  /** Written once, so that whoever reads them again reads the same. */
  results?: string;
}

/** A batch ends by the clock alone: nothing runs in between, and what became of it is found when it is asked for. */
export interface BatchLife {
  hasEnded(batch: Batch): boolean;
  endingOf(batch: Batch): Ending;
  view(batch: Batch, origin: string): MessageBatch;
}

export function createBatchLife(options: WireOptions, { clock, batchMs }: AccountOptions): BatchLife {
  const endOf = ({ createdAt }: Batch) => createdAt + Math.min(batchMs, DAY_MS);
  const hasEnded = (batch: Batch) => clock.now() >= endOf(batch);
  const endingOf = ({ cancelledAt }: Batch) => {
    if (cancelledAt !== undefined) return 'canceled';
    return batchMs > DAY_MS ? 'expired' : 'run';
  };
  const countsOf = (batch: Batch): MessageBatch['request_counts'] => {
    const all = batch.requests.length;
    const none = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
    if (!hasEnded(batch)) return { ...none, processing: all };
    const ending = endingOf(batch);
    if (ending !== 'run') return { ...none, [ending]: all };
    const errored = batch.requests.filter(({ params }) => failure(params, options, batch.version)).length;
    return { ...none, succeeded: all - errored, errored };
  };
  return {
    hasEnded,
    endingOf,
    view(batch, origin) {
      const { id, createdAt, cancelledAt } = batch;
      const ended = hasEnded(batch);
      const running = cancelledAt === undefined ? 'in_progress' : 'canceling';
      return {
        id,
        type: 'message_batch',
        processing_status: ended ? 'ended' : running,
        request_counts: countsOf(batch),
        created_at: iso(createdAt),
        expires_at: iso(createdAt + DAY_MS),
        ended_at: ended ? iso(endOf(batch)) : null,
        cancel_initiated_at: cancelledAt === undefined ? null : iso(cancelledAt),
        archived_at: null,
        results_url: ended ? `${origin}/v1/messages/batches/${id}/results` : null,
      };
    },
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
