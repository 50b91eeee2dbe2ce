import { isRecord, records, type Json } from '../../json';

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2030-01-01T12:00:00Z',
  date: '2030-01-01',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'someone@example.com',
  hostname: 'example.com',
  uri: 'https://example.com/',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** Where one is: the whole schema, the references being followed on the way here, and what the finished ones gave. */
interface Place {
  readonly root: Json;
  readonly name: string;
  readonly open: ReadonlySet<string>;
  readonly done: Map<string, unknown>;
}

/** The same small value each time that the schema is satisfied by; undefined where none is finite. */
export function schemaInstance(schema: unknown, name = 'value'): unknown {
  return isRecord(schema) ? instance(schema, { root: schema, name, open: new Set(), done: new Map() }) : undefined;
}

function instance(schema: unknown, place: Place): unknown {
  if (!isRecord(schema)) return schema === false ? undefined : {};
  if (typeof schema['$ref'] === 'string') return followed(schema['$ref'], place);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return firstOf(choices, schema, place);
  if (Array.isArray(schema['allOf'])) return instance(merged(records(schema['allOf']), schema), place);
  return MAKERS[typeOf(schema)]?.(schema, place);
}

/** A reference inside of itself has no finite instance: whoever asked takes another way. */
function followed(ref: string, place: Place): unknown {
  if (place.open.has(ref)) return undefined;
  if (place.done.has(ref)) return place.done.get(ref);
  const made = instance(lookUp(ref, place.root), { ...place, open: new Set([...place.open, ref]) });
  if (made !== undefined) place.done.set(ref, made);
  return made;
}

function lookUp(ref: string, root: Json): unknown {
  const steps = ref.split('/').slice(1);
  return steps.reduce<unknown>((at, step) => {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    return isRecord(at) ? at[key] : undefined;
  }, root);
}

function firstOf(choices: readonly unknown[], { anyOf: _, oneOf: __, ...shared }: Json, place: Place): unknown {
  for (const choice of choices) {
    const made = instance(isRecord(choice) && !('$ref' in choice) ? merged([choice], shared) : choice, place);
    if (made !== undefined) return made;
  }
  return undefined;
}

function merged(parts: readonly Json[], { allOf: _, ...own }: Json): Json {
  const all = [own, ...parts];
  const required = all.flatMap((part) => (Array.isArray(part['required']) ? part['required'] : []));
  const properties = all.map((part) => part['properties']).filter(isRecord);
  return Object.assign(
    {},
    ...all,
    required.length > 0 && { required },
    properties.length > 0 && { properties: Object.assign({}, ...properties) as Json },
  ) as Json;
}

function typeOf({ type, properties, items }: Json): string {
  if (Array.isArray(type)) return String(type.find((one) => one !== 'null') ?? 'null');
  return String(type ?? (items && !properties ? 'array' : 'object'));
}

const number = (schema: Json, otherwise: number): number => {
  const given = (key: string) => (typeof schema[key] === 'number' ? schema[key] : undefined);
  const above = given('exclusiveMinimum');
  const below = given('exclusiveMaximum');
  const least = given('minimum') ?? (above === undefined ? -Infinity : above + 1);
  const most = given('maximum') ?? (below === undefined ? Infinity : below - 1);
  const step = given('multipleOf');
  const within = Math.max(least, Math.min(most, otherwise));
  return step ? Math.ceil(within / step) * step : within;
};

const MAKERS: Readonly<Record<string, (schema: Json, place: Place) => unknown>> = {
  null: () => null,
  boolean: () => true,
  integer: (schema) => Math.ceil(number(schema, 1)),
  number: (schema) => number(schema, 1.5),
  string: ({ format, minLength, maxLength }, { name }) => {
    const text = FORMATS[String(format)] ?? `sample ${name}`;
    return text.padEnd(Number(minLength ?? 0), '.').slice(0, Number(maxLength ?? Infinity));
  },
  array: ({ items, prefixItems, minItems, maxItems }, place) => {
    const first = Array.isArray(prefixItems) ? prefixItems.map((item) => instance(item, place)) : [];
    const wanted = Math.min(Math.max(Number(minItems ?? 1), first.length), Number(maxItems ?? Infinity));
    const item = instance(items, place);
    const more = item === undefined ? [] : Array<unknown>(Math.max(0, wanted - first.length)).fill(item);
    const made = [...first, ...more].slice(0, wanted);
    return made.length < Number(minItems ?? 0) || made.includes(undefined) ? undefined : made;
  },
  object: ({ properties, required }, place) => {
    const entries = Object.entries(isRecord(properties) ? properties : {})
      .map(([name, child]) => [name, instance(child, { ...place, name })] as const)
      .filter(([, made]) => made !== undefined);
    const made: Json = Object.fromEntries(entries);
    const lacks = Array.isArray(required) && required.some((name) => !(String(name) in made));
    return lacks ? undefined : made;
  },
};
