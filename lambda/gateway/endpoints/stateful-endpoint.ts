import { BUDGETS, RESPONSE_HEADERS } from '../../../lib/contract';
import { AttemptSignal } from '../../engine/time/attempt-signal';
import { readAll } from '../../engine/bytes';
import { Deadline } from '../../engine/time/deadline';
import type { GatewayRequest, GatewayResponse } from '../../engine/gateway';
import { HostError } from '../../engine/host';
import { answerHeaders } from '../../wire/anthropic/error/response-headers';
import { hostRequestId } from '../../engine/headers';
import { GatewayError } from '../gateway-error';
import type { GatewayParts } from '../gateway-parts';

const STATEFUL = /^\/v1\/(messages\/batches|files)(\/|$)/;
const NOTE = 'anthropic only: batches and files live on one host, so there is no failover';
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;

export function isStateful(path: string): boolean {
  return STATEFUL.test(path);
}

/** What lives on one host goes to Anthropic as it came, and nowhere else. */
export async function serveStateful(
  { planner, state }: GatewayParts,
  request: GatewayRequest,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const link = [...planner.hosts.values()].find(({ host }) => host.forward);
  if (!link?.host.forward) {
    throw new GatewayError(
      404,
      `${request.path}: this gateway has no Anthropic host, and no other host keeps batches or files`,
    );
  }
  const override = state.overrides.get(link.host.name, state.clock.now());
  if (override?.action === 'drain' || override?.action === 'drill') {
    throw new GatewayError(
      529,
      `${link.host.name} is taken out by an operator (${override.action}) until ${new Date(override.until).toISOString()}; ${NOTE}`,
    );
  }
  const key = link.keys?.pick(state.clock.now(), new Set());
  const { deadlineMs, headersMs } = BUDGETS.batch;
  const deadline = new Deadline(state.clock, Math.min(deadlineMs, request.timeLeftMs ?? Infinity));
  const watch = new AttemptSignal(state.clock, signal, deadline);
  watch.armHeaders(link.timeouts?.headersMs ?? headersMs);
  try {
    const answer = await link.host.forward(request, key, watch.signal);
    watch.headersArrived(deadlineMs);
    return {
      status: answer.status,
      headers: {
        ...answerHeaders(answer.headers),
        'request-id': hostRequestId(answer.headers) ?? request.id,
        [RESPONSE_HEADERS.host]: link.host.name,
        [RESPONSE_HEADERS.note]: NOTE,
      },
      body: await readAll(answer.body, MAX_ANSWER_BYTES),
    };
  } catch (error) {
    if (watch.timedOut) throw new GatewayError(504, `${link.host.name} did not answer in time; ${NOTE}`);
    if (error instanceof HostError) throw new GatewayError(529, `${link.host.name} could not be reached; ${NOTE}`);
    throw error;
  } finally {
    watch.dispose();
  }
}
