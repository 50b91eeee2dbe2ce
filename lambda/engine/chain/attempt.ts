import { AttemptSignal } from '../time/attempt-signal';
import { hostBudget } from './budget';
import { readAll } from '../bytes';
import type { ChainContext } from './chain';
import { readErrorFacts } from '../../wire/anthropic/error/error-facts';
import type { Failure } from '../failure/failure';
import { HostError, type Headers, type HostAnswer, type HostCall } from '../host';
import type { ChainHost, Plan, Usage } from './plan';
import { holdToFirstContent } from '../../wire/anthropic/answer/stream-answer';
import {
  MalformedAnswer,
  readAssembled,
  readJson,
  readWholeStream,
  type AnswerSource,
} from '../../wire/anthropic/answer/whole-answer';
import { Silence } from '../time/silence';
import { MalformedStream } from '../../wire/sse-events';

/** What is known of an answer once its last byte is through. */
export interface Ending {
  readonly usage: Usage | undefined;
  readonly stopReason: string | undefined;
  /** The host died after the commit point. */
  readonly died: boolean;
}

export interface Answer {
  readonly host: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  readonly dropped: readonly string[];
  readonly adapted: boolean;
  readonly firstContentMs: number;
  readonly ended: Promise<Ending>;
  /** Releases the host's connection when the body will not be read. */
  discard(): void;
}

/** What a reader makes of an opened answer. */
export type Reading =
  | {
      readonly ok: true;
      readonly body: Answer['body'];
      readonly ended: Promise<Ending>;
      /** The attempt goes on: the body still flows from the host. */
      readonly flowing: boolean;
    }
  | { readonly ok: false; readonly failure: Failure };

export type AttemptResult =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly failure: Failure };

const MAX_ERROR_BYTES = 1024 * 1024;

/** One call to one host: sent, read to its commit point, and given up the moment a timer fires. Never rejects. */
export async function attempt(link: ChainHost, call: HostCall, context: ChainContext): Promise<AttemptResult> {
  const { clock } = context.state;
  const { deadline } = context;
  const timers = hostBudget(context.plan.budget, link.timeouts);
  const started = clock.now();
  const watch = new AttemptSignal(clock, context.signal, deadline);
  let flowing = false;
  try {
    // An answer that is not streamed has no headers before it is complete.
    watch.armHeaders(call.stream || call.endpoint === 'count_tokens' ? timers.headersMs : deadline.remaining());
    const opened = await link.host.open(call, watch.signal);
    watch.headersArrived(timers.firstContentMs);
    if (opened.status !== 200) return { ok: false, failure: await httpFailure(opened) };
    const silence = new Silence(clock, timers.pingAfterMs);
    const source = { opened, watch, idleMs: timers.idleMs, silence };
    const reading = await read(opened, call, source, context.plan, link.host.name);
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

function read(opened: HostAnswer, call: HostCall, source: AnswerSource, plan: Plan, host: string): Promise<Reading> {
  const isStream = opened.headers['content-type']?.startsWith('text/event-stream') === true;
  if (!isStream) {
    if (plan.stream) throw new MalformedAnswer('the host answered a streaming request without a stream');
    return readJson(opened, call.endpoint);
  }
  if (!plan.stream) return readAssembled(source);
  return plan.commit === 'complete' ? readWholeStream(source) : holdToFirstContent(source, plan.requestId, host);
}

/** What was learned counts only where it changed this request. */
function isAdapted({ adaptation }: HostCall, dropped: readonly string[]): boolean {
  if (adaptation === undefined) return false;
  const { anthropicVersion, dropBetas, dropFields } = adaptation;
  return anthropicVersion !== undefined || [...dropBetas, ...dropFields].some((part) => dropped.includes(part));
}

async function httpFailure({ status, headers, body }: HostAnswer): Promise<Failure> {
  // An error whose body breaks off is still that error.
  const bytes = await readAll(body, MAX_ERROR_BYTES).catch(() => new Uint8Array());
  return { kind: 'http', status, headers, body: bytes, facts: readErrorFacts(status, headers, bytes) };
}

export function thrownFailure(error: unknown, watch: AttemptSignal, elapsedMs: number): Failure {
  if (watch.timedOut) return { kind: 'timeout', timer: watch.timedOut };
  if (error instanceof HostError && error.kind === 'credential') return { kind: 'credential', message: error.message };
  if (error instanceof MalformedAnswer || error instanceof MalformedStream)
    return { kind: 'malformed', message: error.message };
  // Also for a fault of ours in one host's adapter: the next host is the better answer than a crash.
  return { kind: 'connection', message: error instanceof Error ? error.message : String(error), elapsedMs };
}
