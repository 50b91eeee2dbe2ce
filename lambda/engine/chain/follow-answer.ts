import type { Ending } from '../answer';
import { classify } from '../failure/classify';
import type { Failure } from '../failure/failure';
import { TIMED_OUT } from '../failure/rulings';
import type { Verdict } from '../failure/verdict';
import type { LiveStream } from '../health/stream-deaths';
import type { AttemptResult } from './attempt';
import { hostBudget } from './budget';
import { type Attempted, recordAttempt } from './attempted';
import type { ChainContext } from './chain-context';

type Answered = Extract<AttemptResult, { ok: true }>;

/** What a first content is to a host's health that came far too late. */
const SLOW: Verdict = {
  ...TIMED_OUT,
  row: 2,
  whenRetriesUsed: 'next',
  countsAgainstHealth: true,
  cooldownMs: undefined,
  restMs: undefined,
  retryAfterMs: undefined,
  refreshCredential: false,
};
const SLOW_FAILURE: Failure = { kind: 'timeout', timer: 'first-content' };

/**
 * Notes what becomes of an answer behind the client's back: it counts for its host when it is whole, and against it when it
 * breaks off. `abandon`: what to do with a probe that has found out nothing.
 */
export function followAnswer(result: Answered, attempted: Attempted, context: ChainContext, abandon: () => void): void {
  const { health, clock } = context.state;
  const { host, healthScope } = attempted.link;
  const { ended, firstContentMs } = result.answer;
  const now = clock.now();
  const patienceMs = hostBudget(context.plan.usualBudget, attempted.link.timeouts).firstContentMs;
  if (firstContentMs !== undefined) context.plan.ordering?.began?.(attempted.link, firstContentMs, now);
  if (!(ended instanceof Promise)) {
    health.succeeded(host.name, healthScope, now, health.began(host.name, healthScope, now, now - attempted.elapsedMs));
    recordAttempt(context, attempted, 'ok', result);
    return;
  }
  const startMs = firstContentMs ?? attempted.elapsedMs;
  const stream = health.beganAfter(host.name, healthScope, startMs, patienceMs, now);
  if (stream === undefined) health.failed(host.name, healthScope, SLOW, SLOW_FAILURE, now);
  void ended.then((ending) => {
    const verdict = settle(ending, stream, attempted, context, abandon);
    const isGone = context.signal.aborted && verdict !== undefined;
    const outcome = isGone ? 'client-gone' : (verdict?.reason ?? 'ok');
    const end = verdict && !isGone && ending.failure ? { ok: false as const, failure: ending.failure } : result;
    recordAttempt(context, attempted, outcome, end, verdict);
  });
}

/** The verdict on what the stream broke off with; undefined where it is whole. */
function settle(
  { failure }: Ending,
  stream: LiveStream | undefined,
  { link }: Attempted,
  { state, signal, trace }: ChainContext,
  abandon: () => void,
): Verdict | undefined {
  const { host, healthScope } = link;
  const { health, clock } = state;
  const now = clock.now();
  if (failure === undefined) {
    if (stream) health.succeeded(host.name, healthScope, now, stream);
    return undefined;
  }
  const verdict = classify(failure, { schema: host.schema, anotherHostLeft: false, now }, host.errors.table);
  // One that was slow has been held against its host already.
  if (stream === undefined) return verdict;
  if (signal.aborted || verdict.owner === 'client') {
    health.left(host.name, healthScope, stream);
    abandon();
  } else {
    // Whatever it broke off with: once it has begun to answer, a host has no other excuse.
    health.died(host.name, healthScope, stream, verdict, failure, now);
    trace.add(host.name, verdict.reason);
  }
  return verdict;
}
