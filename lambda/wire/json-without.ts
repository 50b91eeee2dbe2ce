import { concat } from '../engine/bytes';
import { COMMA } from './json-bytes';
import { membersOf } from './json-members';

const SEPARATOR = Uint8Array.of(COMMA);

/** The same JSON object without a top-level field, however often it is there; every byte of the others as it was. */
export function withoutField(json: Uint8Array, field: string): Uint8Array {
  const { members, start, end } = membersOf(json);
  const kept = members
    .filter(({ key }) => key !== field)
    .flatMap((member) => [SEPARATOR, json.subarray(member.start, member.end)]);
  return concat([json.subarray(0, start), ...kept.slice(1), json.subarray(end)]);
}
