import { RESPONSE_HEADERS } from '../../../lib/contract';
import type { Ending } from '../../engine/answer';
import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest, GatewayResponse } from '../../engine/gateway';
import { hostRequestId } from '../../engine/headers';
import { holdWithPings } from '../../engine/time/hold';
import { MessageAssembler } from '../../wire/anthropic/answer/assemble-message';
import type { House } from '../cache/response-cache';
import type { GatewayParts } from '../gateway-parts';
import { OPENAI_ENDPOINTS } from '../openai-client';
import { EVENT_STREAM, lateBody, outcomeResponse, tellingFailure } from '../outcome-response';
import type { Client } from '../plan/clients';
import { planRequest, planWithFallbacks } from '../plan/plan-request';
import { contextOf, ended, run, type Served } from '../run';
import { usageFigures } from '../telemetry/usage-figures';

/** `POST /v1/messages` and `/v1/messages/count_tokens`, and OpenAI's door to the first. */
export async function serveMessages(
  parts: GatewayParts,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const { planner, state, telemetry, orders } = parts;
  const started = state.clock.now();
  const asked = planRequest(planner, request, endpoint, client, started, orders && (await orders));
  const planned = await planWithFallbacks(planner, asked, request, client, started);
  const begin = (gone: AbortSignal, timeLeftMs?: number) => ended(run(planned, state, gone, timeLeftMs));
  const { requestId, dialect, budget, stream } = planned;
  const house: House = { begin, contextOf, tellingFailure, MessageAssembler };
  const serve = looksIntoCache(planned, request)
    ? import('../cache/serve-cached').then(({ serveCached }) => serveCached(parts, planned, request, signal, house))
    : begin(signal, request.timeLeftMs);
  const reported = serve.then((served) => {
    report(served, client, started, { planner, telemetry, door: request.path });
    return served;
  });
  if (!stream) return response(await reported);
  const finish = ({ end, context }: Served) => lateBody(end, context);
  const held = await holdWithPings(reported, budget.pingAfterMs, state.clock, dialect.ping, finish);
  if ('value' in held) return response(held.value);
  return { status: 200, headers: { 'content-type': EVENT_STREAM, 'request-id': requestId }, body: held.body };
}

/** A client may ask for what its route has not. */
const looksIntoCache = ({ endpoint, route }: Plan, { headers }: GatewayRequest): boolean =>
  endpoint === 'messages' && (route.cache ?? headers[RESPONSE_HEADERS.cache]) !== undefined;

async function response({ end, context, cache }: Served): Promise<GatewayResponse> {
  const made = await outcomeResponse(end, context);
  return cache ? { ...made, headers: { ...made.headers, ...cache.headers } } : made;
}

/** One record a request: at once where there is no answer, else when its last byte is through. */
function report(
  { end: outcome, context, cache }: Served,
  client: Client,
  started: number,
  { planner, telemetry, door }: Pick<GatewayParts, 'planner' | 'telemetry'> & { readonly door: string },
): void {
  const { plan, trace, state } = context;
  const base = {
    requestId: plan.requestId,
    endpoint: OPENAI_ENDPOINTS[door] ?? plan.endpoint,
    model: plan.model,
    client: client.name,
    stream: plan.stream,
    attempts: trace.attempts,
    trace: trace.toString(),
    cache: cache?.status,
  };
  if (outcome.kind !== 'answered') {
    telemetry.request({ ...base, outcome: outcome.kind, durationMs: state.clock.now() - started });
    return;
  }
  const { answer } = outcome;
  const { ended, firstContentMs } = answer;
  const isOther = answer.model !== plan.model;
  const host = planner.config.hosts.find(({ name }) => name === answer.host);
  const tell = ({ usage, stopReason, failure }: Ending): void => {
    if (usage && !isOther && !cache?.isAgain) plan.ordering?.ended?.(answer.host, usage, plan, state.clock.now());
    telemetry.request({
      ...base,
      trace: trace.toString(),
      // A client that leaves breaks its stream itself.
      outcome: failure === undefined ? 'answered' : context.signal.aborted ? 'client-gone' : 'died',
      host: answer.host,
      hostRequestId: hostRequestId(answer.headers),
      key: answer.key,
      // Whoever was meant to answer first has done so, or the host for which it stood in.
      isFailover:
        isOther || (!cache?.isAgain && answer.host !== plan.chain[0]?.host.name && answer.host !== plan.primary),
      answeredBy: isOther ? answer.model : undefined,
      firstContentMs: ended instanceof Promise ? firstContentMs : undefined,
      durationMs: state.clock.now() - started,
      dropped: answer.dropped,
      usage,
      // What it has cost was paid by whoever it was given to first.
      ...(cache?.isAgain
        ? { costUsd: 0 }
        : usage && usageFigures(answer.model, usage, host, planner.hosts.get(answer.host)?.host)),
      stopReason,
    });
  };
  if (ended instanceof Promise) void ended.then(tell);
  else tell(ended);
}
