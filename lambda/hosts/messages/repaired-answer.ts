import { readAll } from '../../engine/bytes';
import { isObject, parseJson, type JsonObject } from '../../engine/json';
import { MAX_HELD_BYTES } from '../../wire/anthropic/answer/whole-answer';
import { FOREIGN_SIGNATURE, foreignId } from '../../wire/anthropic/request/foreign-marks';
import { encodeSse, eventJson, SseDecoder, type SseEvent } from '../../wire/sse-events';
import type { WireAnswer } from '../transport/exchange';

/** The answer with what clients need of it: counters, which SDKs add up unasked, and thinking that Claude is never to be shown. */
export function repaired(answer: WireAnswer): WireAnswer {
  const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
  return { ...answer, body: isStream ? repairedStream(answer.body) : repairedMessage(answer.body) };
}

async function* repairedMessage(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = await readAll(body, MAX_HELD_BYTES);
  const message = parseJson(new TextDecoder().decode(bytes));
  if (!isObject(message) || !Array.isArray(message['content'])) return yield bytes;
  const content = message['content'].map(marked);
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
      state.thinks = isOf(block, 'thinking');
      return isOf(block, 'tool_use') ? [written({ ...json, content_block: marked(block) })] : asIs;
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

const isOf = (block: unknown, type: string): block is JsonObject => isObject(block) && block['type'] === type;

/** So that the block is known for another model's when it comes back. */
function marked(block: unknown): unknown {
  if (isOf(block, 'thinking')) return { ...block, signature: FOREIGN_SIGNATURE };
  if (!isOf(block, 'tool_use')) return block;
  return {
    ...block,
    id: foreignId(
      String(block['id'])
        .toLowerCase()
        .replace(/[^0-9a-z]/g, ''),
      undefined,
    ),
  };
}

/** What is there, and is a number. */
function counted(usage: unknown): JsonObject {
  const given = isObject(usage) ? usage : {};
  return { ...given, output_tokens: typeof given['output_tokens'] === 'number' ? given['output_tokens'] : 0 };
}
