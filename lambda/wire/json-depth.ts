import { CLOSE_BRACE, endOfString, OPEN_BRACE, QUOTE } from './json-bytes';

/** Whether JSON text nests deeper than `limit`: whoever writes it anew would run out of stack. Text inside strings is skipped. */
export function isDeeperThan(json: Uint8Array, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (byte === QUOTE) {
      at = endOfString(json, at);
      // `{` and `[` differ in one bit from each other, as do `}` and `]`.
    } else if ((byte | 0x20) === OPEN_BRACE) {
      if (++depth > limit) return true;
    } else if ((byte | 0x20) === CLOSE_BRACE) depth -= 1;
  }
  return false;
}
