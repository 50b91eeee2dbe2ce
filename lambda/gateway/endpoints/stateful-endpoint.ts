import { RESPONSE_HEADERS } from '../../../lib/contract';
import { readAll } from '../../engine/bytes';
import { resolveBudget } from '../../engine/chain/budget';
import { AttemptSignal } from '../../engine/time/attempt-signal';
import { Deadline } from '../../engine/time/deadline';
import type { GatewayResponse, IncomingRequest } from '../../engine/gateway';
import { hostRequestId } from '../../engine/headers';
import { HostError, type HostAnswer } from '../../engine/host';
import { answerHeaders } from '../../wire/anthropic/error/response-headers';
import { GatewayError } from '../gateway-error';
import type { GatewayParts } from '../gateway-parts';
import { readSteering, type Client } from '../plan/clients';
import type { countedResults } from '../spend/batched/counted-results';
import type { SentBatch } from '../spend/batched/sent-batch';
import { batchCheck, forwardedBody } from '../stateful/forwarded-body';
import { withOwnResults } from '../stateful/results-url';
import { NOTE, statefulHost } from '../stateful/stateful-host';
import { statefulPath, type StatefulPath } from '../stateful/stateful-paths';
import type { RequestRecord } from '../telemetry/telemetry';

/** A page of a thousand batches is less than one. */
const MAX_BATCHES_BYTES = 8 * 1024 * 1024;

export function isStateful(path: string): boolean {
  return statefulPath(path) !== undefined;
}

/** What lives on one host goes there as it came, both ways at the slower side's pace, and nowhere else. */
export async function serveStateful(
  { planner, state, telemetry, policy, spend: limits }: GatewayParts,
  request: IncomingRequest,
  client: Client,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const path = statefulPath(request.path)!;
  const steering = readSteering(request, client);
  const { link, forward } = statefulHost(planner, request.path, steering, state);
  checkMethod(request, path);
  const rules = (await policy)?.of(client.name);
  rules?.checkStateful(path.endpoint, link.host.name);
  const budget = resolveBudget({ chain: [], budget: 'batch' }, steering.budget);
  if ('error' in budget) throw new GatewayError(400, budget.error);
  const { name } = link.host;
  const started = state.clock.now();
  const record = (outcome: RequestRecord['outcome'], ended: string): void =>
    telemetry.request({
      requestId: request.id,
      endpoint: path.endpoint,
      client: client.name,
      stream: false,
      outcome: signal.aborted ? 'client-gone' : outcome,
      host: name,
      attempts: 1,
      trace: `${name}:${ended}`,
      durationMs: state.clock.now() - started,
    });

  const watch = new AttemptSignal(
    state.clock,
    signal,
    new Deadline(state.clock, Math.min(budget.deadlineMs, request.timeLeftMs ?? Infinity)),
  );
  const isNewBatch = path.endpoint === 'batches' && path.methods.includes('POST') && request.method === 'POST';
  const spend = path.endpoint === 'batches' ? await limits : undefined;
  const sent = isNewBatch && spend ? await sentBatch(spend, planner, request, client, name) : undefined;
  try {
    const look = isNewBatch
      ? await batchCheck(planner, request, client, name, state.clock.now(), rules)
      : () => undefined;
    const whole = forwardedBody(request, (bytes) => {
      look(bytes);
      sent?.look(bytes);
    });
    const body = (await sent?.body(whole)) ?? whole;
    // How long the client sends is its own affair; the deadline covers that.
    const { headersMs = budget.headersMs, idleMs = budget.idleMs } = link.timeouts ?? {};
    watch.armHeaders(body.length === 0 ? headersMs : budget.deadlineMs);
    const key = link.keys?.pick(state.clock.now(), new Set());
    const answer = await forward({ ...request, body }, key, watch.signal);
    watch.contentArrived(idleMs);
    const ended = answer.status < 400 ? 'ok' : String(answer.status);
    const outcome = answer.status < 400 ? 'answered' : 'returned';
    const response = { status: answer.status, headers: headersOf(answer, request.id, name) };
    if (!path.namesResults) {
      const passed = passedOn(answer, watch, (broke) => record(broke ? 'died' : outcome, broke ?? ended));
      const isResults = spend !== undefined && path.endpoint === 'batches' && answer.status === 200;
      return { ...response, body: isResults ? await counted(passed, spend, planner, request.path, name) : passed };
    }
    const bytes = await readAll(answer.body, MAX_BATCHES_BYTES);
    watch.dispose();
    await sent?.answered(answer.status, bytes);
    record(outcome, ended);
    return { ...response, body: withOwnResults(bytes, request.headers) };
  } catch (error) {
    const { timedOut } = watch;
    watch.dispose();
    await sent?.failed(error);
    record('returned', timedOut ? 'timeout' : error instanceof HostError ? error.kind : 'refused');
    if (timedOut) throw new GatewayError(504, `${name} did not answer in time; ${NOTE}`);
    if (error instanceof HostError) throw new GatewayError(529, `${name} could not be reached; ${NOTE}`);
    throw error;
  }
}

/** Loaded where there are limits to what may be spent. */
async function sentBatch(...given: ConstructorParameters<typeof SentBatch>): Promise<SentBatch> {
  const { SentBatch } = await import('../spend/batched/sent-batch');
  return new SentBatch(...given);
}

async function counted(...given: Parameters<typeof countedResults>): ReturnType<typeof countedResults> {
  const { countedResults } = await import('../spend/batched/counted-results');
  return countedResults(...given);
}

function checkMethod({ method, path }: IncomingRequest, { methods }: StatefulPath): void {
  if (methods.includes(method)) return;
  throw new GatewayError(405, `${method} ${path}: takes only ${methods.join(', ')}`, { allow: methods.join(', ') });
}

function headersOf({ headers }: HostAnswer, requestId: string, host: string): Record<string, string> {
  const disposition = headers['content-disposition'];
  return {
    ...answerHeaders(headers),
    ...(disposition !== undefined && { 'content-disposition': disposition }),
    'request-id': hostRequestId(headers) ?? requestId,
    [RESPONSE_HEADERS.host]: host,
    [RESPONSE_HEADERS.note]: NOTE,
  };
}

async function* passedOn(
  { body }: HostAnswer,
  watch: AttemptSignal,
  ended: (broke: string | undefined) => void,
): AsyncGenerator<Uint8Array> {
  let broke: string | undefined = 'cut';
  try {
    for await (const chunk of body) {
      // A client that reads slowly is not a host that is silent.
      watch.rest();
      yield chunk;
      watch.progress();
    }
    watch.finish();
    broke = undefined;
  } finally {
    watch.dispose();
    ended(broke);
  }
}
