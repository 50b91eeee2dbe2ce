import { isObject, parseJson, textOf, type JsonObject } from '../../../../engine/json';
import { refuse } from './refuse';

/** Claude's hosts take no other characters in the id of a call, and conversations that began elsewhere have them. */
export const claudesId = (id: string): string => id.replace(/[^a-zA-Z0-9_-]/g, '_');

/** The calls of an earlier answer, as blocks. */
export function callsOf(calls: unknown, path: string): readonly JsonObject[] {
  if (calls === undefined || calls === null) return [];
  if (!Array.isArray(calls)) return refuse(`${path}.tool_calls`, 'it must be an array');
  return calls.map((call: unknown, index) => {
    const at = `${path}.tool_calls[${index}]`;
    if (!isObject(call) || !isObject(call['function'])) return refuse(at, 'it must be a call of a function');
    const { name, arguments: text } = call['function'];
    const id = textOf(call['id']) ?? refuse(`${at}.id`, 'it must be a string');
    return { type: 'tool_use', id: claudesId(id), name, input: inputOf(text) };
  });
}

/** What is no JSON, a model has written: it is kept, as what it is. */
function inputOf(text: unknown): JsonObject {
  if (typeof text !== 'string' || text.trim() === '') return {};
  const input = parseJson(text);
  return isObject(input) ? input : { arguments: text };
}
