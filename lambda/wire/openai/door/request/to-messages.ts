import { isObject, type JsonObject } from '../../../../engine/json';
import { parseMessagesBody } from '../../../anthropic/request/message-request';
import type { DoorModel } from './asked';
import { markForCache } from './caching';
import { OPTIONS, unknownFields } from './options';
import { toTools } from './tools';
import { toTurns } from './turns';

/** A Chat Completions request in Anthropic's words, with what has to be known of it for the answer. */
export interface MessagesRequest {
  readonly bytes: Uint8Array;
  readonly stream: boolean;
  /** The client wants a last chunk with the usage. */
  readonly includeUsage: boolean;
  /** Fields of the client's that the answer does without. */
  readonly dropped: readonly string[];
}

/** Throws `InvalidRequest` for what Claude cannot do: an answer to less than was asked would be a wrong one. */
export function toMessagesRequest(
  bytes: Uint8Array,
  modelOf: (name: string) => DoorModel,
  isCached: boolean,
): MessagesRequest {
  // OpenAI's clients may write out at null what they leave open.
  const body = parseMessagesBody(bytes, null);
  const asked = { body, model: modelOf(body.model), dropped: new Set(unknownFields(body)) };
  const conversation = toTurns(body.messages);
  if (isCached) markForCache(conversation);
  const { system, turns } = conversation;
  const fields: JsonObject = {
    model: body.model,
    ...(system.length > 0 && { system }),
    messages: turns,
    ...toTools(asked),
  };
  for (const option of OPTIONS) Object.assign(fields, option(asked));
  const { stream_options: options } = body;
  return {
    bytes: new TextEncoder().encode(JSON.stringify(fields)),
    stream: body.stream === true,
    includeUsage: isObject(options) && options['include_usage'] === true,
    dropped: [...asked.dropped],
  };
}
