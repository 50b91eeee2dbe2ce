import { concat } from '../../../engine/bytes';
import { isObject } from '../../../engine/json';
import { lastEventEnd, withLastEventEnded } from '../../event-bytes';
import { encodeSse, eventJson, SseDecoder } from '../../sse-events';

const MESSAGE_STOP = encodeSse('message_stop', '{"type":"message_stop"}');

/** The bytes of a stream that lacks nothing but its `message_stop`, with one; a torn one is left out. */
export function withStop(bytes: Uint8Array): Uint8Array {
  const end = lastEventEnd(bytes);
  const rest = bytes.subarray(end);
  const decoder = new SseDecoder();
  const isTorn = [...decoder.push(rest), ...decoder.end()].every((event) => !isObject(eventJson(event)));
  return concat([isTorn ? bytes.subarray(0, end) : withLastEventEnded(bytes), MESSAGE_STOP]);
}
