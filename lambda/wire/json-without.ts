import { concat } from '../engine/bytes';
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, endOfString, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-bytes';

const SEPARATOR = Uint8Array.of(COMMA);
const utf8 = new TextDecoder();

interface Member {
  readonly key: string;
  /** Its bytes, with the blanks around them. */
  readonly bytes: Uint8Array;
}

/** The same JSON object without a top-level field, however often it is there; every byte of the others as it was. */
export function withoutField(json: Uint8Array, field: string): Uint8Array {
  const open = json.indexOf(OPEN_BRACE);
  const { members, end } = membersOf(json, open);
  const kept = members.filter(({ key }) => key !== field).flatMap(({ bytes }) => [SEPARATOR, bytes]);
  return concat([json.subarray(0, open + 1), ...kept.slice(1), json.subarray(end)]);
}

function membersOf(json: Uint8Array, open: number): { members: readonly Member[]; end: number } {
  const members: Member[] = [];
  let depth = 1;
  let key: string | undefined;
  let start = open + 1;
  for (let at = start; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) {
      const end = endOfString(json, at);
      // A key may be written with escapes.
      if (depth === 1) key ??= String(JSON.parse(utf8.decode(json.subarray(at, end + 1))));
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    if (depth === 0 || (depth === 1 && byte === COMMA)) {
      if (key !== undefined) members.push({ key, bytes: json.subarray(start, at) });
      if (depth === 0) return { members, end: at };
      key = undefined;
      start = at + 1;
    }
  }
  return { members, end: json.length };
}
