import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, endOfString, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-bytes';

/** A member of a JSON object by its places, which include the blanks around it. */
export interface Member {
  readonly key: string;
  readonly start: number;
  /** Behind the colon. */
  readonly valueStart: number;
  readonly end: number;
}

export interface Members {
  readonly members: readonly Member[];
  /** Behind the brace that opens the object. */
  readonly start: number;
  /** Of the brace that closes it. */
  readonly end: number;
}

const utf8 = new TextDecoder();

/** The members of the object that a JSON text is, in its order. A text that was parsed before: nothing is checked. */
export function membersOf(json: Uint8Array): Members {
  const members: Member[] = [];
  const first = json.indexOf(OPEN_BRACE) + 1;
  let depth = 1;
  let key: string | undefined;
  let [start, valueStart] = [first, first];
  for (let at = first; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) {
      const end = endOfString(json, at);
      // A key may be written with escapes.
      if (depth === 1) key ??= String(JSON.parse(utf8.decode(json.subarray(at, end + 1))));
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    else if (depth === 1 && byte === COLON) valueStart = at + 1;
    if (depth === 0 || (depth === 1 && byte === COMMA)) {
      if (key !== undefined) members.push({ key, start, valueStart, end: at });
      if (depth === 0) return { members, start: first, end: at };
      key = undefined;
      start = at + 1;
    }
  }
  return { members, start: first, end: json.length };
}
