import { RESPONSE_HEADERS } from '../../lib/contract';
import type { ModelCatalog } from '../../lib/models/resolve';
import { readAll } from '../core/bytes';
import type { Clock } from '../core/clock';
import { failureDetail, isReason, type Reason } from '../core/failure';
import type { GatewayResponse } from '../core/gateway';
import { eventJson, isObject } from '../core/sse-events';
import { errorText } from '../shared/error-text';
import type { Ask, Asked, Check, CheckResult } from './check';
import { checkRequest } from './check-request';
import { findingOf, findingOfType } from './finding';
import { readAnswer, type Problem } from './read-answer';

export interface CheckDeps {
  readonly ask: Ask;
  readonly models: ModelCatalog;
  readonly clock: Clock;
  /** Later than this, first content is too late. */
  readonly slowMs: number;
}

const MAX_ERROR_BYTES = 64 * 1024;
let checks = 0;

/** Asks once and says what is wrong. Never rejects; ends when `ask` does. */
export async function checkHost(check: Check, { ask, models, clock, slowMs }: CheckDeps): Promise<CheckResult> {
  const at = clock.now();
  const result = (rest: Partial<CheckResult> & Pick<CheckResult, 'outcome'>): CheckResult => ({
    ...check,
    detail: undefined,
    reason: undefined,
    trace: '',
    status: undefined,
    adapted: false,
    firstContentMs: undefined,
    usage: undefined,
    ...rest,
    at,
    elapsedMs: clock.now() - at,
  });
  let asked: Asked;
  try {
    asked = await ask(checkRequest(check, `canary-${(checks += 1)}`), new AbortController().signal);
  } catch (error) {
    const text = errorText(error instanceof Error && error.cause !== undefined ? error.cause : error);
    return result({ outcome: 'network', detail: text });
  }
  const { status, headers } = asked.response;
  const trace = headers[RESPONSE_HEADERS.trace] ?? '';
  const seen = { status, trace, adapted: headers[RESPONSE_HEADERS.adapted] !== undefined };
  if (status !== 200) return result({ ...seen, ...(await refusal(asked, trace)) });
  const { problem, usage, firstContentAt } = await readAnswer(asked.response, check, models, clock);
  const firstContentMs = firstContentAt === undefined ? undefined : firstContentAt - at;
  const late: Problem | undefined =
    firstContentMs !== undefined && firstContentMs > slowMs
      ? { finding: 'slow', detail: `first content after ${firstContentMs} ms; ${slowMs} ms are allowed` }
      : undefined;
  const { finding, detail } = problem ?? late ?? {};
  return result({
    ...seen,
    outcome: finding ?? 'ok',
    detail,
    // What broke off inside the answer is to routers what it would be to themselves.
    reason: problem === undefined ? undefined : 'malformed',
    firstContentMs,
    usage,
  });
}

/** By the last step of the trace; what stands before the router has none. */
async function refusal(
  { response, failure }: Asked,
  trace: string,
): Promise<Pick<CheckResult, 'outcome' | 'reason' | 'detail'>> {
  const word = trace.slice(trace.lastIndexOf(':') + 1);
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
