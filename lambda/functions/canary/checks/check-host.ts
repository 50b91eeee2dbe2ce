import { RESPONSE_HEADERS } from '../../../../lib/contract';
import type { ModelCatalog } from '../../../../lib/catalog/resolve';
import { readAll } from '../../../engine/bytes';
import type { Clock } from '../../../engine/time/clock';
import { failureDetail, isReason, type Reason } from '../../../engine/failure/failure';
import type { GatewayResponse } from '../../../engine/gateway';
import { HostError } from '../../../engine/host';
import { isObject } from '../../../engine/json';
import { eventJson } from '../../../wire/sse-events';
import { errorText } from '../../../runtime/error-text';
import type { Ask, Asked, Check, CheckResult } from './check';
import { checkRequest } from './check-request';
import { findingOf, findingOfType } from '../../findings/finding-of';
import { readAnswer } from './read-answer';

export interface CheckDeps {
  readonly ask: Ask;
  readonly models: ModelCatalog;
  readonly clock: Clock;
  /** Later than this, first content is too late. */
  readonly slowMs: number;
}

/** A proxy's error page may have any size. */
const MAX_ERROR_BYTES = 64 * 1024;
let checks = 0;

type Seen = Pick<CheckResult, 'outcome'> & Partial<CheckResult>;

/** Asks once and says what is wrong. Never rejects; ends when `ask` does. */
export async function checkHost(check: Check, deps: CheckDeps): Promise<CheckResult> {
  const at = deps.clock.now();
  const findings = await examine(check, at, deps).catch(unanswered);
  return {
    ...check,
    detail: undefined,
    reason: undefined,
    trace: '',
    status: undefined,
    firstContentMs: undefined,
    usage: undefined,
    ...findings,
    at,
    elapsedMs: deps.clock.now() - at,
  };
}

async function examine(check: Check, at: number, { ask, models, clock, slowMs }: CheckDeps): Promise<Seen> {
  // Nobody leaves: a check ends by its own deadline.
  const asked = await ask(checkRequest(check, `canary-${(checks += 1)}`), new AbortController().signal);
  const { status, headers } = asked.response;
  const trace = headers[RESPONSE_HEADERS.trace] ?? '';
  const seen = { status, trace };
  if (status !== 200) return { ...seen, ...(await refusal(asked, trace)) };
  const { problem, usage, firstContentAt } = await readAnswer(asked.response, check, models, clock);
  const firstContentMs = firstContentAt === undefined ? undefined : firstContentAt - at;
  // What is wrong with an answer is to routers what it would be to themselves.
  if (problem) return { ...seen, outcome: problem.finding, detail: problem.detail, reason: 'malformed', usage };
  if (headers[RESPONSE_HEADERS.adapted] !== undefined) {
    return { ...seen, outcome: 'rejected', detail: 'answered only without a field or beta', firstContentMs, usage };
  }
  if (firstContentMs === undefined || firstContentMs <= slowMs)
    return { ...seen, outcome: 'ok', firstContentMs, usage };
  const detail = `first content after ${firstContentMs} ms; ${slowMs} ms are allowed`;
  return { ...seen, outcome: 'slow', detail, firstContentMs, usage };
}

/** No answer, or none that could be asked for. */
function unanswered(error: unknown): Seen {
  if (error instanceof HostError) return { outcome: 'credential', detail: error.message };
  // What sends keeps the reason in the cause.
  const { cause = error } = Object(error) as { readonly cause?: unknown };
  const { name } = Object(cause) as { readonly name?: unknown };
  if (name === 'TimeoutError') return { outcome: 'timeout', detail: 'no answer' };
  return { outcome: 'network', detail: errorText(cause) };
}

/** By the last step of the trace, also where the router remembers it; what stands before the router has none. */
async function refusal({ response, failure }: Asked, trace: string): Promise<Seen> {
  const word = trace.slice(trace.lastIndexOf(':') + 1).replace(/^skipped-/, '');
  const reason: Reason | undefined = isReason(word) ? word : undefined;
  const type = await errorType(response);
  if (reason === undefined) return { outcome: findingOfType(type), reason, detail: word || type };
  return { outcome: findingOf(reason, failure), reason, detail: failure === undefined ? type : failureDetail(failure) };
}

/** API Gateway answers some things in its own form. */
const TYPE_BY_STATUS: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'authentication_error',
  429: 'rate_limit_error',
};

async function errorType({ status, body }: GatewayResponse): Promise<string> {
  const bytes = body instanceof Uint8Array ? body : await readAll(body, MAX_ERROR_BYTES).catch(() => new Uint8Array());
  const json = eventJson({ event: '', data: new TextDecoder().decode(bytes) });
  const error = isObject(json) && isObject(json['error']) ? json['error'] : {};
  return typeof error['type'] === 'string' ? error['type'] : (TYPE_BY_STATUS[status] ?? `status ${status}`);
}
