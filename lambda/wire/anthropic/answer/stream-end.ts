import { concat } from '../../../engine/bytes';
import { isObject, type JsonObject } from '../../../engine/json';
import { lastEventEnd, withLastEventEnded } from '../../event-bytes';
import { encodeSse, eventJson, eventType, SseDecoder, type SseEvent } from '../../sse-events';

/** Anthropic's own counters; those that do not apply are left out, so that one spread over another adds up. */
export type TokenUsage = Readonly<Record<string, unknown>>;

export interface StreamEnd {
  /** `message_stop` came, and nothing but pings and comments after it. */
  readonly complete: boolean;
  /** Nothing is missing but `message_stop`: the stop reason, which ends every answer, came last. */
  readonly lacksStop?: true;
  readonly usage?: TokenUsage;
  readonly stopReason?: string;
  /** The host's own last word: the JSON of its `error` event, or its text. */
  readonly error?: unknown;
}

/** Room for the largest `message_delta`; most ends fit the short one. */
const TAIL_BYTES = 16 * 1024;
const SHORT_TAIL_BYTES = 2 * 1024;

/** Sees every chunk of a stream from its first, and looks at none before the end. */
export class StreamTail {
  #older: Uint8Array[] = [];
  #newer: Uint8Array[] = [];
  #newerBytes = 0;

  /** Keeps the chunk itself: it must not be written to afterwards. */
  push(chunk: Uint8Array): void {
    // Two generations in turn: nothing is shifted or copied, and at least the newest TAIL_BYTES stay.
    if (this.#newerBytes >= TAIL_BYTES) {
      this.#older = this.#newer;
      this.#newer = [];
      this.#newerBytes = 0;
    }
    this.#newer.push(chunk);
    this.#newerBytes += chunk.length;
  }

  finish(): StreamEnd {
    const short = readEnd(this.#lastLines(SHORT_TAIL_BYTES));
    return short.usage ? short : readEnd(this.#lastLines(TAIL_BYTES));
  }

  #lastLines(count: number): Uint8Array {
    const tail = new Uint8Array(count);
    let start = count;
    for (const chunk of [...this.#older, ...this.#newer].reverse()) {
      if (start === 0) break;
      const part = chunk.subarray(-start);
      start -= part.length;
      tail.set(part, start);
    }
    // It may begin inside a line, but no rest of a line of JSON reads as an event: its inner quotes are escaped.
    return tail.subarray(start);
  }
}

/** The counters of `message_start`, out of the bytes that were held before the commit point. */
export function inputUsage(held: readonly Uint8Array[]): TokenUsage | undefined {
  const decoder = new SseDecoder();
  for (const chunk of held) {
    for (const event of decoder.push(chunk)) {
      if (eventType(event) !== 'message_start') continue;
      const json = eventJson(event);
      return isObject(json) && isObject(json['message']) ? counters(json['message']['usage']) : undefined;
    }
  }
  return undefined;
}

const MESSAGE_STOP = encodeSse('message_stop', '{"type":"message_stop"}');

/** The bytes of a stream that lacks nothing but its `message_stop`, with one; a torn one is left out. */
export function withStop(bytes: Uint8Array): Uint8Array {
  const end = lastEventEnd(bytes);
  const rest = bytes.subarray(end);
  const decoder = new SseDecoder();
  const isTorn = [...decoder.push(rest), ...decoder.end()].every((event) => !isObject(eventJson(event)));
  return concat([isTorn ? bytes.subarray(0, end) : withLastEventEnded(bytes), MESSAGE_STOP]);
}

function readEnd(tail: Uint8Array): StreamEnd {
  const decoder = new SseDecoder();
  let before: SseEvent | undefined;
  let last: SseEvent | undefined;
  let delta: SseEvent | undefined;
  for (const event of [...decoder.push(tail), ...decoder.end()]) {
    const type = eventType(event);
    if (type === 'message_delta') delta = event;
    if (type === 'ping') continue;
    before = last;
    last = event;
  }
  const lastType = last && eventType(last);
  const lastJson = last && eventJson(last);
  const isTorn = lastJson === undefined && (lastType === 'message_stop' || lastType === '');
  const ending = delta && readDelta(delta);
  return {
    complete: lastType === 'message_stop' && isObject(lastJson),
    ...(ending?.stopReason !== undefined && delta === (isTorn ? before : last) && { lacksStop: true }),
    ...ending,
    ...(lastType === 'error' && { error: lastJson ?? last?.data }),
  };
}

function readDelta(event: SseEvent): Pick<StreamEnd, 'usage' | 'stopReason'> {
  const json = eventJson(event);
  if (!isObject(json)) return {};
  const usage = counters(json['usage']);
  const stopReason = isObject(json['delta']) ? json['delta']['stop_reason'] : undefined;
  return { ...(usage && { usage }), ...(typeof stopReason === 'string' && { stopReason }) };
}

function counters(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage)) return undefined;
  const present: JsonObject = {};
  for (const [name, value] of Object.entries(usage)) if (value !== null) present[name] = value;
  return present;
}
