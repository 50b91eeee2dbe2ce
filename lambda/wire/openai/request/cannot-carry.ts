import type { BodyFields } from '../../../engine/host';
import { isObject, textOf, type JsonObject } from '../../../engine/json';
import { requiredFeatures, type Feature } from '../../anthropic/request/features';
import type { MessagesBody } from '../../anthropic/request/message-request';
import type { ChatDialectTraits } from '../chat-traits';

/** Features of Claude's hosts that this wire has too, or that say nothing of the answer. Geographies are the host's to know. */
const CARRIED: ReadonlySet<Feature> = new Set<Feature>([
  'structured_outputs',
  'mid_conversation_system',
  'tool_reference',
  'url_source',
  'user_profile',
  'billing_policy',
  'fallback_credit',
  'server_side_fallback_history',
]);

/** The wire's own limit. */
const MAX_TOOL_NAME = 64;

/** What of a request would be lost in this wire, and with it the request's point; undefined where nothing is. */
export function cannotCarry(body: BodyFields, traits: ChatDialectTraits): string | undefined {
  const features = requiredFeatures(body as MessagesBody, {});
  return (
    features.find((feature) => !CARRIED.has(feature) && !feature.startsWith('inference_geo=')) ??
    lostByFields(body, traits) ??
    firstOf(body['tools'], lostTool) ??
    firstOf(body['messages'], (message) => firstOf(message['content'], (block) => lostBlock(block, traits)))
  );
}

function lostByFields(body: BodyFields, { takes }: ChatDialectTraits): string | undefined {
  const { tool_choice: choice, output_config: config, messages } = body;
  if (isObject(choice) && (choice['type'] === 'any' || choice['type'] === 'tool') && !takes.forcedTool) {
    return 'forced_tool';
  }
  const hasFormat = body['output_format'] != null || (isObject(config) && config['format'] != null);
  if (hasFormat && !takes.jsonSchema) return 'structured_outputs';
  // Claude goes on with an answer that has begun; others begin anew.
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  return isObject(last) && last['role'] === 'assistant' ? 'prefill' : undefined;
}

/** Tools without a schema are known to Claude alone. */
function lostTool({ type, name }: JsonObject): string | undefined {
  if (type !== undefined && type !== 'custom') return 'anthropic_tool';
  return (textOf(name) ?? '').length > MAX_TOOL_NAME ? 'long_tool_name' : undefined;
}

const WITHOUT_LOSS: ReadonlySet<unknown> = new Set([
  'text',
  'image',
  'document',
  'search_result',
  'tool_use',
  'tool_result',
  'tool_reference',
  'thinking',
  'redacted_thinking',
  'fallback',
]);

function lostBlock(block: JsonObject, traits: ChatDialectTraits): string | undefined {
  const { type, source, citations, content } = block;
  if (!WITHOUT_LOSS.has(type)) return 'unknown_block';
  if (isObject(citations) && citations['enabled'] === true) return 'citations';
  const from = isObject(source) ? source : {};
  if (type === 'image' && !traits.takes.images) return 'images';
  if (type === 'document' && from['type'] === 'url') return 'url_source';
  if (type === 'document' && from['type'] === 'base64' && !traits.takes.pdf) return 'pdf';
  const inner = (each: JsonObject): string | undefined => lostBlock(each, traits);
  return firstOf(content, inner) ?? firstOf(from['content'], inner);
}

function firstOf(list: unknown, find: (item: JsonObject) => string | undefined): string | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const item of list) {
    const found = isObject(item) ? find(item) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
