import { type Answer, type AnswerSource, MalformedAnswer, type Usage } from '../answer';
import type { Budget } from '../../../lib/contract';
import { readAll } from '../bytes';
import type { Failure } from '../failure/failure';
import { HostError, type Host, type HostAnswer, type HostCall } from '../host';
import { AttemptSignal } from '../time/attempt-signal';
import { Silence } from '../time/silence';
import { hostBudget } from './budget';
import type { ChainContext } from './chain-context';
import type { Link } from './plan';

export type AttemptResult = (
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly failure: Failure }
) & {
  /** What the host has told of tokens so far; absent where it could not. */
  readonly usage?: (() => Usage | undefined) | undefined;
};

const MAX_ERROR_BYTES = 1024 * 1024;

/**
 * One call to one host: sent, read to its commit point, and given up the moment a timer fires. Never rejects.
 * `lastWords`: what the client is told when the stream breaks off after the commit point.
 */
export async function attempt(
  link: Link,
  call: HostCall,
  context: ChainContext,
  lastWords: (failure: Failure) => Uint8Array,
): Promise<AttemptResult> {
  const { plan, deadline } = context;
  const { clock } = context.state;
  const timers = hostBudget(plan.budget, link.timeouts);
  const patience: Patience = { asked: timers, usual: hostBudget(plan.usualBudget, link.timeouts) };
  const started = clock.now();
  const watch = new AttemptSignal(clock, context.signal, deadline);
  let flowing = false;
  let usage: (() => Usage | undefined) | undefined;
  try {
    // An answer that is not streamed has no headers before it is complete.
    watch.armHeaders(call.stream || call.endpoint === 'count_tokens' ? timers.headersMs : deadline.remaining());
    const opened = await link.host.open(call, watch.signal);
    watch.headersArrived(timers.firstContentMs);
    if (opened.status !== 200) return { ok: false, failure: await httpFailure(opened, link.host) };
    const source: AnswerSource = {
      opened,
      endpoint: plan.endpoint,
      stream: plan.stream,
      holdsWhole: plan.commit === 'complete',
      heedsRefusal: plan.onRefusal.some(({ host }) => host === link.host),
      mayCommit: () => context.state.health.mayCommit(link.host.name, link.healthScope),
      watch,
      idleMs: timers.idleMs,
      silence: new Silence(clock, timers.pingAfterMs),
      failureOf: (data, hasBegun) => ({
        kind: 'stream',
        headers: opened.headers,
        hasBegun,
        ...link.host.errors.readEvent(data),
      }),
      counted: (told) => (usage = told),
      thrown: (error) => thrownFailure(error, watch, 0, patience),
      lastWords,
    };
    const reading = await plan.dialect.answer(source);
    if (!reading.ok) return { ...reading, usage };
    flowing = reading.ended instanceof Promise;
    if (!flowing) watch.finish();
    return {
      ok: true,
      usage,
      answer: {
        host: link.host.name,
        model: link.model,
        key: call.key,
        status: opened.status,
        headers: opened.headers,
        body: reading.body,
        dropped: link.request ? [...link.request.dropped, ...opened.dropped] : opened.dropped,
        adapted: isAdapted(call, opened.dropped),
        firstContentMs: watch.contentMs,
        ended: reading.ended,
        discard: () => watch.dispose(),
      },
    };
  } catch (error) {
    return { ok: false, usage, failure: thrownFailure(error, watch, clock.now() - started, patience) };
  } finally {
    // Also releases the connection of an answer that was not read to its end: the next attempt starts alone.
    if (!flowing) watch.dispose();
  }
}

/** What was learned counts only where it changed this request. */
function isAdapted({ adaptation }: HostCall, dropped: readonly string[]): boolean {
  if (adaptation === undefined) return false;
  const { version, dropBetas, dropFields } = adaptation;
  return version !== undefined || [...dropBetas, ...dropFields].some((part) => dropped.includes(part));
}

async function httpFailure({ status, headers, body }: HostAnswer, { errors }: Host): Promise<Failure> {
  // An error whose body breaks off is still that error.
  const bytes = await readAll(body, MAX_ERROR_BYTES).catch(() => new Uint8Array());
  return { kind: 'http', status, headers, body: bytes, facts: errors.readAnswer(status, headers, bytes) };
}

/** The timers of this request, and those that it would have without its client's wish. */
interface Patience {
  readonly asked: Budget;
  readonly usual: Budget;
}

const LIMITS = { headers: 'headersMs', 'first-content': 'firstContentMs', idle: 'idleMs' } as const;

function thrownFailure(error: unknown, watch: AttemptSignal, elapsedMs: number, { asked, usual }: Patience): Failure {
  if (watch.timedOut) {
    const isHasty = watch.timedOut !== 'deadline' && asked[LIMITS[watch.timedOut]] < usual[LIMITS[watch.timedOut]];
    return { kind: 'timeout', timer: watch.timedOut, ...(isHasty && { isHasty }) };
  }
  if (error instanceof HostError && error.kind === 'credential') return { kind: 'credential', message: error.message };
  if (error instanceof MalformedAnswer) return { kind: 'malformed', message: error.message };
  if (error instanceof HostError) return { kind: 'connection', message: error.message, elapsedMs };
  // Ours, in one host's adapter: the next host is a better answer than a crash. Its message may quote the request.
  return { kind: 'fault', message: error instanceof Error ? error.name : 'not an error' };
}
