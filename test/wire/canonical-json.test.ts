import fc from 'fast-check';
import { canonicalJson } from '../../lambda/wire/canonical-json';

function canonical(json: string, without: readonly string[] = []): string | undefined {
  return canonicalJson(new TextEncoder().encode(json), JSON.parse(json) as Record<string, unknown>, without);
}

test.each([
  ['the order of members', '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'],
  ['blanks', '{"a":[1,2]}', ' {\n"a" : [ 1 , 2 ] }\t'],
  ['how a number is written', '{"a":1,"b":100,"c":0.5,"d":0}', '{"a":1.0,"b":1e2,"c":5E-1,"d":0.00}'],
  ['how a character is written', '{"é":"/😀"}', String.raw`{"\u00e9":"\/\ud83d\ude00"}`],
  [
    'numbers and colons within a text',
    '{"a":"12345678901234567890: {\\"b\\":-0}"}',
    '{"a":"12345678901234567890: {\\u0022b\\":-0}"}',
  ],
])('%s makes no difference', (_, one, other) => {
  expect(canonical(one)).toBeDefined();
  expect(canonical(other)).toBe(canonical(one));
});

test.each([
  ['of more digits than a number keeps', '{"a":9007199254740993}'],
  ['of more digits behind the point', '{"a":0.1234567890123456789}'],
  ['larger than any', '{"a":1e400}'],
  ['smaller than any', '{"a":1e-400}'],
  ['that is zero from below', '{"a":-0}'],
  ['longer than anybody writes', `{"a":1${'0'.repeat(500)}}`],
])('a number %s is not taken for the one that it is parsed to', (_, json) => {
  expect(canonical(json)).toBeUndefined();
});

test('of two members of one name neither is taken for the whole', () => {
  expect(canonical('{"a":1,"a":2}')).toBeUndefined();
  expect(canonical('{"m":[{"a":1,"\\u0061":1}]}')).toBeUndefined();
});

test('half of a character is not taken for what stands in place of characters that are none', () => {
  expect(canonical(String.raw`{"a":"\ud800"}`)).not.toBe(canonical('{"a":"\ufffd"}'));
});

test('fields are left out at the top only', () => {
  expect(canonical('{"stream":true,"a":{"stream":true}}', ['stream'])).toBe('{"a":{"stream":true}}');
});

test('two texts come to the same exactly where they say the same', () => {
  const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
      const same = JSON.stringify(sorted(JSON.parse(one))) === JSON.stringify(sorted(JSON.parse(other)));
      expect(canonical(one) === canonical(other)).toBe(same);
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => [name, sorted(each), 'member']);
}
