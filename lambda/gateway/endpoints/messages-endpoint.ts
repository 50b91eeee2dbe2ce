import { arrange } from '../../engine/chain/arrange';
import { runChain, type ChainContext, type ChainState, type Outcome } from '../../engine/chain/chain';
import { Deadline } from '../../engine/time/deadline';
import type { GatewayRequest, GatewayResponse } from '../../engine/gateway';
import { holdWithPings } from '../../engine/time/hold';
import type { Plan } from '../../engine/chain/plan';
import { Trace } from '../../engine/chain/trace';
import type { Telemetry } from '../telemetry/telemetry';
import type { Client } from '../plan/clients';
import { EVENT_STREAM, lateBody, outcomeResponse } from '../outcome-response';
import { planRequest, type Planner } from '../plan/plan-request';
import type { SharedState } from '../state/shared-state';
import { usageFigures } from '../telemetry/usage-figures';

export interface MessagesEndpoint {
  readonly planner: Planner;
  readonly state: ChainState;
  readonly telemetry: Telemetry;
  /** Undefined where there is no table. */
  readonly shared: SharedState | undefined;
}

/** `POST /v1/messages` and `/v1/messages/count_tokens`. */
export async function serveMessages(
  { planner, state, telemetry }: MessagesEndpoint,
  request: GatewayRequest,
  endpoint: Plan['endpoint'],
  client: Client,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const started = state.clock.now();
  const plan = arrange(planRequest(planner, request, endpoint, client), state);
  const limit = Math.min(plan.budget.deadlineMs, request.timeLeftMs ?? Infinity);
  const context: ChainContext = { plan, state, trace: new Trace(), deadline: new Deadline(state.clock, limit), signal };
  const run = runChain(context).then((outcome) => {
    report(outcome, context, client, started, { planner, telemetry });
    return outcome;
  });
  if (!plan.stream) return outcomeResponse(await run, context);
  const held = await holdWithPings(run, plan.budget.pingAfterMs, state.clock, (outcome) => lateBody(outcome, context));
  if ('value' in held) return outcomeResponse(held.value, context);
  return { status: 200, headers: { 'content-type': EVENT_STREAM, 'request-id': plan.requestId }, body: held.body };
}

/** One record a request: at once where there is no answer, else when its last byte is through. */
function report(
  outcome: Outcome,
  context: ChainContext,
  client: Client,
  started: number,
  { planner, telemetry }: Pick<MessagesEndpoint, 'planner' | 'telemetry'>,
): void {
  const { plan, trace, state } = context;
  const base = {
    requestId: plan.requestId,
    endpoint: plan.endpoint,
    model: plan.model,
    client: client.name,
    stream: plan.stream,
    attempts: trace.attempts,
    trace: trace.toString(),
  };
  if (outcome.kind !== 'answered') {
    telemetry.request({ ...base, outcome: outcome.kind, durationMs: state.clock.now() - started });
    return;
  }
  const { answer } = outcome;
  const host = planner.config.hosts.find(({ name }) => name === answer.host);
  void answer.ended.then(({ usage, stopReason, died }) =>
    telemetry.request({
      ...base,
      // A client that leaves breaks its stream itself.
      outcome: !died ? 'answered' : context.signal.aborted ? 'client-gone' : 'died',
      host: answer.host,
      // Whoever was meant to answer first has done so, or the host for which it stood in.
      isFailover: answer.host !== plan.chain[0]?.host.name && answer.host !== plan.primary,
      firstContentMs: plan.stream && plan.commit === 'first-content' ? answer.firstContentMs : undefined,
      durationMs: state.clock.now() - started,
      dropped: answer.dropped,
      usage,
      ...(usage && usageFigures(plan.model, usage, host)),
      stopReason,
    }),
  );
}
