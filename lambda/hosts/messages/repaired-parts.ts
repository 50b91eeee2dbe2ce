import { isObject, type JsonObject } from '../../engine/json';
import { FOREIGN_SIGNATURE, foreignId } from '../../wire/anthropic/request/foreign-marks';

export const isOf = (block: unknown, type: string): block is JsonObject => isObject(block) && block['type'] === type;

/** So that the block is known for another model's when it comes back. */
export function marked(block: unknown): unknown {
  if (isOf(block, 'thinking')) return { ...block, signature: FOREIGN_SIGNATURE };
  if (!isOf(block, 'tool_use')) return block;
  const name = String(block['id'])
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '');
  // llama.cpp begins a call without one.
  return { ...block, id: foreignId(name, undefined), input: block['input'] ?? {} };
}

/** What is there, and is a number. */
export function counted(usage: unknown): JsonObject {
  const given = isObject(usage) ? usage : {};
  return { ...given, output_tokens: typeof given['output_tokens'] === 'number' ? given['output_tokens'] : 0 };
}

/** llama.cpp names the sequence that it has stopped at, and calls it the end of the turn. */
export function stopped({ stop_reason: reason, stop_sequence: sequence }: JsonObject): JsonObject {
  return reason === 'end_turn' && typeof sequence === 'string' ? { stop_reason: 'stop_sequence' } : {};
}
