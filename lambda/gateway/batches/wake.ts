import type { BatchWork } from '../../../lib/contract';

/** Has a batch worked off, again and again until it has ended. */
export interface Wake {
  /** Before the batch is there: whoever is woken for one that is not there yet does nothing. */
  begin(work: BatchWork): Promise<void>;
  end(work: BatchWork): Promise<void>;
  /** There is something to do that need not wait for the next time. */
  nudge(work: BatchWork): void;
  close(): void;
}
