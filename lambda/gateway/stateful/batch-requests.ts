import { concat } from '../../engine/bytes';
import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../../wire/json-bytes';

/** In a batch, `{ "requests": [ {...} ] }`: how deep a request begins. */
const REQUEST_DEPTH = 3;

/** Gives out the requests of a batch one by one while it streams through: a batch may be too large to be kept, one of them is not. */
export class BatchRequests {
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  /** Of the request that has begun. */
  #parts: Uint8Array[] | undefined;
  #bytes = 0;

  /** `most`: bytes of one request; `found` is called with each, and `tooLarge` for one that is larger. */
  constructor(
    private readonly most: number,
    private readonly found: (json: Uint8Array) => void,
    private readonly tooLarge: () => never,
  ) {}

  take(chunk: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.#isText) this.#inText(byte);
      else if (byte === QUOTE) this.#isText = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#depth += 1;
        if (this.#depth === REQUEST_DEPTH) {
          this.#parts = [];
          this.#bytes = 0;
          from = at;
        }
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth -= 1;
        if (this.#depth === REQUEST_DEPTH - 1 && this.#parts) this.#end(this.#parts, chunk.subarray(from, at + 1));
      }
    }
    if (this.#parts) this.#keep(this.#parts, chunk.subarray(from));
  }

  #inText(byte: number): void {
    if (byte === QUOTE && !this.#isEscaped) this.#isText = false;
    this.#isEscaped = byte === BACKSLASH && !this.#isEscaped;
  }

  #keep(parts: Uint8Array[], part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > this.most) this.tooLarge();
    parts.push(part);
  }

  #end(parts: Uint8Array[], last: Uint8Array): void {
    this.#keep(parts, last);
    this.#parts = undefined;
    this.found(concat(parts));
  }
}
