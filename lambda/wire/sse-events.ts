import { MalformedAnswer } from '../engine/answer';
import { concat } from '../engine/bytes';
import { isObject, parseJson } from '../engine/json';

export interface SseEvent {
  /** Empty where the host sent no `event:` line. */
  readonly event: string;
  readonly data: string;
}

/** A stream that is not what its wire sends. */
export class MalformedStream extends MalformedAnswer {
  override readonly name = 'MalformedStream';
}

const MAX_EVENT_BYTES = 32 * 1024 * 1024;
const LF = 10;
const CR = 13;
const COLON = 58;
const SPACE = 32;
const BLANK_LINE = Uint8Array.of(LF, LF);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function encodeSse(event: string, data: string): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${data.replace(/\r\n?|\n/g, '\ndata: ')}\n\n`);
}

/** Bytes in, events out, however the bytes were split. */
export class SseDecoder {
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #event = '';
  #data: string | undefined;
  #started = false;
  #afterCr = false;

  push(chunk: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    // No UTF-8 sequence contains a line end, so whole lines decode on their own.
    let cut = chunk.length;
    while (cut > 0 && chunk[cut - 1] !== LF && chunk[cut - 1] !== CR) cut--;
    if (cut > 0) {
      this.#hold(chunk.subarray(0, cut));
      const lines = decoder.decode(concat(this.#parts));
      this.#parts = [];
      this.#partBytes = 0;
      this.#readLines(lines, events);
    }
    if (cut < chunk.length) this.#hold(chunk.subarray(cut));
    if (this.#partBytes + (this.#data?.length ?? 0) > MAX_EVENT_BYTES) {
      throw new MalformedStream(`an event of the stream is larger than ${MAX_EVENT_BYTES} bytes`);
    }
    return events;
  }

  /** What a stream without its last empty line still owes. Its data may be cut off. */
  end(): SseEvent[] {
    return this.push(BLANK_LINE);
  }

  #hold(part: Uint8Array): void {
    this.#parts.push(part);
    this.#partBytes += part.length;
  }

  #readLines(lines: string, events: SseEvent[]): void {
    let text = lines;
    let at = this.#afterCr && text.charCodeAt(0) === LF ? 1 : 0;
    this.#afterCr = false;
    if (!this.#started) {
      this.#started = true;
      if (text.charCodeAt(0) === 0xfeff) at = 1;
    }
    if (text.includes('\r')) {
      this.#afterCr = text.endsWith('\r');
      text = text.slice(at).replace(/\r\n?/g, '\n');
      at = 0;
    }
    while (at < text.length) {
      const end = text.indexOf('\n', at);
      if (end === at) this.#dispatch(events);
      else this.#readField(text, at, end);
      at = end + 1;
    }
  }

  #readField(text: string, start: number, end: number): void {
    const data = fieldValue(text, 'data', start, end);
    if (data !== undefined) {
      this.#data = this.#data === undefined ? data : `${this.#data}\n${data}`;
      return;
    }
    this.#event = fieldValue(text, 'event', start, end) ?? this.#event;
  }

  #dispatch(events: SseEvent[]): void {
    if (this.#data !== undefined) events.push({ event: this.#event, data: this.#data });
    this.#event = '';
    this.#data = undefined;
  }
}

function fieldValue(text: string, name: string, start: number, end: number): string | undefined {
  if (!text.startsWith(name, start)) return undefined;
  const colon = start + name.length;
  if (colon === end) return '';
  if (text.charCodeAt(colon) !== COLON) return undefined;
  return text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end);
}

/** The event's JSON, or undefined where it is none or was cut off. */
export const eventJson = (event: SseEvent): unknown => parseJson(event.data);

/** Some hosts leave the `event:` line out; the JSON names its type too. */
export function eventType(event: SseEvent): string {
  if (event.event !== '') return event.event;
  const json = eventJson(event);
  return isObject(json) && typeof json['type'] === 'string' ? json['type'] : '';
}
