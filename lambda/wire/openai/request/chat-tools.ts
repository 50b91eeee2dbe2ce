import type { ChatCompletionFunctionTool, ChatCompletionToolChoiceOption } from 'openai/resources/chat/completions';
import { isObject, textOf, type JsonObject } from '../../../engine/json';
import type { Asked, ChatFields } from './chat-options';
import { isStrictSchema } from './strict-schema';

/** Fields of a tool that are carried, or say nothing: a custom tool is what all tools are here. */
const CARRIED: ReadonlySet<string> = new Set(['name', 'description', 'input_schema', 'strict', 'type']);

export function chatTools(value: unknown, asked: Asked): ChatFields {
  const tools = Array.isArray(value) ? value.filter(isObject).map((tool) => chatTool(tool, asked)) : [];
  return tools.length > 0 ? { tools } : {};
}

function chatTool(tool: JsonObject, { traits, dropped }: Asked): ChatCompletionFunctionTool {
  for (const [field, value] of Object.entries(tool)) {
    if (value != null && value !== false && !CARRIED.has(field)) dropped.add(`tools.*.${field}`);
  }
  const parameters = parametersOf(tool['input_schema']);
  const strict = tool['strict'] === true && traits.takes.strictTools && isStrictSchema(parameters);
  if (tool['strict'] === true && !strict) dropped.add('tools.*.strict');
  const description = textOf(tool['description']);
  return {
    type: 'function',
    function: {
      name: textOf(tool['name']) ?? '',
      ...(description !== undefined && { description }),
      parameters,
      ...(strict && { strict }),
    },
  };
}

/** Servers refuse an object schema without properties, and some the name of the schema's dialect. */
function parametersOf(schema: unknown): JsonObject {
  const { $schema: _dialect, ...fields } = isObject(schema) ? schema : {};
  return { type: 'object', properties: {}, ...fields };
}

const CHOICES: Readonly<Record<string, ChatCompletionToolChoiceOption>> = {
  auto: 'auto',
  any: 'required',
  none: 'none',
};

export function toolChoice(value: unknown, { body, traits, dropped }: Asked): ChatFields {
  // Either field is refused without tools.
  if (!isObject(value) || !Array.isArray(body['tools']) || body['tools'].length === 0) return {};
  const { type, name, disable_parallel_tool_use: oneAtATime } = value;
  const choice = type === 'tool' ? { type: 'function' as const, function: { name: textOf(name) ?? '' } } : undefined;
  const tool_choice = choice ?? CHOICES[String(type)] ?? 'auto';
  if (oneAtATime !== true) return { tool_choice };
  if (traits.takes.parallelToolCalls) return { tool_choice, parallel_tool_calls: false };
  dropped.add('tool_choice.disable_parallel_tool_use');
  return { tool_choice };
}
