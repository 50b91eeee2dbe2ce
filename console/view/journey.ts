import type { AttemptLine, RequestLine } from './lines';
import { readTrace } from './trace';

/** One call of a host, on the request's own clock. */
export interface Step {
  readonly host: string;
  readonly model: string | undefined;
  readonly outcome: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: number | undefined;
  /** Of the classification table, which says what was done about it. */
  readonly row: number | undefined;
  readonly detail: string | undefined;
  readonly hostRequestId: string | undefined;
}

/** A host that was not asked, or not with this request. */
export interface Skipped {
  readonly host: string;
  readonly why: string;
}

/** The way of one request through its chain. */
export interface Journey {
  readonly request: RequestLine;
  readonly steps: readonly Step[];
  readonly skipped: readonly Skipped[];
}

export function journeyOf(request: RequestLine, attempts: readonly AttemptLine[]): Journey {
  const startedAt = request.endedAt - request.durationMs;
  const own = attempts
    .filter(({ requestId }) => requestId === request.requestId)
    .toSorted((a, b) => a.attempt - b.attempt)
    .map((attempt) => stepOf(attempt, startedAt));
  const steps =
    request.host !== undefined && !own.some(({ outcome }) => outcome === 'ok') ? [...own, plain(request, own)] : own;
  return { request, steps, skipped: skippedIn(request.trace) };
}

function stepOf(attempt: AttemptLine, startedAt: number): Step {
  const { host, model, outcome, status, row, detail, hostRequestId, endedAt, elapsedMs } = attempt;
  const endMs = Math.max(0, endedAt - startedAt);
  return { host, model, outcome, startMs: Math.max(0, endMs - elapsedMs), endMs, status, row, detail, hostRequestId };
}

/** The answer that has no line of its own. */
function plain(request: RequestLine, before: readonly Step[]): Step {
  const { host = '', model, answeredBy, hostRequestId, outcome, durationMs } = request;
  return {
    host,
    model: answeredBy ?? model,
    outcome: outcome === 'answered' ? 'ok' : outcome,
    startMs: before.at(-1)?.endMs ?? 0,
    endMs: durationMs,
    status: undefined,
    row: undefined,
    detail: undefined,
    hostRequestId,
  };
}

function skippedIn(trace: string): Skipped[] {
  return readTrace(trace).flatMap(({ host, passedBy }) => (passedBy === undefined ? [] : [{ host, why: passedBy }]));
}
