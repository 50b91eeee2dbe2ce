import { MalformedAnswer } from '../engine/answer';
import { concat } from '../engine/bytes';
import { endsWithEvent, firstEventEnd, lastEventEnd } from './event-bytes';

/** No event of today's models comes near. */
const MAX_EVENT_BYTES = 32 * 1024 * 1024;

/** Bytes in, whole events out; looks at each byte once, however the bytes were split. */
export class EventSplitter {
  #torn: Uint8Array[] = [];
  #tornBytes = 0;

  /** Nothing of an event that is still to come has been held back. */
  get isBetweenEvents(): boolean {
    return this.#torn.length === 0;
  }

  /** All whole events that there are now: the one that was torn, with its rest, and those behind it as they came. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    // The line end that completes an event may come alone, or open the next chunk.
    const across = this.#endAcross(chunk);
    const end = Math.max(lastEventEnd(chunk), across);
    if (end === 0) {
      this.#hold(chunk);
      return [];
    }
    const ready: Uint8Array[] = [];
    let start = 0;
    if (!this.isBetweenEvents) {
      start = across || firstEventEnd(chunk, 0);
      ready.push(concat([...this.#torn, chunk.subarray(0, start)]));
    }
    if (start < end) ready.push(chunk.subarray(start, end));
    this.#torn = [];
    this.#tornBytes = 0;
    if (end < chunk.length) this.#hold(chunk.subarray(end));
    return ready;
  }

  /** What no blank line has ended. */
  rest(): Uint8Array {
    return concat(this.#torn);
  }

  #endAcross(chunk: Uint8Array): number {
    const last = this.#torn.at(-1);
    if (last === undefined) return 0;
    // Two bytes more are enough for the longest blank line, and a piece may be shorter than its half.
    const before = last.length > 2 ? last.subarray(-3) : concat(this.#torn.slice(-3)).subarray(-3);
    for (let length = 1; length <= Math.min(3, chunk.length); length++) {
      if (endsWithEvent(concat([before, chunk.subarray(0, length)]))) return length;
    }
    return 0;
  }

  #hold(part: Uint8Array): void {
    // It would hide the line end that is waited for.
    if (part.length === 0) return;
    this.#tornBytes += part.length;
    if (this.#tornBytes > MAX_EVENT_BYTES) {
      throw new MalformedAnswer(`an event of the stream is larger than ${MAX_EVENT_BYTES} bytes`);
    }
    this.#torn.push(part);
  }
}
