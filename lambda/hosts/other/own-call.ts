import type { HostCall } from '../../engine/host';
import { withoutForeignThinking } from '../../wire/anthropic/request/foreign-thinking';

/** The call without what another model has left in the conversation; the same where there is nothing. */
export function ownCall(call: HostCall): HostCall {
  const body = withoutForeignThinking(call.body);
  return body === call.body ? call : { ...call, body, bytes: Buffer.from(JSON.stringify(body)) };
}
