import type { JsonObject } from '../../../../engine/json';
import { parseModelBody } from '../../../anthropic/request/message-request';
import type { DoorModel } from '../../door/request/asked';
import { markForCache } from '../../door/request/caching';
import type { CalledTools } from '../tool-kinds';
import { toConversation } from './input';
import { toOptions } from './options';
import { askedTools } from './tools';

/** A Responses request in Anthropic's words, with what has to be known of it for the answer. */
export interface AskedResponse {
  readonly bytes: Uint8Array;
  readonly stream: boolean;
  readonly dropped: readonly string[];
  /** By Claude's names for them. */
  readonly tools: CalledTools;
  /** As its client sent it: an answer repeats part of that. */
  readonly body: JsonObject;
}

/** Throws `InvalidRequest` for what Claude cannot do, or this gateway does not keep. */
export function toAskedResponse(
  bytes: Uint8Array,
  modelOf: (name: string) => DoorModel,
  isCached: boolean,
): AskedResponse {
  const body = parseModelBody(bytes, null);
  const dropped = new Set<string>();
  const tools = askedTools(body['tools'], dropped);
  const options = toOptions(body, modelOf(body.model), tools, dropped);
  const conversation = toConversation(body, dropped);
  if (isCached) markForCache(conversation);
  const { system, turns } = conversation;
  const fields = { model: body.model, ...(system.length > 0 && { system }), messages: turns, ...options };
  return {
    bytes: new TextEncoder().encode(JSON.stringify(fields)),
    stream: body.stream === true,
    dropped: [...dropped],
    tools: tools.called,
    body,
  };
}
