export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Reads to the end; throws past the limit. */
export async function readAll(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit) throw new RangeError(`the answer is larger than ${limit} bytes`);
    parts.push(part);
  }
  return concat(parts);
}

const LF = 10;
const CR = 13;

/** Index after the last complete SSE event in the bytes (its empty line), or 0. */
export function lastEventEnd(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(LF); at > 0; at = bytes.lastIndexOf(LF, at - 1)) {
    if (bytes[at - 1] === LF || (bytes[at - 1] === CR && bytes[at - 2] === LF)) return at + 1;
  }
  return 0;
}

/** Clients drop an event without its empty line, and a complete answer may have come without the last one. */
export function withLastEventEnded(bytes: Uint8Array): Uint8Array {
  if (lastEventEnd(bytes) === bytes.length) return bytes;
  // One of its two line ends may be there.
  return concat([bytes, bytes.at(-1) === LF ? Uint8Array.of(LF) : Uint8Array.of(LF, LF)]);
}
