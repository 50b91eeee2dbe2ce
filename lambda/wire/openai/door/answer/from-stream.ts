import { isObject, type JsonObject } from '../../../../engine/json';
import { eventJson, SseDecoder } from '../../../sse-events';

const utf8 = new TextEncoder();

/** What writes the events of a Message in another wire. */
export interface EventWriter {
  write(event: JsonObject): string;
}

/** The stream of a Message in another wire; it ends, or breaks off, as that one does. */
export async function* fromMessageStream(
  body: AsyncIterable<Uint8Array>,
  writer: EventWriter,
): AsyncGenerator<Uint8Array> {
  const decoder = new SseDecoder();
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
