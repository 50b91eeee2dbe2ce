import { OPEN_BRACE } from '../wire/json-bytes';
import { membersOf } from '../wire/json-members';

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
  const found = membersOf(json).members.findLast(({ key }) => key === field);
  return found && trim(json, found.valueStart, found.end);
}

function trim(json: Uint8Array, start: number, end: number): Place {
  const isBlank = (at: number): boolean => (json[at] ?? 0) <= 0x20;
  while (isBlank(start)) start += 1;
  while (isBlank(end - 1)) end -= 1;
  return { start, end };
}
