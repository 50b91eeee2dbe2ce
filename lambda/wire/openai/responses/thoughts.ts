import { isObject, parseJson, textOf, type JsonObject } from '../../../engine/json';

/**
 * Claude's thinking goes back to it only with its signature, for which OpenAI's wire has one place: what a model alone can
 * read, `encrypted_content`, which clients give back as it came.
 */
const OURS = 'claude:';
const TYPES: readonly unknown[] = ['thinking', 'redacted_thinking'];

export const carried = (block: JsonObject): string => OURS + JSON.stringify(block);

/** The block again; undefined for what another model has thought. */
export function thoughtIn(item: JsonObject): JsonObject | undefined {
  const text = textOf(item['encrypted_content']);
  const block = text?.startsWith(OURS) ? parseJson(text.slice(OURS.length)) : undefined;
  return isObject(block) && TYPES.includes(block['type']) ? block : undefined;
}
