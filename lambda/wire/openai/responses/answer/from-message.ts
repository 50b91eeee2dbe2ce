import { isObject, type JsonObject } from '../../../../engine/json';
import type { AskedResponse } from '../request/to-messages';
import { ResponseWriter } from './response-writer';

/** A Message as a Response: what its stream would have come to. */
export function fromMessage(message: JsonObject, asked: AskedResponse, created: number): JsonObject {
  const writer = new ResponseWriter(asked, created);
  for (const event of eventsOf(message)) writer.write(event);
  return writer.response;
}

function* eventsOf(message: JsonObject): Generator<JsonObject> {
  const { content, stop_reason, stop_details, usage } = message;
  yield { type: 'message_start', message };
  for (const block of Array.isArray(content) ? content.filter(isObject) : []) {
    yield { type: 'content_block_start', content_block: startOf(block) };
    for (const delta of deltasOf(block)) yield { type: 'content_block_delta', delta };
  }
  yield { type: 'message_delta', delta: { stop_reason, stop_details }, usage };
  yield { type: 'message_stop' };
}

const startOf = (block: JsonObject): JsonObject =>
  block['type'] === 'redacted_thinking' ? block : { ...block, text: '', thinking: '', input: {} };

function deltasOf({ type, text, thinking, signature, input }: JsonObject): readonly JsonObject[] {
  switch (type) {
    case 'text':
      return [{ type: 'text_delta', text }];
    case 'thinking':
      return [
        { type: 'thinking_delta', thinking },
        { type: 'signature_delta', signature },
      ];
    case 'tool_use':
      return [{ type: 'input_json_delta', partial_json: JSON.stringify(input ?? {}) }];
    default:
      return [];
  }
}
