/** As much of JSON Schema as that of `failover.config.ts` has. */
export interface Schema {
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  /** Of a record: what each of its values is. */
  readonly additionalProperties?: Schema | false;
}

/** Fields of the schema that none of the values has. */
export function unwritten(schema: Schema, values: readonly unknown[], at = ''): string[] {
  const given = values.filter((value) => value !== undefined);
  if (given.length === 0) return [at];
  const { properties = {}, items, additionalProperties: each } = schema;
  const alternatives = schema.anyOf ?? schema.oneOf ?? [];
  return [
    ...alternatives.flatMap((option) =>
      unwritten(
        option,
        given.filter((value) => fits(value, option)),
        `${at}${nameOf(option)}`,
      ),
    ),
    ...Object.entries(properties).flatMap(([key, part]) =>
      unwritten(
        part,
        given.map((value) => fieldOf(value, key)),
        at === '' ? key : `${at}.${key}`,
      ),
    ),
    ...(items ? unwritten(items, given.filter(Array.isArray).flat(), `${at}[]`) : []),
    ...(each
      ? unwritten(
          each,
          given.flatMap((value) => Object.values(Object(value) as object)),
          `${at}.*`,
        )
      : []),
  ];
}

const fieldOf = (value: unknown, key: string): unknown =>
  Object.entries(Object(value) as object).find(([name]) => name === key)?.[1] as unknown;

/** Alternatives are told apart by the one field that is fixed, or by being fixed themselves. */
const fixed = ({ properties = {} }: Schema): [string, unknown][] =>
  Object.entries(properties).flatMap(([key, part]) => (part.const === undefined ? [] : [[key, part.const]]));

function fits(value: unknown, option: Schema): boolean {
  if (option.const !== undefined) return value === option.const;
  return typeof value === 'object' && fixed(option).every(([key, only]) => fieldOf(value, key) === only);
}

function nameOf(option: Schema): string {
  const [kind] = fixed(option);
  return option.const === undefined ? (kind ? `(${String(kind[1])})` : '') : `(${String(option.const)})`;
}
