import * as v from 'valibot';
import { closest } from '../../lib/catalog/closest';

/*
 * Building blocks whose message says what would be right, whatever is wrong with the value.
 * The meaning stands in that message and in the JSON Schema.
 */

export const text = (meaning: string) => {
  const right = `must be a non-empty string: ${meaning}`;
  return v.pipe(v.string(right), v.nonEmpty(right), v.description(meaning));
};

export const pattern = (form: RegExp, meaning: string) => {
  const right = `must be ${meaning}`;
  return v.pipe(v.string(right), v.regex(form, right), v.description(meaning));
};

const isHttpUrl = (value: string): boolean => {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
};

export const http = (meaning: string) => {
  const right = `must be an http or https URL without credentials: ${meaning}`;
  return v.pipe(v.string(right), v.check(isHttpUrl, right), v.description(meaning));
};

const bounded = (right: string, min: number, max: number, meaning: string) =>
  v.pipe(v.number(right), v.integer(right), v.minValue(min, right), v.maxValue(max, right), v.description(meaning));

export const wholeNumber = (min: number, max: number, meaning: string) =>
  bounded(`must be a whole number from ${min} to ${max}: ${meaning}`, min, max, meaning);

export const millis = (min: number, max: number, meaning: string) =>
  bounded(`must be milliseconds, a whole number from ${min} to ${max}: ${meaning}`, min, max, meaning);

export const share = (meaning: string) => {
  const right = `must be a number above 0 and up to 1: ${meaning}`;
  return v.pipe(v.number(right), v.gtValue(0, right), v.maxValue(1, right), v.description(meaning));
};

export const part = (meaning: string) => {
  const right = `must be a number from 0 to 1: ${meaning}`;
  return v.pipe(v.number(right), v.minValue(0, right), v.maxValue(1, right), v.description(meaning));
};

export const flag = (meaning: string) => v.pipe(v.boolean(`must be true or false: ${meaning}`), v.description(meaning));

export const oneOf = <const T extends readonly string[]>(values: T, meaning: string) =>
  v.pipe(v.picklist(values, `must be one of ${values.join(', ')}: ${meaning}`), v.description(meaning));

export const list = <T extends v.GenericSchema>(item: T, meaning: string, min: 0 | 1 = 1) => {
  const right = `must be a list${min ? ' with at least one entry' : ''}: ${meaning}`;
  return v.pipe(v.array(item, right), v.minLength(min, right), v.description(meaning));
};

/** Unknown keys are errors: a misspelt option that is silently ignored is worse than none. */
export const object = <T extends v.ObjectEntries>(meaning: string, entries: T) => {
  const keys = Object.keys(entries);
  const right = (issue: v.StrictObjectIssue): string => {
    const key = issue.path?.[0].key;
    const entry = typeof key === 'string' ? entries[key] : undefined;
    if (issue.expected === 'never') {
      return `did you mean "${closest(String(issue.input), keys, 1).join()}"? The keys here are ${keys.join(', ')}`;
    }
    if (entry !== undefined) return String(v.safeParse(entry, undefined).issues?.[0].message);
    return `must be an object: ${meaning}`;
  };
  return v.pipe(v.strictObject(entries, right), v.description(meaning));
};
