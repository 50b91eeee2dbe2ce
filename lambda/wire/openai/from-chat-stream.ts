import { PING } from '../anthropic/answer/ping';
import { isObject, parseJson } from '../../engine/json';
import { SseDecoder } from '../sse-events';
import { ChatTranslation, type Asked } from './answer/chat-translation';

const utf8 = new TextEncoder();

/**
 * The stream of a Chat Completion as that of a Message. A stream that is cut stays cut: nothing follows, least of all
 * `message_stop`. An error in it becomes an `error` event with the server's own error in it.
 */
export async function* fromChatStream(chunks: AsyncIterable<Uint8Array>, asked: Asked): AsyncGenerator<Uint8Array> {
  const decoder = new SseDecoder();
  const translation = new ChatTranslation(asked);
  try {
    for await (const chunk of chunks) {
      // What follows is read for the connection's sake: whoever reads it to its end can use it again.
      if (translation.hasEnded) continue;
      for (const { data } of decoder.push(chunk)) translation.read(data);
      const events = translation.take();
      // Comments, and thinking that nobody asked for: the model is at work.
      yield events === '' ? PING : utf8.encode(events);
    }
  } catch (error) {
    // What breaks after the last word has harmed nothing.
    if (!translation.hasFinished) throw error;
  }
  if (translation.hasEnded) return;
  for (const { data } of decoder.end()) if (isObject(parseJson(data))) translation.read(data);
  translation.end();
  const events = translation.take();
  if (events !== '') yield utf8.encode(events);
}
