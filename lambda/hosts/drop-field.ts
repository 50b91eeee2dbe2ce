import { isObject } from '../engine/json';

type Fields = Readonly<Record<string, unknown>>;

/** The body without one field, by dotted path; `*` is every element of a list. The same object when it is not there. */
export function dropField(body: Fields, path: string): Fields {
  return isObject(body) ? (without(body, path.split('.')) as Fields) : body;
}

/** Copies only what lies on the way to the field. */
function without(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (step === '*') {
    if (!Array.isArray(value)) return value;
    const elements = value.map((element: unknown) => without(element, rest));
    return elements.some((element, index) => element !== value[index]) ? elements : value;
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  const { [step]: inner, ...others } = value;
  if (rest.length === 0) return others;
  const kept = without(inner, rest);
  if (kept === inner) return value;
  // An object of which nothing is left says no more than no object.
  return isObject(kept) && Object.keys(kept).length === 0 ? others : { ...value, [step]: kept };
}
