import { isObject, type JsonObject } from '../../engine/json';

/** Where a body names further models: those that answer in the first one's place, and the one that a tool asks. */
export function* modelNames(body: JsonObject): Generator<readonly [at: string, name: unknown]> {
  const { fallbacks, tools } = body;
  if (typeof fallbacks === 'string') yield ['fallbacks', fallbacks];
  for (const [index, entry] of list(fallbacks).entries()) {
    if (isObject(entry)) yield [`fallbacks[${index}].model`, entry['model']];
    else if (typeof entry === 'string') yield [`fallbacks[${index}]`, entry];
  }
  for (const [index, tool] of list(tools).entries()) {
    if (isObject(tool) && tool['type'] !== undefined && tool['type'] !== 'custom' && tool['model'] !== undefined) {
      yield [`tools.${index}.model`, tool['model']];
    }
  }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
