import { concat } from '../../../engine/bytes';
import { isObject } from '../../../engine/json';
import { lastEventEnd } from '../../event-bytes';
import { encodeSse, eventJson, eventType, SseDecoder } from '../../sse-events';

const MESSAGE_STOP = encodeSse('message_stop', '{"type":"message_stop"}');

/** The bytes of a stream that lacks nothing but its `message_stop`, with one; what is torn is left out. */
export function withStop(bytes: Uint8Array): Uint8Array {
  const end = lastEventEnd(bytes);
  const decoder = new SseDecoder();
  const last = [...decoder.push(bytes.subarray(end)), ...decoder.end()]
    .filter((event) => isObject(eventJson(event)))
    .map((event) => encodeSse(eventType(event), event.data));
  return concat([bytes.subarray(0, end), ...last, MESSAGE_STOP]);
}
