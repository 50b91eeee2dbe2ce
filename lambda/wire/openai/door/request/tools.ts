import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import type { AskedOfDoor } from './asked';
import { refuse } from './refuse';

/** `tools`, `tool_choice` and `parallel_tool_calls`. */
export function toTools(asked: AskedOfDoor): JsonObject {
  const { tools } = asked.body;
  if (tools === undefined || tools === null) return {};
  if (!Array.isArray(tools)) return refuse('tools', 'it must be an array');
  if (tools.length === 0) return {};
  const choice = toolChoice(asked.body);
  return {
    tools: tools.map((tool: unknown, index) => toTool(tool, `tools[${index}]`, asked)),
    ...(choice && { tool_choice: choice }),
  };
}

function toTool(tool: unknown, path: string, { model, dropped }: AskedOfDoor): JsonObject {
  if (!isObject(tool) || tool['type'] !== 'function' || !isObject(tool['function'])) {
    return refuse(`${path}.type`, "it must be 'function', with the function; this gateway takes no other tools");
  }
  const { name, description, parameters, strict } = tool['function'];
  const isStrict = strict === true && model.structuredOutputs;
  if (strict === true && !isStrict) dropped.add('tools.*.strict');
  return {
    name,
    ...(textOf(description) && { description }),
    input_schema: isObject(parameters) ? parameters : { type: 'object', properties: {} },
    ...(isStrict && { strict }),
  };
}

const CHOICES: Readonly<Record<string, string>> = { auto: 'auto', required: 'any', none: 'none' };

function toolChoice({ tool_choice: wanted, parallel_tool_calls: parallel }: JsonObject): JsonObject | undefined {
  const choice = wanted === undefined || wanted === null ? undefined : choiceOf(wanted);
  if (parallel !== false || choice?.['type'] === 'none') return choice;
  return { ...(choice ?? { type: 'auto' }), disable_parallel_tool_use: true };
}

function choiceOf(wanted: unknown): JsonObject {
  const type = typeof wanted === 'string' && Object.hasOwn(CHOICES, wanted) ? CHOICES[wanted] : undefined;
  if (type !== undefined) return { type };
  const name = isObject(wanted) && isObject(wanted['function']) ? wanted['function']['name'] : undefined;
  if (typeof name === 'string') return { type: 'tool', name };
  return refuse('tool_choice', 'it must be one of auto, required, none, or name a function');
}
