import { isObject } from '../../../../engine/json';
import { eventJson, SseDecoder } from '../../../sse-events';
import { ChunkWriter } from './chunk-writer';

const utf8 = new TextEncoder();

/** The stream of a Message as that of a Chat Completion; it ends, or breaks off, as that one does. */
export async function* fromMessageStream(
  body: AsyncIterable<Uint8Array>,
  includeUsage: boolean,
  created: number,
): AsyncGenerator<Uint8Array> {
  const decoder = new SseDecoder();
  const writer = new ChunkWriter(includeUsage, created);
  for await (const bytes of body) {
    const text = decoder
      .push(bytes)
      .map(eventJson)
      .filter(isObject)
      .map((event) => writer.write(event))
      .join('');
    if (text !== '') yield utf8.encode(text);
  }
}
