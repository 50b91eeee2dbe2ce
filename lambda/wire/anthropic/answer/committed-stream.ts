import { MalformedAnswer, type AnswerSource, type Ending } from '../../../engine/answer';
import type { Failure } from '../../../engine/failure/failure';
import { SILENT } from '../../../engine/time/silence';
import { concat } from '../../../engine/bytes';
import { firstEventEnd, withLastEventEnded } from '../../event-bytes';
import { EventSplitter } from '../../event-splitter';
import { SseDecoder } from '../../sse-events';
import { PING } from './ping';
import { plainDeltas } from './plain-deltas';
import { withStop } from './stream-end';
import { StreamWatch, type Seen } from './stream-watch';
import { CLOSING_MS } from './whole-answer';

/** What has become of some events: those that may go out, and what ends the stream after them. */
interface Passed {
  readonly bytes: Uint8Array;
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
      let passed: Passed = { bytes: held };
      while (pending !== undefined) {
        passed = this.#pass(pending);
        if (passed.bytes.length > 0) {
          // While the client is slow the host is not silent.
          watch.rest();
          yield passed.bytes;
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
          if (passed.bytes.length > 0) yield passed.bytes;
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
    try {
      const ready = this.#splitter.push(chunk);
      return ready.length === 0 ? { bytes: ready } : this.#judge(ready);
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      return { bytes: NOTHING, end: { kind: 'malformed', message: error.message } };
    }
  }

  /** Whole events, in the bytes as they came up to the first one that is not for the client. */
  #judge(ready: Uint8Array): Passed {
    const plainEnd = plainDeltas(ready);
    const good: Uint8Array[] = [];
    let start = 0;
    for (let at = plainEnd(0); at < ready.length;) {
      const end = firstEventEnd(ready, at);
      const seen = this.#see(ready.subarray(at, end));
      if (seen === 'passes') {
        at = plainEnd(end);
        continue;
      }
      good.push(ready.subarray(start, seen === 'stop' ? end : at));
      if (seen === 'stop') return { bytes: concat(good), end: 'stop' };
      if (seen === 'malformed') return { bytes: concat(good), end: NONSENSE };
      if (seen === 'error') return { bytes: concat(good), end: this.source.failureOf(this.#watch.error, true) };
      start = end;
      at = plainEnd(end);
    }
    return { bytes: start === 0 ? ready : concat([...good, ready.subarray(start)]) };
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
    if (this.#watch.error !== undefined) return { bytes: NOTHING, end: this.source.failureOf(this.#watch.error, true) };
    if (seen.includes('stop')) return { bytes: withLastEventEnded(rest), end: 'stop' };
    // A connection that breaks after the stop reason has harmed nothing.
    if (this.#watch.stopReason !== undefined) return { bytes: withStop(rest), end: 'stop' };
    return { bytes: NOTHING, end: ended ?? CUT };
  }

  /** All is said: what the host still does with its connection, it may do for a moment. */
  async #closed(): Promise<void> {
    this.source.watch.contentArrived(CLOSING_MS);
    for (let next = await this.#pull(); next instanceof Uint8Array; next = await this.#pull());
  }
}

const NOTHING = new Uint8Array();
