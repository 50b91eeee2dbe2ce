/** How much of an answer's text has been given away. */
export interface Delivered {
  letters: number;
}

const DELTA = 'event: content_block_delta\n';
const END = '\n\n';
/** What stands around the text of one. */
const AROUND = `${DELTA}data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""}}`.length;

/** The same bytes. `over`: once nobody reads on. */
export async function* countedBody(
  body: AsyncIterable<Uint8Array>,
  delivered: Delivered,
  over: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      delivered.letters += lettersIn(chunk);
      yield chunk;
    }
  } finally {
    over();
  }
}

/** Of whole events. */
function lettersIn(chunk: Uint8Array): number {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  let letters = 0;
  for (let at = bytes.indexOf(DELTA); at >= 0; at = bytes.indexOf(DELTA, at + AROUND)) {
    const end = bytes.indexOf(END, at);
    letters += Math.max(0, (end < 0 ? bytes.length : end) - at - AROUND);
  }
  return letters;
}
