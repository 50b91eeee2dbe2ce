import { type Answer, type AnswerSource, MalformedAnswer } from '../answer';
import { readAll } from '../bytes';
import type { Failure } from '../failure/failure';
import { HostError, type Host, type HostAnswer, type HostCall } from '../host';
import { AttemptSignal } from '../time/attempt-signal';
import { Silence } from '../time/silence';
import { hostBudget } from './budget';
import type { ChainContext } from './chain-context';
import type { Link } from './plan';

export type AttemptResult =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly failure: Failure };

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
  const started = clock.now();
  const watch = new AttemptSignal(clock, context.signal, deadline);
  let flowing = false;
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
      watch,
      idleMs: timers.idleMs,
      silence: new Silence(clock, timers.pingAfterMs),
      failureOf: (data) => ({ kind: 'stream', headers: opened.headers, ...link.host.errors.readEvent(data) }),
      thrown: (error) => thrownFailure(error, watch, 0),
      lastWords,
    };
    const reading = await plan.dialect.answer(source);
    if (!reading.ok) return reading;
    flowing = reading.flowing;
    if (!flowing) watch.finish();
    return {
      ok: true,
      answer: {
        host: link.host.name,
        status: opened.status,
        headers: opened.headers,
        body: reading.body,
        dropped: opened.dropped,
        adapted: isAdapted(call, opened.dropped),
        firstContentMs: clock.now() - started,
        ended: reading.ended,
        discard: () => watch.dispose(),
      },
    };
  } catch (error) {
    return { ok: false, failure: thrownFailure(error, watch, clock.now() - started) };
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

function thrownFailure(error: unknown, watch: AttemptSignal, elapsedMs: number): Failure {
  if (watch.timedOut) return { kind: 'timeout', timer: watch.timedOut };
  if (error instanceof HostError && error.kind === 'credential') return { kind: 'credential', message: error.message };
  if (error instanceof MalformedAnswer) return { kind: 'malformed', message: error.message };
  // Also for a fault of ours in one host's adapter: the next host is the better answer than a crash.
  return { kind: 'connection', message: error instanceof Error ? error.message : String(error), elapsedMs };
}
