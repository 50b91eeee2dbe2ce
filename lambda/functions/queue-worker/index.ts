import { ENV, SERVICE_NAME } from '../../../lib/contract';
import { messageQueue } from '../../aws/message-queue';
import { objectStore } from '../../aws/object-store';
import { loadConfig } from '../../gateway/config/load-config';
import { createRouter } from '../../gateway/create-router';
import { recordStore } from '../../gateway/queue/record-store';
import { createNotify } from '../../gateway/queue/webhook/notify';
import { createWorker } from '../../gateway/queue/answering/worker';
import { createLogWriter } from '../../gateway/telemetry/log-writer';
import { writtenAtOnce } from '../../gateway/telemetry/lines';
import { systemClock } from '../../runtime/system-clock';
import { createHandler } from './handler';
import { workersConfig } from './workers-config';

const { env } = process;
/** Of one call to S3 or SQS with its retries. */
const TIMEOUT_MS = 15_000;

const config = await loadConfig(env);
const { queue } = config;
if (queue === undefined) throw new Error('the configuration has no "queue", so that there is nothing to work on');
const router = createRouter(workersConfig(config), env);
const messages = messageQueue(queue.url, env, TIMEOUT_MS);
const log = createLogWriter(env[ENV.SERVICE] ?? SERVICE_NAME, systemClock, writtenAtOnce, () => undefined);

export const handler = createHandler({
  work: createWorker({
    queue,
    records: recordStore(objectStore(queue.bucket, env, TIMEOUT_MS)),
    messages,
    ask: router.handle,
    notify: createNotify(queue, env, systemClock),
    clock: systemClock,
    random: Math.random,
    log,
  }),
  messages,
  log,
  settle: () => router.settle(),
});
