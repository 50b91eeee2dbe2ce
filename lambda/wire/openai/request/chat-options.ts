import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { BodyFields } from '../../../engine/host';
import { isObject, textOf } from '../../../engine/json';
import type { ChatDialectTraits } from '../chat-traits';
import { chatTools, toolChoice } from './chat-tools';
import { reasoningEffort } from './effort';
import { isStrictSchema } from './strict-schema';

export type ChatFields = Partial<ChatCompletionCreateParamsStreaming>;

export interface Asked {
  readonly body: BodyFields;
  readonly traits: ChatDialectTraits;
  readonly dropped: Set<string>;
}

type Option = (value: unknown, asked: Asked) => ChatFields;

/** Longer ones are refused, and the beginning of an id tells users apart as well. */
const MAX_USER_LENGTH = 64;

/** What becomes of each field of a request for a Message; what is not here has no place in this wire. */
export const CHAT_OPTIONS: ReadonlyMap<string, Option> = new Map<string, Option>([
  ['max_tokens', maxTokens],
  ['temperature', sampling('temperature')],
  ['top_p', sampling('top_p')],
  ['stop_sequences', stopSequences],
  ['metadata', userId],
  ['tools', chatTools],
  ['tool_choice', toolChoice],
  ['thinking', reasoningEffort],
  ['output_config', outputConfig],
  ['output_format', responseFormat],
]);

function maxTokens(value: unknown, { traits, dropped }: Asked): ChatFields {
  const { maxTokensField, maxTokens: most } = traits;
  if (most === undefined || typeof value !== 'number' || value <= most) return { [maxTokensField]: value };
  dropped.add('max_tokens');
  return { [maxTokensField]: most };
}

function sampling(field: 'temperature' | 'top_p'): Option {
  return (value, { traits, dropped }) => {
    if (traits.takes.temperature) return { [field]: value };
    dropped.add(field);
    return {};
  };
}

function stopSequences(value: unknown, { traits, dropped }: Asked): ChatFields {
  const sequences: string[] = Array.isArray(value) ? value : [];
  const stop = sequences.slice(0, traits.takes.stop);
  if (stop.length < sequences.length) dropped.add('stop_sequences');
  return stop.length > 0 ? { stop } : {};
}

function userId(value: unknown, { traits, dropped }: Asked): ChatFields {
  const id = isObject(value) ? textOf(value['user_id']) : undefined;
  const { userField } = traits.takes;
  if (id !== undefined && userField !== undefined) return { [userField]: id.slice(0, MAX_USER_LENGTH) };
  dropped.add('metadata');
  return {};
}

function outputConfig(value: unknown, asked: Asked): ChatFields {
  const { format, effort, ...rest } = isObject(value) ? value : {};
  for (const field of Object.keys(rest)) asked.dropped.add(`output_config.${field}`);
  return {
    ...(format != null && responseFormat(format, asked)),
    ...(effort != null && reasoningEffort(effort, asked)),
  };
}

/** Held to it only where the schema is one that this wire can hold to; else it is as much as a wish. */
function responseFormat(value: unknown, { dropped }: Asked): ChatFields {
  const schema = isObject(value) && isObject(value['schema']) ? value['schema'] : {};
  const strict = isStrictSchema(schema);
  if (!strict) dropped.add('output_config.format.strict');
  return { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict } } };
}
