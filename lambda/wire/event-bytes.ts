import { concat } from '../engine/bytes';

const LF = 10;
const CR = 13;

/** The line feed at `at` ends an empty line. */
function endsEmptyLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at - 1] === LF || (bytes[at - 1] === CR && bytes[at - 2] === LF);
}

/** Index after the last complete SSE event in the bytes (its empty line), or 0. */
export function lastEventEnd(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(LF); at > 0; at = bytes.lastIndexOf(LF, at - 1)) {
    if (endsEmptyLine(bytes, at)) return at + 1;
  }
  return 0;
}

/** Index after the event that begins at `start`, with its empty line; the end of the bytes where that one is missing. */
export function firstEventEnd(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(LF, start + 1); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (endsEmptyLine(bytes, at)) return at + 1;
  }
  return bytes.length;
}

/** The bytes end with the empty line of an event. */
export function endsWithEvent(bytes: Uint8Array): boolean {
  return bytes.at(-1) === LF && endsEmptyLine(bytes, bytes.length - 1);
}

/** Clients drop an event without its empty line, and a complete answer may have come without the last one. */
export function withLastEventEnded(bytes: Uint8Array): Uint8Array {
  if (lastEventEnd(bytes) === bytes.length) return bytes;
  // One of its two line ends may be there.
  return concat([bytes, bytes.at(-1) === LF ? Uint8Array.of(LF) : Uint8Array.of(LF, LF)]);
}
