import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, endOfString, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-bytes';

const utf8 = new TextDecoder();

/**
 * A key that an object has twice, anywhere in a JSON text that was parsed before. Parsers do not agree on which of the two counts: what is
 * checked here need not be what a host reads.
 */
export function repeatedKey(json: Uint8Array): string | undefined {
  // One set for each open object, none for a list.
  const open: (Set<string> | undefined)[] = [];
  let awaitsKey = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) {
      const end = endOfString(json, at);
      const keys = open.at(-1);
      if (awaitsKey && keys) {
        const key = String(JSON.parse(utf8.decode(json.subarray(at, end + 1))));
        if (keys.has(key)) return key;
        keys.add(key);
        awaitsKey = false;
      }
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      open.push(byte === OPEN_BRACE ? new Set() : undefined);
      awaitsKey = byte === OPEN_BRACE;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      open.pop();
      awaitsKey = false;
    } else if (byte === COMMA) awaitsKey = open.at(-1) !== undefined;
    else if (byte === COLON) awaitsKey = false;
  }
  return undefined;
}
