import { FRONT_HEADER, type QueueConfig, type RouterConfig, WAIT_HEADER } from '../../../lib/contract';
import { QUEUE_HEADERS } from '../../../lib/contract/queue/queue';
import type { GatewayRequest } from '../../engine/gateway';
import type { Headers } from '../../engine/headers';
import { GatewayError } from '../gateway-error';
import type { Client } from '../plan/clients';
import type { WaitingRequest } from './record';
import { allowedWebhook } from './webhook/allowed-webhook';

/** What is to wait, if it comes to that. Throws a `GatewayError` for what its client may not ask. */
export function ticketFor(
  request: GatewayRequest,
  client: Client,
  queue: QueueConfig,
  routes: RouterConfig['routes'],
  now: number,
): WaitingRequest {
  const { headers, query, body } = request;
  return {
    head: {
      client: client.name,
      query,
      headers: keptHeaders(headers, routes),
      acceptedAt: now,
      deadline: now + waitMs(headers[QUEUE_HEADERS.deadline], queue),
      webhook: allowedWebhook(headers[QUEUE_HEADERS.webhook], client, queue),
    },
    body,
  };
}

function waitMs(asked: string | undefined, { deadlineMs }: QueueConfig): number {
  if (asked === undefined) return deadlineMs;
  const most = Math.floor(deadlineMs / 1000);
  const seconds = /^\d{1,9}$/.test(asked) ? Number(asked) : NaN;
  if (seconds >= 1 && seconds <= most) return seconds * 1000;
  throw new GatewayError(
    400,
    `${QUEUE_HEADERS.deadline}: '${asked.slice(0, 40)}' must be whole seconds from 1 to ${most}, which is how long requests may wait here`,
  );
}

const OF_THE_QUEUE: ReadonlySet<string> = new Set([...Object.values(QUEUE_HEADERS), FRONT_HEADER, WAIT_HEADER]);

/** What hosts and routes go by, and nothing else: a key has no business in what is kept. */
function keptHeaders(headers: Headers, routes: RouterConfig['routes']): Headers {
  const asked = new Set(routes.flatMap(({ header }) => header?.name.toLowerCase() ?? []));
  const isKept = (name: string): boolean =>
    !OF_THE_QUEUE.has(name) &&
    !SECRET.has(name) &&
    (KEPT.has(name) || asked.has(name) || name.startsWith('anthropic-') || name.startsWith('x-failover-'));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isKept(name)));
}

const KEPT: ReadonlySet<string> = new Set(['accept', 'content-type', 'user-agent', 'x-claude-code-session-id']);
/** Even where a route goes by one. */
const SECRET: ReadonlySet<string> = new Set(['authorization', 'cookie', 'x-api-key', 'x-amz-security-token']);
