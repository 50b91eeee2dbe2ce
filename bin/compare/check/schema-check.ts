import { Validator } from '@cfworker/json-schema';
import { parseJson } from '../../../lambda/engine/json';

/** Anthropic takes JSON Schema 2020-12. Undefined where the value fits, else where it does not and why. */
export function schemaProblem(value: unknown, schema: object): string | undefined {
  let result;
  try {
    result = new Validator(schema, '2020-12').validate(value);
  } catch (error) {
    return `the schema itself cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
  // The last is the innermost: the others say that it does not fit either.
  const innermost = result.errors.at(-1);
  if (result.valid || innermost === undefined) return undefined;
  return `${innermost.instanceLocation.replace(/^#\/?/, '') || 'the whole'}: ${innermost.error}`;
}

export function jsonProblem(text: string, schema: object): string | undefined {
  const value = parseJson(text);
  return value === undefined ? 'it is not JSON' : schemaProblem(value, schema);
}
