import type { BodyFields } from '../../engine/host';
import type { JsonObject } from '../../engine/json';
import type { ChatDialectTraits } from './chat-traits';
import { chatMessages } from './request/chat-messages';
import { CHAT_OPTIONS } from './request/chat-options';

export type { ChatDialectTraits } from './chat-traits';
export { cannotCarry } from './request/cannot-carry';

export interface ChatRequest {
  readonly body: JsonObject;
  /** Fields of the request that the answer does without. */
  readonly dropped: readonly string[];
}

/** Written anew below, or by us. */
const CARRIED_BY_ITSELF: ReadonlySet<string> = new Set(['model', 'messages', 'system', 'stream']);

/** A request for a Message as one for a Chat Completion, always as a stream. What has no place in it is named. */
export function toChatRequest(body: BodyFields, model: string, traits: ChatDialectTraits): ChatRequest {
  const dropped = new Set<string>();
  const request: JsonObject = {
    model,
    messages: chatMessages(body, traits, dropped),
    stream: true,
    ...(!traits.countsUnasked && { stream_options: { include_usage: true } }),
  };
  for (const [field, value] of Object.entries(body)) {
    if (value == null || CARRIED_BY_ITSELF.has(field)) continue;
    const option = CHAT_OPTIONS.get(field);
    if (option === undefined) dropped.add(field);
    else Object.assign(request, option(value, { body, traits, dropped }));
  }
  return { body: request, dropped: [...dropped] };
}
