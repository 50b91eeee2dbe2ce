import { MalformedAnswer, type AnswerSource, type Ending } from '../../../engine/answer';
import type { Failure } from '../../../engine/failure/failure';
import { SILENT } from '../../../engine/time/silence';
import { firstEventEnd, withLastEventEnded } from '../../event-bytes';
import { EventSplitter } from '../../event-splitter';
import { SseDecoder } from '../../sse-events';
import { PING } from './ping';
import { plainDeltaEnd } from './plain-delta';
import { withStop } from './stream-end';
import { StreamWatch, type Seen } from './stream-watch';
import { CLOSING_MS } from './whole-answer';

/** What has become of some events: those that may go out, and what ends the stream after them. */
interface Passed {
  readonly parts: readonly Uint8Array[];
  readonly end?: 'stop' | Failure;
}

const CUT: Failure = { kind: 'malformed', message: 'the stream ended before message_stop' };
const NONSENSE: Failure = { kind: 'malformed', message: 'an event of the stream is not JSON' };

/**
 * A stream that belongs to the client: bytes untouched, in whole events only, so that a death can be told in a well-formed
 * way. Its end is either the whole answer or an error event.
 */
export class CommittedStream {
  readonly #splitter = new EventSplitter();
  readonly #decoder = new SseDecoder();
  readonly #watch = new StreamWatch();

  constructor(
    private readonly source: AnswerSource,
    private readonly chunks: AsyncIterator<Uint8Array>,
    private readonly settle: (ending: Ending) => void,
  ) {}

  async *read(held: Uint8Array): AsyncGenerator<Uint8Array> {
    const { watch, silence, lastWords } = this.source;
    // Until more is known: a client that leaves ends the reading here.
    let failure: Failure | undefined = CUT;
    try {
      let pending: Uint8Array | undefined = held;
      let passed: Passed = { parts: [] };
      while (pending !== undefined) {
        passed = this.#pass(pending);
        for (const part of passed.parts) {
          // While the client is slow the host is not silent.
          watch.rest();
          yield part;
          watch.progress();
        }
        if (passed.end !== undefined) break;
        if (this.#watch.stopReason !== undefined) watch.contentArrived(CLOSING_MS);
        const pulled = this.#pull();
        let next = await silence.until(pulled);
        for (; next === SILENT; next = await silence.until(pulled)) {
          // Not every host's wire has pings. Inside an event there is no room for one.
          if (this.#splitter.isBetweenEvents) yield PING;
        }
        watch.progress();
        if (next instanceof Uint8Array) pending = next;
        else {
          pending = undefined;
          passed = this.#last(next);
          yield* passed.parts;
        }
      }
      failure = passed.end === 'stop' ? undefined : (passed.end ?? CUT);
      if (failure === undefined) await this.#closed();
      else yield lastWords(failure);
    } finally {
      silence.end();
      watch.dispose();
      this.settle({ usage: this.#watch.usage, stopReason: this.#watch.stopReason, failure });
    }
  }

  /** The next chunk; where there is none, what the iteration ended with. */
  async #pull(): Promise<Uint8Array | Failure | undefined> {
    try {
      const next = await this.chunks.next();
      return next.done ? undefined : next.value;
    } catch (error) {
      return this.source.thrown(error);
    }
  }

  #pass(chunk: Uint8Array): Passed {
    const parts: Uint8Array[] = [];
    try {
      for (const ready of this.#splitter.push(chunk)) {
        const end = this.#judge(ready, parts);
        if (end !== undefined) return { parts, end };
      }
      return { parts };
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      return { parts, end: { kind: 'malformed', message: error.message } };
    }
  }

  /** Adds whole events, as they came but for those that are not for the client; what ends the stream, if one of them does. */
  #judge(ready: Uint8Array, parts: Uint8Array[]): Passed['end'] {
    let start = 0;
    const addUpTo = (end: number): void => {
      if (start < end) parts.push(ready.subarray(start, end));
    };
    for (let at = 0, end: number; at < ready.length; at = end) {
      end = plainDeltaEnd(ready, at);
      if (end >= 0) continue;
      end = firstEventEnd(ready, at);
      const seen = this.#see(ready.subarray(at, end));
      if (seen === 'passes') continue;
      addUpTo(seen === 'stop' ? end : at);
      if (seen === 'stop') return 'stop';
      if (seen === 'malformed') return NONSENSE;
      if (seen === 'error') return this.source.failureOf(this.#watch.error, true);
      start = end;
    }
    addUpTo(ready.length);
    return undefined;
  }

  /** A comment is no event, and passes. A host that ends lines its own way may have several between two empty ones. */
  #see(part: Uint8Array): Seen {
    const seen = this.#decoder.push(part).map((event) => this.#watch.see(event));
    return seen.find((each) => each !== 'passes') ?? 'passes';
  }

  /** What the end of the bytes leaves: an event may lack its empty line, an answer its `message_stop`. */
  #last(ended: Failure | undefined): Passed {
    const rest = this.#splitter.rest();
    const events = [...this.#decoder.push(rest), ...this.#decoder.end()];
    const seen = events.map((event) => this.#watch.see(event));
    if (this.#watch.error !== undefined) return { parts: [], end: this.source.failureOf(this.#watch.error, true) };
    if (seen.includes('stop')) return { parts: [withLastEventEnded(rest)], end: 'stop' };
    // A connection that breaks after the stop reason has harmed nothing.
    if (this.#watch.stopReason !== undefined) return { parts: [withStop(rest)], end: 'stop' };
    return { parts: [], end: ended ?? CUT };
  }

  /** All is said: what the host still does with its connection, it may do for a moment. */
  async #closed(): Promise<void> {
    this.source.watch.contentArrived(CLOSING_MS);
    for (let next = await this.#pull(); next instanceof Uint8Array; next = await this.#pull());
  }
}
