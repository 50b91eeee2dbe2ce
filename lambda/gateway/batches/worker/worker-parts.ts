import type { RouterConfig } from '../../../../lib/contract';
import type { Clock } from '../../../engine/time/clock';
import type { BatchPlace } from '../../../hosts/batches/batch-place';
import type { BatchObjects } from '../state/batch-objects';
import type { BatchRecord } from '../state/batch-record';
import type { BatchTable } from '../state/batch-table';
import type { Spend } from '../../spend/spend';
import type { FullPrice } from './full-price';
import type { Wake } from '../wake';

/** What a worker works with. */
export interface WorkerParts {
  readonly config: RouterConfig;
  readonly table: BatchTable;
  readonly objects: BatchObjects;
  readonly wake: Pick<Wake, 'end'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The host of that name, if it still takes batches. */
  place(host: string): BatchPlace | undefined;
  /** Whether an operator lets the host have nothing new for now. */
  isDrained(host: string): Promise<boolean>;
  readonly fullPrice: FullPrice;
  readonly report: BatchReport;
  /** Undefined where nothing that is spent is counted. */
  readonly spend: Promise<Spend> | undefined;
}

export interface BatchReport {
  /** A step that did not work, and is tried again. */
  trouble(batch: string, shard: number, what: string, problem: string): void;
  ended(record: BatchRecord, figures: BatchFigures): void;
  /** Of the canary's day; undefined where all is well. */
  canary(problem: string | undefined): void;
}

export interface BatchFigures {
  /** Requests by who has answered them. */
  readonly answered: Readonly<Record<string, number>>;
  /** Of the answers of hosts' own batches, at half the list price. */
  readonly costUsd: number;
}
