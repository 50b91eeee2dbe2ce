import { RESPONSE_HEADERS } from '../../../lib/contract';
import type { Ending } from '../../engine/answer';
import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest, GatewayResponse } from '../../engine/gateway';
import { hostRequestId } from '../../engine/headers';
import { holdWithPings } from '../../engine/time/hold';
import { MessageAssembler } from '../../wire/anthropic/answer/assemble-message';
import type { Gone, Passed } from '../admission/passed';
import type { House } from '../cache/response-cache';
import type { GatewayParts } from '../gateway-parts';
import { OPENAI_ENDPOINTS } from '../openai-client';
import { EVENT_STREAM, lateBody, outcomeResponse, tellingFailure } from '../outcome-response';
import type { Client } from '../plan/clients';
import { planFor } from '../plan/plan-for';
import { contextOf, run } from '../run';
import type { Charge } from '../spend/charge';
import { waits } from '../limits/waits';
import { usageFigures } from '../telemetry/usage-figures';

/** `POST /v1/messages` and `/v1/messages/count_tokens`, and OpenAI's door to the first. */
export async function serveMessages(
  parts: GatewayParts,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const { planner, state, telemetry } = parts;
  const started = state.clock.now();
  const planned = await planFor(parts, request, endpoint, client, started);
  if ('status' in planned) return planned;
  const spend = endpoint === 'messages' ? parts.spend : undefined;
  let charge: Charge | undefined;
  const go = async (gone: AbortSignal, leftMs?: number): Promise<Gone> => {
    if (spend) charge ??= (await spend).charge(planned);
    const { context, outcome } = charge ? charge.run(run, state, gone, leftMs) : run(planned, state, gone, leftMs);
    return { context, end: await outcome };
  };
  const limits = parts.limits?.(waits(request));
  const begin: House['begin'] = async (gone, timeLeftMs) => {
    if (!limits) return go(gone, timeLeftMs);
    const asking = { plan: planned, request: { ...request, timeLeftMs }, signal: gone };
    return (await limits).admission.pass(asking, (leftMs) => go(gone, leftMs));
  };
  const going = looksIntoCache(planned, request)
    ? import('../cache/serve-cached').then(({ serveCached }) =>
        serveCached(parts, planned, request, signal, { begin, contextOf, tellingFailure, MessageAssembler }),
      )
    : begin(signal, request.timeLeftMs);
  const { requestId, dialect, budget, stream } = planned;
  const reported = going.then((gone) => {
    const told = charge?.telemetry(telemetry) ?? telemetry;
    if (gone.end) report(gone, client, started, { planner, telemetry: told, door: request.path });
    return gone;
  });
  const trail = await parts.audit;
  const kept = (response: GatewayResponse): GatewayResponse => trail?.watch(response, planned) ?? response;
  if (!stream) return kept(await answerTo(await reported));
  const finish = (gone: Passed) => (gone.end ? lateBody(gone.end, gone.context) : gone.late());
  const held = await holdWithPings(reported, budget.pingAfterMs, state.clock, dialect.ping, finish);
  if ('value' in held) return kept(await answerTo(held.value));
  return kept({ status: 200, headers: { 'content-type': EVENT_STREAM, 'request-id': requestId }, body: held.body });
}

async function answerTo(gone: Passed): Promise<GatewayResponse> {
  if (gone.end === undefined) throw gone.refusal;
  const response = await outcomeResponse(gone.end, gone.context);
  // The host's own are of the gateway's account there.
  return gone.headers ? { ...response, headers: { ...response.headers, ...gone.headers } } : response;
}

/** A client may ask for what its route has not. */
const looksIntoCache = ({ endpoint, route }: Plan, { headers }: GatewayRequest): boolean =>
  endpoint === 'messages' && (route.cache ?? headers[RESPONSE_HEADERS.cache]) !== undefined;

/** One record a request: at once where there is no answer, else when its last byte is through. */
function report(
  { end: outcome, context, cache }: Gone,
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
    telemetry.request({ ...base, outcome: outcome.kind, durationMs: state.clock.now() - started }, plan);
    return;
  }
  const { answer } = outcome;
  const { ended, firstContentMs } = answer;
  const isOther = answer.model !== plan.model;
  const host = planner.config.hosts.find(({ name }) => name === answer.host);
  const tell = ({ usage, stopReason, failure }: Ending): void => {
    if (usage && !isOther && !cache?.isAgain) plan.ordering?.ended?.(answer.host, usage, plan, state.clock.now());
    telemetry.request(
      {
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
      },
      plan,
    );
  };
  if (ended instanceof Promise) void ended.then(tell);
  else tell(ended);
}
