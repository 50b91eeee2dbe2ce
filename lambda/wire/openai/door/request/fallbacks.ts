import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import { refuse } from './refuse';

/** Models to go on to: as names, in LiteLLM's form, or as OpenRouter's `models`, which begins with the first. */
export function fallbacks({ fallbacks: given, models, model }: JsonObject): JsonObject {
  const [field, entries] = given === undefined || given === null ? ['models', models] : ['fallbacks', given];
  if (entries === undefined || entries === null) return {};
  if (!Array.isArray(entries)) return refuse(field, 'it must be an array of models');
  const names = entries.map((entry: unknown, index) => nameOf(entry, `${field}[${index}]`));
  return { fallbacks: names.filter((name) => name !== model) };
}

function nameOf(entry: unknown, path: string): string {
  if (!isObject(entry)) return textOf(entry) ?? refuse(path, 'it must be a model, or an object with one');
  const { model, ...rest } = entry;
  const [more] = Object.keys(rest);
  if (more !== undefined) refuse(`${path}.${more}`, 'a fallback gets the same request; give its model alone');
  return textOf(model) ?? refuse(`${path}.model`, 'it must be a string');
}
