import { objectStore } from '../../lambda/aws/object-store';
import { messageQueue, type MessageQueue } from '../../lambda/aws/message-queue';
import { createHandler } from '../../lambda/functions/queue-worker/handler';
import { workersConfig } from '../../lambda/functions/queue-worker/workers-config';
import { createRouter } from '../../lambda/gateway/create-router';
import { recordStore } from '../../lambda/gateway/queue/record-store';
import type { Notify } from '../../lambda/gateway/queue/webhook/notify';
import { createWorker } from '../../lambda/gateway/queue/answering/worker';
import type { SimulatedQueue } from '../../local/request-queue/simulated-queue';
import { Transport } from '../../lambda/hosts/transport/transport';
import { systemClock } from '../../lambda/runtime/system-clock';
import { queueEnv, type TestGateway } from './harness';
import { ENV } from './host-setups';

/** Steps of a worker at which its process may die. */
export type Step = 'request read' | 'answer read' | 'answered' | 'settled' | 'client told of';

export interface TestWorker {
  /** What can be taken is done, as Lambda does it. Says how many messages that were. `dieAt`: the process ends before it takes that step. */
  work(options?: { readonly dieAt?: Step }): Promise<number>;
  readonly told: readonly { readonly id: string; readonly status: number }[];
  /** Log lines by message. */
  readonly lines: readonly string[];
  close(): void;
}

class Death extends Error {}

/** The worker's handler over the same hosts as a gateway, with messages taken as SQS gives them. `ahead`: how far its clock is. */
export function startWorker(
  gateway: TestGateway,
  queue: SimulatedQueue,
  ahead: () => number,
  notify?: Notify,
  more: Readonly<Record<string, string>> = {},
): TestWorker {
  const env = { ...ENV, ...queueEnv({ queue }), ...more };
  const clock = { ...systemClock, now: () => systemClock.now() + ahead() };
  const router = createRouter(workersConfig(gateway.config), env, { clock, transport: new Transport() });
  const records = recordStore(objectStore(queue.config.bucket, env, 2000));
  const messages = messageQueue(queue.config.url, env, 2000);
  const told: { id: string; status: number }[] = [];
  const lines: string[] = [];
  let dead: Step | undefined;
  /** A process that is dead does nothing more at all: it cannot even say so. */
  const mortal =
    <Args extends unknown[], T>(step: Step, act: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (dead === step) throw new Death();
      return act(...args);
    };
  const work = createWorker({
    queue: queue.config,
    records: {
      ...records,
      request: mortal('request read', records.request),
      answer: mortal('answer read', records.answer),
      settle: mortal('settled', records.settle),
    },
    messages: { send: mortal('client told of', messages.send) },
    ask: mortal('answered', router.handle),
    notify:
      notify ??
      (async (id, _request, { status }) => {
        told.push({ id, status });
        return 'told';
      }),
    clock,
    random: () => 0,
    log: (_level, message) => void lines.push(message),
  });
  return {
    told,
    lines,
    close: () => router.close(),
    async work({ dieAt } = {}) {
      dead = dieAt;
      const taken = queue.messages.take(10);
      const hide: MessageQueue['hide'] = (receipt, seconds) =>
        dead === undefined ? messages.hide(receipt, seconds) : Promise.reject(new Death());
      const handler = createHandler({ work, messages: { hide }, log: () => {}, settle: () => router.settle() });
      const records = taken.map((message) => ({ ...message }) as never);
      const { batchItemFailures } = await handler({ Records: records }, { getRemainingTimeInMillis: () => 880_000 });
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      for (const { messageId, receiptHandle } of taken) {
        if (dieAt === undefined && !failed.includes(messageId)) queue.messages.delete(receiptHandle);
      }
      return taken.length;
    },
  };
}
