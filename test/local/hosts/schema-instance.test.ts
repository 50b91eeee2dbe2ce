import { schemaInstance } from '../../../local/hosts/answers/schema-instance';

const object = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const TREE = {
  $defs: { node: object({ label: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } }) },
  $ref: '#/$defs/node',
};
const LIST = object({
  value: { type: 'integer' },
  next: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
});

const CASES: readonly (readonly [what: string, schema: object, made: unknown])[] = [
  ['every type', object({ a: { type: 'string' }, b: { type: 'integer' } }), { a: 'sample a', b: 1 }],
  ['numbers within their bounds', { type: 'number', minimum: 3, maximum: 4 }, 3],
  ['numbers above a bound', { type: 'integer', exclusiveMinimum: 10 }, 11],
  ['multiples', { type: 'integer', minimum: 8, multipleOf: 5 }, 10],
  ['an enum', { enum: ['red', 'green'] }, 'red'],
  ['a constant', { const: 5 }, 5],
  ['a type that may be null', { type: ['null', 'boolean'] }, true],
  ['a format', { type: 'string', format: 'date' }, '2030-01-01'],
  ['a length', object({ a: { type: 'string', minLength: 10 } }), { a: 'sample a..' }],
  ['at least so many items', { type: 'array', items: { type: 'boolean' }, minItems: 2 }, [true, true]],
  ['no item', { type: 'array', items: { type: 'boolean' }, maxItems: 0 }, []],
  ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }, { const: 2 }] }, ['sample value', 2]],
  ['nested objects', object({ a: object({ b: { type: 'boolean' } }) }), { a: { b: true } }],
  ['alternatives', { anyOf: [object({ kind: { const: 'x' } }), { type: 'null' }] }, { kind: 'x' }],
  ['parts', { allOf: [object({ a: { const: 1 } }), object({ b: { const: 2 } })] }, { a: 1, b: 2 }],
  ['definitions', { $defs: { n: { const: 1 } }, ...object({ a: { $ref: '#/$defs/n' } }) }, { a: 1 }],
  ['escaped names', { $defs: { 'a/b': { const: 1 } }, ...object({ a: { $ref: '#/$defs/a~1b' } }) }, { a: 1 }],
  ['a tree', TREE, { label: 'sample label', children: [] }],
  ['a list', LIST, { value: 1, next: { value: 1, next: null } }],
  [
    'an optional field without an end',
    object({ a: { const: 1 }, again: { $ref: '#' } }, ['a']),
    { a: 1, again: { a: 1 } },
  ],
  ['what is not said', {}, {}],
];

it.each(CASES)('fits %s', (_, schema, made) => {
  expect(schemaInstance(schema)).toEqual(made);
});

it('gives nothing where no value is finite', () => {
  expect(schemaInstance(object({ again: { $ref: '#' } }))).toBeUndefined();
});

it('ends on definitions that all refer to each other', () => {
  const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
  const all = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
  const $defs = Object.fromEntries(names.map((name) => [name, { type: 'object', properties: all }]));
  expect(schemaInstance({ $defs, $ref: '#/$defs/n0' })).toBeDefined();
});
