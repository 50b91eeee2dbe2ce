import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../../wire/json-bytes';

/** The way to a model in a batch: `requests[].params.model`. The keys that matter, by the container they stand in. */
const REQUESTS = 1;
const LIST = 2;
const REQUEST = 3;
const PARAMS = 4;
const KEY_ON = new Map([
  [REQUESTS, 'requests'],
  [REQUEST, 'params'],
  [PARAMS, 'model'],
]);
const ELSEWHERE = 0;

/** No model's name is longer, with every letter escaped. */
const MAX_TEXT_BYTES = 1024;

interface Container {
  readonly isObject: boolean;
  readonly place: number;
}

/** Reads the models out of a batch while it streams through: a batch may be too large to be kept. */
export class BatchModels {
  readonly #open: Container[] = [];
  #text: number[] | undefined;
  #isEscaped = false;
  /** The next string is a key. */
  #awaitsKey = false;
  #key: string | undefined;

  constructor(private readonly found: (model: string) => void) {}

  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#text) this.#inString(this.#text, byte);
      else this.#between(byte);
    }
  }

  #inString(text: number[], byte: number): void {
    if (byte === QUOTE && !this.#isEscaped) {
      this.#text = undefined;
      return this.#endString(text);
    }
    this.#isEscaped = byte === BACKSLASH && !this.#isEscaped;
    if (text.length < MAX_TEXT_BYTES) text.push(byte);
  }

  #endString(text: number[]): void {
    const place = this.#open.at(-1)?.place ?? ELSEWHERE;
    if (this.#awaitsKey) {
      this.#awaitsKey = false;
      this.#key = KEY_ON.has(place) ? decoded(text) : undefined;
    } else if (place === PARAMS && this.#key === KEY_ON.get(PARAMS)) {
      this.found(decoded(text));
    }
  }

  #between(byte: number): void {
    switch (byte) {
      case QUOTE:
        this.#text = [];
        return;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        this.#open.push({ isObject: byte === OPEN_BRACE, place: this.#placeOfNext(byte === OPEN_BRACE) });
        this.#awaitsKey = byte === OPEN_BRACE;
        return;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        this.#open.pop();
        this.#awaitsKey = false;
        return;
      case COMMA:
        this.#awaitsKey = this.#open.at(-1)?.isObject ?? false;
        return;
    }
  }

  #placeOfNext(isObject: boolean): number {
    const parent = this.#open.at(-1);
    if (!parent) return isObject ? REQUESTS : ELSEWHERE;
    if (parent.place === LIST) return isObject ? REQUEST : ELSEWHERE;
    if (parent.place === PARAMS || this.#key !== KEY_ON.get(parent.place)) return ELSEWHERE;
    if (parent.place === REQUESTS) return isObject ? ELSEWHERE : LIST;
    return parent.place === REQUEST && isObject ? PARAMS : ELSEWHERE;
  }
}

/** Keys and names may be written with escapes. */
function decoded(text: readonly number[]): string {
  const raw = Buffer.from(text).toString();
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}
