import { eventJson, eventType, SseDecoder, type SseEvent } from '../../sse-events';
import { isObject, type JsonObject } from '../../../engine/json';

/**
 * `hold`: nothing of the answer yet. `live`: the model has begun to think, once, where no content came with it.
 * `commit`: the answer's first content is here. An error: the host gave up before; the event's JSON, or its text.
 */
export type CommitVerdict = 'hold' | 'live' | 'commit' | { readonly error: unknown };

const CONTENT: ReadonlySet<unknown> = new Set([
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
]);
export const REFUSAL = 'refusal';
const THINKING: ReadonlySet<unknown> = new Set(['thinking', 'redacted_thinking']);

/** The first content mostly stands at the start of a chunk: the rest of a long one is not worth decoding. */
const SLICE_BYTES = 4096;

/** Reads a stream's raw chunks up to the commit point; done after a `commit` or an error. */
export class CommitScan {
  readonly #decoder = new SseDecoder();
  #live = false;
  #isRefusal = false;

  /** What it was done with is a refusal, before any content. */
  get isRefusal(): boolean {
    return this.#isRefusal;
  }

  push(chunk: Uint8Array): CommitVerdict {
    let verdict: CommitVerdict = 'hold';
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      for (const event of this.#decoder.push(chunk.subarray(at, at + SLICE_BYTES))) {
        const type = eventType(event);
        if (CONTENT.has(type)) {
          this.#isRefusal = type === 'message_delta' && refuses(eventJson(event));
          return 'commit';
        }
        if (type === 'error') return errorOf(event);
        if (type === 'content_block_start' && !this.#live && startsThinking(eventJson(event))) {
          this.#live = true;
          verdict = 'live';
        }
      }
    }
    return verdict;
  }

  /** The stream ended without content: an error without its last empty line still says why. */
  end(): 'hold' | { readonly error: unknown } {
    const error = this.#decoder.end().find((event) => eventType(event) === 'error');
    return error ? errorOf(error) : 'hold';
  }
}

function errorOf(event: SseEvent): { readonly error: unknown } {
  return { error: eventJson(event) ?? event.data };
}

function refuses(json: unknown): boolean {
  return isObject(json) && isObject(json['delta']) && json['delta']['stop_reason'] === REFUSAL;
}

function startsThinking(json: unknown): boolean {
  return isObject(json) && isObject(json['content_block']) && THINKING.has(json['content_block']['type']);
}

/** The event shows that the model is at work: what `live` and `commit` stand for. */
export function showsContent(json: JsonObject): boolean {
  return CONTENT.has(json['type']) || startsThinking(json);
}
