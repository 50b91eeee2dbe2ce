import { readAll } from '../../engine/bytes';
import { isObject, parseJson, type JsonObject } from '../../engine/json';
import { MAX_HELD_BYTES } from '../../wire/anthropic/answer/whole-answer';
import { FOREIGN_SIGNATURE } from '../../wire/anthropic/request/foreign-thinking';
import { encodeSse, eventJson, SseDecoder, type SseEvent } from '../../wire/sse-events';
import type { WireAnswer } from '../transport/transport';

/** The answer with what clients need of it: counters, which SDKs add up unasked, and thinking that Claude is never to be shown. */
export function repaired(answer: WireAnswer): WireAnswer {
  const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
  return { ...answer, body: isStream ? repairedStream(answer.body) : repairedMessage(answer.body) };
}

async function* repairedMessage(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = await readAll(body, MAX_HELD_BYTES);
  const message = parseJson(new TextDecoder().decode(bytes));
  if (!isObject(message) || !Array.isArray(message['content'])) return yield bytes;
  const content = message['content'].map((block: unknown) => (isThinking(block) ? marked(block) : block));
  yield Buffer.from(JSON.stringify({ ...message, content, usage: counted(message['usage']) }));
}

async function* repairedStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new SseDecoder();
  const state = { thinks: false };
  for await (const chunk of body)
    yield Buffer.concat(decoder.push(chunk).flatMap((event) => repairedEvent(event, state)));
  // An event without its empty line may be one that was cut: only what can be read is passed on.
  yield Buffer.concat(
    decoder
      .end()
      .filter((event) => isObject(eventJson(event)))
      .flatMap((event) => repairedEvent(event, state)),
  );
}

/** `thinks`: the block that is open is one of thinking. */
function repairedEvent(event: SseEvent, state: { thinks: boolean }): Uint8Array[] {
  const json = eventJson(event);
  const asIs = [encodeSse(event.event || typeOf(json), event.data)];
  if (!isObject(json)) return asIs;
  const { message, content_block: block, delta, usage } = json;
  switch (json['type']) {
    case 'message_start':
      return isObject(message)
        ? [written({ ...json, message: { ...message, usage: counted(message['usage']) } })]
        : asIs;
    case 'message_delta':
      return [written({ ...json, usage: counted(usage) })];
    case 'content_block_start':
      state.thinks = isThinking(block);
      return asIs;
    case 'content_block_delta':
      return isObject(delta) && delta['type'] === 'signature_delta' ? [] : asIs;
    case 'content_block_stop': {
      if (!state.thinks) return asIs;
      state.thinks = false;
      const signature = { type: 'signature_delta', signature: FOREIGN_SIGNATURE };
      return [written({ type: 'content_block_delta', index: json['index'], delta: signature }), ...asIs];
    }
    default:
      return asIs;
  }
}

const typeOf = (json: unknown): string =>
  isObject(json) && typeof json['type'] === 'string' ? json['type'] : 'message';
const written = (json: JsonObject): Uint8Array => encodeSse(typeOf(json), JSON.stringify(json));

const isThinking = (block: unknown): block is JsonObject => isObject(block) && block['type'] === 'thinking';
const marked = (block: JsonObject): JsonObject => ({ ...block, signature: FOREIGN_SIGNATURE });

/** What is there, and is a number. */
function counted(usage: unknown): JsonObject {
  const given = isObject(usage) ? usage : {};
  return { ...given, output_tokens: typeof given['output_tokens'] === 'number' ? given['output_tokens'] : 0 };
}
