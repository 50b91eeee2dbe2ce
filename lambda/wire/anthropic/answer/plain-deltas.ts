const TEXT = String.raw`"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\x00-\x1f]*)*"`;
const DELTA = String.raw`\{"type":"content_block_delta","index":(?:0|[1-9]\d*),"delta":\{"type":"\w+","\w+":${TEXT}\}[ \t]*\}`;
const DATA = new RegExp(`^${DELTA}$`);
const EVENTS = new RegExp(String.raw`(?:event: content_block_delta\ndata: ${DELTA}\n\n)*`, 'y');

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Patterns keep a stack, which a long text of escapes would overflow. */
const MAX_LENGTH = 256 * 1024;

/** The data of an event is a delta of one text, well formed: seen in a fraction of the time that it takes to parse it. */
export function isPlainDelta(data: string): boolean {
  return data.length <= MAX_LENGTH && DATA.test(data);
}

/**
 * Where in whole events, from a place between two of them, those end that are plain deltas: nearly all of a long answer.
 * Beside other letters than ASCII's places in text and bytes differ; there it is all of the events or none.
 */
export function plainDeltas(events: Uint8Array): (from: number) => number {
  if (events.length > MAX_LENGTH) return (from) => from;
  const text = decoder.decode(events);
  const endFrom = (from: number): number => {
    EVENTS.lastIndex = from;
    EVENTS.test(text);
    return EVENTS.lastIndex;
  };
  if (text.length === events.length) return endFrom;
  const isPlain = endFrom(0) === text.length;
  return (from) => (isPlain ? events.length : from);
}
