import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfString,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../wire/json-bytes';

/**
 * The same JSON object with one top-level field set, every other byte as it was: a body written anew would have
 * another prompt cache key. Whether the field is there is known from the parsed body; where, is searched for.
 */
export function setTopLevelField(
  json: Uint8Array,
  field: string,
  value: boolean | string,
  isThere: boolean,
): Uint8Array {
  const written = JSON.stringify(value);
  const place = isThere ? findValue(json, field) : undefined;
  if (place !== undefined) return splice(json, place.start, place.end, written);
  const inside = json.indexOf(OPEN_BRACE) + 1;
  return splice(json, inside, inside, `${JSON.stringify(field)}:${written},`);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function splice(json: Uint8Array, start: number, end: number, text: string): Uint8Array {
  const inserted = Buffer.byteLength(text);
  const spliced = Buffer.allocUnsafe(json.length - (end - start) + inserted);
  spliced.set(json.subarray(0, start));
  spliced.write(text, start);
  spliced.set(json.subarray(end), start + inserted);
  return spliced;
}

/** The value's place. Of a repeated field the last one, which is the one parsers take. */
function findValue(json: Uint8Array, field: string): Place | undefined {
  let found: Place | undefined;
  let depth = 0;
  let key: string | undefined;
  let valueStart = -1;
  const endValue = (end: number): void => {
    if (key === field) found = trim(json, valueStart, end);
    key = undefined;
    valueStart = -1;
  };
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) {
      const end = endOfString(json, at);
      if (depth === 1 && valueStart < 0) key = stringAt(json, at, end);
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) endValue(at);
    } else if (depth === 1 && byte === COLON) {
      valueStart = at + 1;
    } else if (depth === 1 && byte === COMMA) {
      endValue(at);
    }
  }
  return found;
}

/** Parsed, since a key may be written with escapes. */
function stringAt(json: Uint8Array, start: number, end: number): string {
  return String(JSON.parse(Buffer.from(json.subarray(start, end + 1)).toString()));
}

function trim(json: Uint8Array, start: number, end: number): Place {
  const isBlank = (at: number): boolean => (json[at] ?? 0) <= 0x20;
  while (isBlank(start)) start += 1;
  while (isBlank(end - 1)) end -= 1;
  return { start, end };
}
