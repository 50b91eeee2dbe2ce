import type { QueueConfig } from '../../../lib/contract';
import { ASYNC_PATH } from '../../../lib/contract/queue/queue';
import { messageQueue } from '../../aws/message-queue';
import { objectStore } from '../../aws/object-store';
import type { GatewayResponse, RequestHead as Head } from '../../engine/gateway';
import { errorText } from '../../runtime/error-text';
import { GatewayError } from '../gateway-error';
import type { Client } from '../plan/clients';
import { isDown } from './is-down';
import { messageText } from './message';
import { folderOf, isId, newId, placeOf } from './place';
import type { WaitingRequest } from './record';
import { recordStore } from './record-store';
import type { RequestQueue, RequestQueueParts } from './request-queue';
import { expired, late, waiting } from './responses';
import { lateAnswer } from './late-answer';
import { ticketFor } from './ticket';
import { readWish, type Wish } from './wish';

/** Of one call with its retries: a client waits for it. */
const TIMEOUT_MS = 10_000;
/** A worker that began before the deadline has its answer stored by then. */
const GRACE_MS = 60_000;

export function createRequestQueue(parts: RequestQueueParts, queue: QueueConfig): RequestQueue {
  const { planner, plan, read, telemetry, env, clock } = parts;
  const { log } = telemetry;
  const { routes } = planner.config;
  const records = recordStore(objectStore(queue.bucket, env, TIMEOUT_MS));
  const messages = messageQueue(queue.url, env, TIMEOUT_MS);

  /** Both have to be there before it is promised: a message that nobody has the request of, and a request that nobody is told of, are lost. */
  const accept = async (request: Head, ticket: WaitingRequest): Promise<GatewayResponse> => {
    const { client } = ticket.head;
    const id = newId();
    const place = placeOf(client, id);
    try {
      await records.keep(place, ticket);
      await messages.send(messageText({ task: 'answer', place }), folderOf(client), id);
    } catch (error) {
      log('ERROR', 'not accepted', { requestId: request.id, client, problem: errorText(error) });
      throw new GatewayError(503, 'this request cannot wait now: it could not be kept, and was not accepted', {
        'retry-after': '10',
      });
    }
    log('INFO', 'accepted', { requestId: request.id, client, id, deadline: new Date(ticket.head.deadline) });
    const { headers } = request;
    const response = waiting(id, ticket.head, { headers, requestId: request.id, now: clock.now() });
    return { ...response, headers: { ...response.headers, 'preference-applied': 'respond-async' } };
  };

  const look = async ({ path, id: requestId, headers }: Head, { name }: Client): Promise<GatewayResponse> => {
    const id = path.slice(ASYNC_PATH.length);
    const place = placeOf(name, id);
    const answer = isId(id) ? await records.answer(place) : undefined;
    const now = clock.now();
    if (answer !== undefined && now < answer.head.keptUntil) return late(answer);
    const head = isId(id) && answer === undefined ? await records.requestHead(place) : undefined;
    if (head === undefined) throw new GatewayError(404, `there is no request ${id.slice(0, 100)} of this client here`);
    if (now < head.deadline + GRACE_MS) return waiting(id, head, { headers, requestId, now });
    // Nobody is going to answer it: whoever looks hears the same from now on.
    return late(await records.settle(place, await lateAnswer(expired(id, head), queue, head, now)));
  };

  return async (request, client, ask) => {
    const { path, method } = request;
    if (path.startsWith(ASYNC_PATH) && method === 'GET') return inTrouble(look(request, client));
    const wish = path === '/v1/messages' && method === 'POST' ? readWish(request.headers) : undefined;
    if (wish === undefined) return undefined;
    const whole = await read(request);
    // What is wrong with it is said now, and not in hours.
    const { stream, route } = plan(planner, whole, 'messages', client, clock.now());
    const ticket = ticketFor(whole, client, queue, routes, clock.now());
    if (wish.kind === 'at-once' && !stream) return accept(request, ticket);
    if (stream || (wish.kind === 'when-down' && route.whenDown !== 'queue')) return ask(whole);
    const response = await ask({ ...whole, timeLeftMs: timeLeft(wish, request.timeLeftMs) });
    if (!isDown(response, request.id)) return response;
    // Whoever cannot wait either gets what it would have got.
    return accept(request, ticket).catch(() => response);
  };
}

const timeLeft = (wish: Wish, left = Infinity): number => (wish.kind === 'after' ? Math.min(wish.waitMs, left) : left);

async function inTrouble(response: Promise<GatewayResponse>): Promise<GatewayResponse> {
  try {
    return await response;
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError(503, 'where answers are kept cannot be read now; ask again', { 'retry-after': '10' });
  }
}
