import type { QueueConfig } from '../../../../lib/contract';
import type { MessageQueue } from '../../../aws/message-queue';
import type { GatewayRequest, GatewayResponse } from '../../../engine/gateway';
import type { Clock, Random } from '../../../engine/time/clock';
import { isStandIn } from '../stand-in';
import type { WriteLog } from '../../telemetry/log-writer';
import { lateAnswer } from '../late-answer';
import { type Message, messageText } from '../message';
import { folderOf, idOf } from '../place';
import type { LateAnswer, WaitingRequest } from '../record';
import type { RecordStore } from '../record-store';
import { expired } from '../responses';
import type { Notify } from '../webhook/notify';
import { againIn, notifyAgainIn } from './again';

export interface WorkerParts {
  readonly queue: QueueConfig;
  readonly records: RecordStore;
  readonly messages: Pick<MessageQueue, 'send'>;
  /** The router, by which everything is asked that every other request is asked by. */
  readonly ask: (request: GatewayRequest, signal: AbortSignal) => Promise<GatewayResponse>;
  readonly notify: Notify;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WriteLog;
}

/** Does what a message says: undefined where it is done with, else the milliseconds after which it is worth another try. */
export type Worker = (message: Message, timeLeftMs: number) => Promise<number | undefined>;

/** Every step may be the last of its process, and each may be done twice: only the first answer that is kept counts. */
export function createWorker(parts: WorkerParts): Worker {
  const { records, messages, clock, log } = parts;

  const answer = async (place: string, timeLeftMs: number): Promise<number | undefined> => {
    const id = idOf(place);
    const request = await records.request(place);
    if (request === undefined) {
      log('ERROR', 'request lost', { id, problem: 'it is not where its message says; S3 deletes what is too old' });
      return undefined;
    }
    const known = await records.answer(place);
    const made = known ?? (await ask(parts, id, request, timeLeftMs));
    if (typeof made === 'number') {
      log('WARN', 'waits on', { id, client: request.head.client, againInMs: made });
      return made;
    }
    const { head } = known ?? (await records.settle(place, made));
    log('INFO', 'answered late', { id, client: request.head.client, status: head.status });
    const { webhook, client } = request.head;
    // By a message of its own: a webhook that fails keeps nobody waiting, and nobody is asked again for it.
    if (webhook !== undefined) {
      await messages.send(messageText({ task: 'notify', place }), `notify-${folderOf(client)}`, `notify-${id}`);
    }
    return undefined;
  };

  const notify = async (place: string): Promise<number | undefined> => {
    const id = idOf(place);
    const [head, late] = await Promise.all([records.requestHead(place), records.answer(place)]);
    if (head === undefined || late === undefined) return undefined;
    const outcome = await parts.notify(id, head, late.head);
    const again = outcome === 'told' || outcome === 'unwanted' ? undefined : notifyAgainIn(late.head, clock.now());
    const fields = { id, client: head.client, outcome };
    if (outcome === 'told') log('INFO', 'webhook', fields);
    else log('WARN', again === undefined ? 'webhook given up' : 'webhook failed', fields);
    return again;
  };

  return ({ task, place }, timeLeftMs) => (task === 'answer' ? answer(place, timeLeftMs) : notify(place));
}

/** An answer that is one for good, or when to ask again. */
async function ask(
  { queue, clock, random, ...parts }: WorkerParts,
  id: string,
  { head, body }: WaitingRequest,
  timeLeftMs: number,
): Promise<LateAnswer | number> {
  const late = (response: GatewayResponse): Promise<LateAnswer> => lateAnswer(response, queue, head, clock.now());
  const left = head.deadline - clock.now();
  if (left <= 0) return late(expired(id, head));
  const { client, headers, query } = head;
  const response = await parts.ask(
    {
      id,
      method: 'POST',
      path: '/v1/messages',
      query,
      headers,
      body,
      client,
      timeLeftMs: Math.min(left, timeLeftMs),
    },
    new AbortController().signal,
  );
  // Read to its end in any case, which lets go of the host.
  const answer = await late(response);
  if (!mayPass(response)) return answer;
  const now = clock.now();
  return now < head.deadline ? againIn(head, response.headers, now, random) : late(expired(id, head));
}

/** Of the hosts' making or the operator's, so that it may be mended while the request waits. */
const mayPass = (response: GatewayResponse): boolean => {
  const { status } = response;
  return status === 408 || status === 429 || status >= 500 || isStandIn(response);
};
