import type { Usage } from '../../../engine/answer';
import { isObject, type JsonObject } from '../../../engine/json';

/** Anthropic's own counters; those that do not apply are left out, so that one spread over another adds up. */
export function counters(usage: unknown): Usage | undefined {
  if (!isObject(usage)) return undefined;
  const present: JsonObject = {};
  for (const [name, value] of Object.entries(usage)) if (value !== null) present[name] = value;
  return present;
}
