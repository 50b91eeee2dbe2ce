import fc from 'fast-check';
import { withoutField } from '../../lambda/wire/json-without';

const without = (text: string, field = 'x'): string => Buffer.from(withoutField(Buffer.from(text), field)).toString();

test.each([
  ['the first field', '{"x": [1, {"a":"}"}],\n "b" : 1.0}', '{\n "b" : 1.0}'],
  ['one in the middle', '{"a":1 , "x":"\\",x" ,\t"b":2}', '{"a":1 ,\t"b":2}'],
  ['the last', ' {"a":"é","x":null } \n', ' {"a":"é"} \n'],
  ['the only one', '{ "x":0 }', '{}'],
  ['each of several', '{"x":1,"a":2,"x":3}', '{"a":2}'],
  ['one whose name is written with escapes', '{"\\u0078":1,"a":2}', '{"a":2}'],
  [
    'none where it is only inside others or in strings',
    '{"a":{"x":1},"b":"\\"x\\":1"}',
    '{"a":{"x":1},"b":"\\"x\\":1"}',
  ],
  ['none of an empty object', '{ }', '{}'],
])('takes out %s, and leaves the rest as it was', (_which, text, left) => {
  expect(without(text)).toBe(left);
});

test('what is left says the same as the object without the field, however it is written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.jsonValue(), (rest, field, value) => {
      const { [field]: _, ...others } = { ...rest, [field]: value };
      for (const spaces of [0, 2]) {
        const text = JSON.stringify({ ...rest, [field]: value }, undefined, spaces);
        expect(JSON.parse(without(text, field))).toEqual(JSON.parse(JSON.stringify(others)));
      }
    }),
  );
});
