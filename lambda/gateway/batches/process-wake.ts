import { randomUUID } from 'node:crypto';
import type { BatchWork } from '../../../lib/contract';
import type { Clock, Timer } from '../../engine/time/clock';
import type { Wake } from './wake';
import { workBatch } from './worker/work-batch';
import type { WorkerParts } from './worker/worker-parts';

const EVERY_MS = 30_000;
/** How long a round may take. Another process takes a batch over when this one's time for it is over. */
const ROUND_MS = 600_000;

/** A process that works off every batch that is open, its own and those of processes that are gone. */
export function processWake(parts: () => WorkerParts, clock: Clock): Wake {
  const owner = randomUUID();
  let timer: Timer | undefined;
  let isClosed = false;
  const round = async (): Promise<void> => {
    const { table, report } = parts();
    try {
      for (const { id, client } of await table.open()) {
        if (isClosed) return;
        const work = { batch: id, ...(client !== undefined && { client }) };
        await workBatch(parts(), work, { owner, until: clock.now() + ROUND_MS });
      }
    } catch (error) {
      report.trouble('', 0, 'looking for open batches', error instanceof Error ? error.message : 'unknown error');
    }
  };
  let running: Promise<void> | undefined;
  const start = (): void => {
    timer?.cancel();
    running ??= round().finally(() => {
      running = undefined;
      if (!isClosed) timer = clock.timer(EVERY_MS, start);
    });
  };
  setImmediate(start);
  return {
    begin: () => Promise.resolve(),
    end: () => Promise.resolve(),
    nudge: (_work: BatchWork) => start(),
    close() {
      isClosed = true;
      timer?.cancel();
    },
  };
}
