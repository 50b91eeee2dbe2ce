import { MalformedAnswer } from '../../engine/answer';
import { readAll } from '../../engine/bytes';
import { isObject, parseJson } from '../../engine/json';
import { MAX_HELD_BYTES } from '../anthropic/answer/whole-answer';
import { ChatTranslation, type Asked } from './answer/chat-translation';

/** The answer of a server that gives it whole, though it was asked for a stream, as the stream of a Message. */
export async function* fromChatAnswer(body: AsyncIterable<Uint8Array>, asked: Asked): AsyncGenerator<Uint8Array> {
  const answer = parseJson(new TextDecoder().decode(await readAll(body, MAX_HELD_BYTES)));
  if (!isObject(answer)) throw new MalformedAnswer('the host answered 200 with something that is not a JSON object');
  const translation = new ChatTranslation(asked);
  translation.readChunk(answer);
  translation.end();
  if (!translation.hasEnded) throw new MalformedAnswer('the host answered 200 with something that is not an answer');
  yield new TextEncoder().encode(translation.take());
}
