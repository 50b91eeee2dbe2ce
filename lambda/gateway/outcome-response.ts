import { RESPONSE_HEADERS } from '../../lib/contract';
import type { Answer } from '../engine/chain/attempt';
import type { ChainContext, Outcome } from '../engine/chain/chain';
import { anthropicError, errorEvent, failureResponse } from '../wire/anthropic/error/envelope';
import type { GatewayResponse } from '../engine/gateway';
import { answerHeaders, hostRequestId } from '../wire/anthropic/error/response-headers';

/** Hosts that come back later than this are no reason for the client to try again by itself. */
const WORTH_A_RETRY_MS = 60_000;

/** 499: nobody reads it; the status is for the log. */
const CLIENT_GONE = 499;

export function outcomeResponse(outcome: Outcome, context: ChainContext): GatewayResponse {
  switch (outcome.kind) {
    case 'answered':
      return answered(outcome.answer, context);
    case 'returned':
      return withTrace(failureResponse(outcome.fault.failure, context.plan.requestId, outcome.fault.host), context);
    case 'exhausted':
      return exhausted(outcome, context);
    case 'client-gone':
      return { status: CLIENT_GONE, headers: {}, body: new Uint8Array() };
  }
}

function answered(answer: Answer, context: ChainContext): GatewayResponse {
  const { plan } = context;
  const headers = answerHeaders(answer.headers);
  headers['content-type'] = plan.stream ? EVENT_STREAM : 'application/json';
  headers['request-id'] = hostRequestId(answer.headers) ?? plan.requestId;
  headers[RESPONSE_HEADERS.host] = answer.host;
  if (answer.dropped.length > 0) headers[RESPONSE_HEADERS.dropped] = answer.dropped.join(', ');
  if (answer.adapted) headers[RESPONSE_HEADERS.adapted] = 'true';
  return withTrace({ status: 200, headers, body: answer.body }, context);
}

type Exhausted = Extract<Outcome, { kind: 'exhausted' }>;

/** The primary's own error, with the time at which a host is expected back. */
function exhausted(outcome: Exhausted, context: ChainContext): GatewayResponse {
  const { plan } = context;
  const primary = outcome.failures[0];
  const response = primary
    ? failureResponse(primary.failure, plan.requestId, primary.host)
    : untriedResponse(outcome, context);
  if (!primary && response.status < 500) return withTrace(response, context);
  const wait = soonest(outcome, context);
  return withTrace(
    {
      ...response,
      headers: {
        ...response.headers,
        'retry-after': String(Math.max(1, Math.ceil(wait / 1000))),
        'x-should-retry': String(wait <= WORTH_A_RETRY_MS),
      },
    },
    context,
  );
}

/** Milliseconds until one of the hosts may take a request. */
function soonest({ drained }: Exhausted, { plan, state }: ChainContext): number {
  const now = state.clock.now();
  const names = plan.chain.map(({ host }) => host.name).filter((name) => !drained.includes(name));
  const drainEnds = drained.map((name) => state.overrides.drainedUntil(name, now) ?? now);
  return Math.min(state.health.soonest(names, plan.healthScope, now) ?? Infinity, ...drainEnds) - now;
}

function untriedResponse({ unable, drained }: Exhausted, { plan, state, trace }: ChainContext) {
  if (drained.length > 0) {
    const now = state.clock.now();
    const ends = drained.map((name) => {
      const until = state.overrides.drainedUntil(name, now) ?? now;
      return `${name}: drained by an operator until ${new Date(until).toISOString()}`;
    });
    return anthropicError(529, `no host may take this request: ${[...ends, ...unable].join('; ')}`, plan.requestId);
  }
  if (unable.length === 0) {
    const why = trace.toString() === '' ? 'before the deadline' : `now: ${trace.toString()}`;
    return anthropicError(529, `no host of the chain could be tried ${why}`, plan.requestId);
  }
  const isUnknown = unable.every((reason) => reason.endsWith('no-such-model'));
  return anthropicError(
    isUnknown ? 404 : 400,
    `no host of the chain can serve this request for model '${plan.model}': ${unable.join('; ')}`,
    plan.requestId,
  );
}

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** What follows the pings, once the chain has ended: the answer, or the error in its streamed form. */
export async function* lateBody(outcome: Outcome, context: ChainContext): AsyncGenerator<Uint8Array> {
  if (outcome.kind === 'client-gone') return;
  if (outcome.kind === 'answered') {
    if (outcome.answer.body instanceof Uint8Array) yield outcome.answer.body;
    else yield* outcome.answer.body;
    return;
  }
  const fault = outcome.kind === 'returned' ? outcome.fault : outcome.failures[0];
  const failure = fault?.failure ?? { kind: 'timeout', timer: 'deadline' };
  yield errorEvent(failure, context.plan.requestId, fault?.host);
}

function withTrace(response: GatewayResponse, { trace }: ChainContext): GatewayResponse {
  return {
    ...response,
    headers: {
      ...response.headers,
      [RESPONSE_HEADERS.attempts]: String(trace.attempts),
      [RESPONSE_HEADERS.trace]: trace.toString(),
    },
  };
}
