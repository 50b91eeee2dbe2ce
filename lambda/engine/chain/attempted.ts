import type { Usage } from '../answer';
import { failureDetail, type Reason } from '../failure/failure';
import type { Verdict } from '../failure/verdict';
import { hostRequestId } from '../headers';
import type { HostCall } from '../host';
import type { AttemptResult } from './attempt';
import type { ChainContext } from './chain-context';
import type { Link } from './plan';

/** An attempt that has been made. */
export interface Attempted {
  readonly link: Link;
  readonly call: HostCall;
  /** Which of the request's attempts it was, from 1. */
  readonly number: number;
  readonly elapsedMs: number;
}

/** Tells telemetry of an attempt, once it is known what became of it. */
export function recordAttempt(
  { plan, state }: ChainContext,
  { link, call, number, elapsedMs }: Attempted,
  outcome: Reason | 'ok' | 'client-gone',
  result: AttemptResult,
  verdict?: Verdict,
  usage?: Usage,
): void {
  const answered = result.ok ? result.answer : result.failure.kind === 'http' ? result.failure : undefined;
  state.observer.attempt({
    requestId: plan.requestId,
    attempt: number,
    host: link.host.name,
    model: link.model,
    key: call.key,
    outcome,
    row: verdict?.row,
    status: answered?.status,
    hostRequestId: answered && hostRequestId(answered.headers),
    detail: result.ok ? undefined : failureDetail(result.failure),
    elapsedMs,
    ...(usage && { usage }),
  });
}
