import type { Context } from 'aws-lambda';
import type { BatchCanary, BatchWork } from '../../../lib/contract';
import { createWorker } from '../../gateway/batches/create-worker';
import { loadConfig } from '../../gateway/config/load-config';
import { systemClock } from '../../runtime/system-clock';

const { env } = process;
const worker = createWorker(await loadConfig(env), env, { clock: systemClock });

/** What is begun has this long to end before Lambda ends it. */
const ROOM_MS = 30_000;

/** Once a minute for each batch that has not ended, and once a day for the canary, where there is one. */
export const handler = (event: BatchCanary | BatchWork, context: Context): Promise<void> =>
  'canary' in event
    ? worker.canary(event.canary, context.invokedFunctionArn)
    : worker.work(event, Date.now() + context.getRemainingTimeInMillis() - ROOM_MS);
