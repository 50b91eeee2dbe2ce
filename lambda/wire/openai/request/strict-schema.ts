import { isObject } from '../../../engine/json';

/**
 * Whether `strict` may stand beside a schema: with it, servers of this wire refuse objects that have optional or further
 * properties, which Claude's hosts take.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (!isObject(schema)) return true;
  const { properties, required, additionalProperties, $defs, items, anyOf } = schema;
  const fields = isObject(properties) ? properties : {};
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  const isObjects = schema['type'] === 'object' || isObject(properties);
  if (isObjects && additionalProperties !== false) return false;
  if (!Object.keys(fields).every((name) => names.includes(name))) return false;
  const definitions = isObject($defs) ? Object.values($defs) : [];
  return [...Object.values(fields), ...definitions, items, anyOf].every(isStrictSchema);
}
