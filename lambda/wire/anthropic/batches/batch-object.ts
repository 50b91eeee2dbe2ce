import { type RequestCounts, underWay } from '../../../engine/batches/counts';

/** What is told of a batch. */
export interface BatchFacts {
  readonly id: string;
  readonly count: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** From when on its results are gone. */
  readonly archivedAt: number;
  readonly cancelledAt?: number;
  readonly ended?: { readonly at: number; readonly counts: RequestCounts };
}

/** A batch as Anthropic's API tells of one. `resultsUrl`: where its results are to be had. */
export function batchObject(batch: BatchFacts, resultsUrl: string | null, now: number): object {
  const { id, count, createdAt, expiresAt, archivedAt, cancelledAt, ended } = batch;
  const running = cancelledAt === undefined ? 'in_progress' : 'canceling';
  const isArchived = ended !== undefined && now >= archivedAt;
  return {
    id,
    type: 'message_batch',
    processing_status: ended ? 'ended' : running,
    request_counts: ended?.counts ?? underWay(count),
    created_at: iso(createdAt),
    expires_at: iso(expiresAt),
    ended_at: ended ? iso(ended.at) : null,
    cancel_initiated_at: cancelledAt === undefined ? null : iso(cancelledAt),
    archived_at: isArchived ? iso(archivedAt) : null,
    results_url: ended && !isArchived ? resultsUrl : null,
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
