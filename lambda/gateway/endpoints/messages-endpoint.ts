import type { ChainContext, ChainOutcome } from '../../engine/chain/chain-context';
import type { Ending } from '../../engine/answer';
import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest, GatewayResponse } from '../../engine/gateway';
import { hostRequestId } from '../../engine/headers';
import { holdWithPings } from '../../engine/time/hold';
import type { GatewayParts } from '../gateway-parts';
import { OPENAI_ENDPOINTS } from '../openai-client';
import { EVENT_STREAM, lateBody, outcomeResponse } from '../outcome-response';
import type { Client } from '../plan/clients';
import { planRequest, planWithFallbacks } from '../plan/plan-request';
import { run } from '../run';
import type { RequestRecord } from '../telemetry/telemetry';
import { usageFigures } from '../telemetry/usage-figures';

/** `POST /v1/messages` and `/v1/messages/count_tokens`, and OpenAI's door to the first. */
export async function serveMessages(
  { planner, state, telemetry, orders, spend, audit }: GatewayParts,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const started = state.clock.now();
  const asked = planRequest(planner, request, endpoint, client, started, orders && (await orders));
  const planned = await planWithFallbacks(planner, asked, request, client, started);
  const charge = spend && endpoint === 'messages' ? (await spend).charge(planned) : undefined;
  const { timeLeftMs } = request;
  const { context, outcome } = charge
    ? charge.run(run, state, signal, timeLeftMs)
    : run(planned, state, signal, timeLeftMs);
  const { requestId, dialect, budget, stream } = planned;
  const reported = outcome.then((end) => {
    const told = charge ? charge.telemetry(telemetry) : telemetry;
    report(end, context, client, started, { planner, telemetry: told, door: request.path });
    return end;
  });
  const trail = await audit;
  const kept = (response: GatewayResponse): GatewayResponse => trail?.watch(response, planned) ?? response;
  if (!stream) return kept(await outcomeResponse(await reported, context));
  const finish = (end: ChainOutcome) => lateBody(end, context);
  const held = await holdWithPings(reported, budget.pingAfterMs, state.clock, dialect.ping, finish);
  if ('value' in held) return kept(await outcomeResponse(held.value, context));
  return kept({ status: 200, headers: { 'content-type': EVENT_STREAM, 'request-id': requestId }, body: held.body });
}

/** One record a request: at once where there is no answer, else when its last byte is through. */
function report(
  outcome: ChainOutcome,
  context: ChainContext,
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
    if (usage && !isOther) plan.ordering?.ended?.(answer.host, usage, plan, state.clock.now());
    const record: RequestRecord = {
      ...base,
      trace: trace.toString(),
      // A client that leaves breaks its stream itself.
      outcome: failure === undefined ? 'answered' : context.signal.aborted ? 'client-gone' : 'died',
      host: answer.host,
      hostRequestId: hostRequestId(answer.headers),
      key: answer.key,
      // Whoever was meant to answer first has done so, or the host for which it stood in.
      isFailover: isOther || (answer.host !== plan.chain[0]?.host.name && answer.host !== plan.primary),
      answeredBy: isOther ? answer.model : undefined,
      firstContentMs: ended instanceof Promise ? firstContentMs : undefined,
      durationMs: state.clock.now() - started,
      dropped: answer.dropped,
      usage,
      ...(usage && usageFigures(answer.model, usage, host, planner.hosts.get(answer.host)?.host)),
      stopReason,
    };
    telemetry.request(record, plan);
  };
  if (ended instanceof Promise) void ended.then(tell);
  else tell(ended);
}
