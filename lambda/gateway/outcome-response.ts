import { RESPONSE_HEADERS } from '../../lib/contract';
import type { Answer } from '../engine/answer';
import type { ChainContext, ChainOutcome } from '../engine/chain/chain-context';
import type { ErrorResponse, HostFailure } from '../engine/dialect';
import type { GatewayResponse } from '../engine/gateway';
import { hostRequestId, type Headers } from '../engine/headers';
import { answerHeaders } from '../wire/anthropic/error/response-headers';

/** Hosts that come back later than this are no reason for the client to try again by itself. */
const WORTH_A_RETRY_MS = 60_000;

/** What an operator needs at the least to hear of it and mend it. */
const MENDED_MS = 300_000;

/** 499: nobody reads it; the status is for the log. */
const CLIENT_GONE = 499;

export function outcomeResponse(
  outcome: ChainOutcome,
  context: ChainContext,
): GatewayResponse | Promise<GatewayResponse> {
  switch (outcome.kind) {
    case 'answered':
      return answered(outcome.answer, context);
    case 'returned':
      return withTrace(context.plan.dialect.failure(outcome.fault, context.plan.requestId), context);
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
  if (answer.model !== plan.model) headers[RESPONSE_HEADERS.model] = answer.model;
  if (answer.dropped.length > 0) headers[RESPONSE_HEADERS.dropped] = answer.dropped.join(', ');
  if (answer.adapted) headers[RESPONSE_HEADERS.adapted] = 'true';
  return withTrace({ status: 200, headers, body: answer.body }, context);
}

type Exhausted = Extract<ChainOutcome, { kind: 'exhausted' }>;

/** The error that tells the client most, and where trying again helps, when. */
async function exhausted(outcome: Exhausted, context: ChainContext): Promise<GatewayResponse> {
  const response = exhaustedError(outcome, context);
  const own = await ownMessage(response, context);
  if (own) return withTrace(own, context);
  if (isFinal(response.status)) return withTrace({ ...response, headers: withoutRetry(response.headers) }, context);
  // Nothing changes before somebody has mended it.
  const isOperators = tellingFailure(outcome.failures)?.owner === 'operator';
  const wait = Math.max(soonest(outcome, context), isOperators ? MENDED_MS : 0);
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

function exhaustedError(outcome: Exhausted, context: ChainContext): ErrorResponse {
  const { dialect, requestId, model } = context.plan;
  const { failures } = outcome;
  const refused = failures.find(({ owner, lacks }) => owner === 'request' && lacks !== undefined);
  const plea = refused?.lacks === undefined ? undefined : dialect.plea(refused.lacks);
  if (plea !== undefined) {
    return dialect.error(400, `${plea} by host '${refused?.host}', the only one left for '${model}'`, requestId);
  }
  const telling = tellingFailure(failures);
  if (telling?.lacks !== undefined && telling.owner === 'request') {
    const lacking = failures.filter(({ lacks }) => lacks !== undefined);
    const each = [...lacking.map(({ host, lacks }) => `${host}: lacks-${lacks}`), ...outcome.unable];
    return dialect.error(
      400,
      `no host of the chain can serve this request for model '${model}': ${each.join('; ')}`,
      requestId,
    );
  }
  return telling ? dialect.failure(telling, requestId) : untriedResponse(outcome, context);
}

/** Of several failures: that a sound host is busy, then what else may pass, then what the client can mend, then what only the operator can. */
export function tellingFailure(failures: readonly HostFailure[]): HostFailure | undefined {
  const later = failures.find(({ reason }) => reason === 'rate-limited' || reason === 'overloaded');
  if (later) return later;
  for (const owner of ['host', 'client', 'request', 'operator'] as const) {
    const found = failures.find((failure) => failure.owner === owner);
    if (found) return found;
  }
  return undefined;
}

/** What the owner says in place of an error that may pass; undefined where nothing is said, or the client is at fault. */
async function ownMessage({ status }: ErrorResponse, { plan }: ChainContext): Promise<GatewayResponse | undefined> {
  const { message, requestId, stream } = plan;
  if (message === undefined || isFinal(status)) return undefined;
  const headers = {
    'content-type': stream ? EVENT_STREAM : 'application/json',
    'request-id': requestId,
    [RESPONSE_HEADERS.host]: NO_HOST,
  };
  return { status: 200, headers, body: await message() };
}
/** Where other answers have the name of a host. */
const NO_HOST = 'none';

/** A client that sends the same again gets the same. */
const isFinal = (status: number): boolean => status < 500 && status !== 429;

function withoutRetry(headers: Headers): Headers {
  const { 'retry-after': _after, 'retry-after-ms': _ms, 'x-should-retry': _should, ...rest } = headers;
  return rest;
}

/** Milliseconds until one of the hosts may take a request. */
function soonest({ drained }: Exhausted, { plan, state }: ChainContext): number {
  const now = state.clock.now();
  const undrained = [...plan.chain, ...plan.fallbacks.flat()].filter(({ host }) => !drained.includes(host.name));
  const ends = undrained.map(
    ({ host, healthScope }) => state.health.soonest([host.name], healthScope, now) ?? Infinity,
  );
  const drainEnds = drained.map((name) => state.overrides.drainedUntil(name, now) ?? now);
  return Math.min(...ends, ...drainEnds) - now;
}

function untriedResponse({ unable, drained }: Exhausted, { plan, state, trace }: ChainContext) {
  if (drained.length > 0) {
    const now = state.clock.now();
    const ends = drained.map((name) => {
      const until = state.overrides.drainedUntil(name, now) ?? now;
      return `${name}: drained by an operator until ${new Date(until).toISOString()}`;
    });
    return plan.dialect.error(529, `no host may take this request: ${[...ends, ...unable].join('; ')}`, plan.requestId);
  }
  if (unable.length === 0) {
    const why = trace.toString() === '' ? 'before the deadline' : `now: ${trace.toString()}`;
    return plan.dialect.error(529, `no host of the chain could be tried ${why}`, plan.requestId);
  }
  const isUnknown = unable.every((reason) => reason.endsWith('no-such-model'));
  return plan.dialect.error(
    isUnknown ? 404 : 400,
    `no host of the chain can serve this request for model '${plan.model}': ${unable.join('; ')}`,
    plan.requestId,
  );
}

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** What follows the pings, once the chain has ended: the answer, or the error in its streamed form. */
export async function* lateBody(outcome: ChainOutcome, context: ChainContext): AsyncGenerator<Uint8Array> {
  if (outcome.kind === 'client-gone') return;
  if (outcome.kind === 'answered') {
    if (outcome.answer.body instanceof Uint8Array) yield outcome.answer.body;
    else yield* outcome.answer.body;
    return;
  }
  const { dialect, requestId } = context.plan;
  const fault = outcome.kind === 'returned' ? outcome.fault : (tellingFailure(outcome.failures) ?? OUT_OF_TIME);
  const error = dialect.failure(fault, requestId);
  const own = outcome.kind === 'exhausted' ? (await ownMessage(error, context))?.body : undefined;
  yield own instanceof Uint8Array ? own : dialect.errorEvent(error);
}

const OUT_OF_TIME: HostFailure = {
  host: undefined,
  failure: { kind: 'timeout', timer: 'deadline' },
  reason: 'timeout',
  owner: 'client',
};

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
