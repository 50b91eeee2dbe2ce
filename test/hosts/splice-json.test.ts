import fc from 'fast-check';
import { setTopLevelField } from '../../lambda/hosts/splice-json';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const set = (text: string, field: string, value: boolean | string, isThere: boolean): string =>
  Buffer.from(setTopLevelField(bytes(text), field, value, isThere)).toString();

test('a missing field is put right behind the opening brace, whatever the spacing', () => {
  expect(set(' {\n "model":"m", "n": 1.0}', 'stream', true, false)).toBe(' {"stream":true,\n "model":"m", "n": 1.0}');
});

test('a field that is there is replaced where it stands, all other bytes as they were', () => {
  expect(set('{"a" : [1, 2.50], "stream" :  false ,\t"b":"é"}', 'stream', true, true)).toBe(
    '{"a" : [1, 2.50], "stream" :  true ,\t"b":"é"}',
  );
  expect(set('{"model":"alias","x":1}', 'model', 'real', true)).toBe('{"model":"real","x":1}');
});

test('the last field of the object is found too', () => {
  expect(set('{"a":1,"stream":false}', 'stream', true, true)).toBe('{"a":1,"stream":true}');
});

test('fields of the same name inside others, and strings that look like fields, are left alone', () => {
  const text = '{"x":{"stream":false},"y":["stream",false,{"stream":false}],"z":"\\"stream\\":false","stream":false}';
  expect(set(text, 'stream', true, true)).toBe(text.replace(/false\}$/, 'true}'));
});

test('of a repeated field the last one counts, as it does for parsers', () => {
  expect(set('{"stream":true,"stream":false}', 'stream', true, true)).toBe('{"stream":true,"stream":true}');
});

test('a key written with escapes is recognised', () => {
  expect(set('{"str\\u0065am":false}', 'stream', true, true)).toBe('{"str\\u0065am":true}');
});

test('whatever the object, setting a field changes that field only', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)) as object);
  fc.assert(
    fc.property(object, fc.boolean(), fc.integer({ min: 0, max: 3 }), (value, there, indent) => {
      const body = { first: 1, ...value, ...(there && { stream: false }) };
      const isThere = 'stream' in body;
      const result: unknown = JSON.parse(set(JSON.stringify(body, null, indent), 'stream', true, isThere));
      expect(result).toEqual({ ...body, stream: true });
    }),
  );
});
