import fc from 'fast-check';
import { repeatedKey } from '../../lambda/wire/repeated-key';

const found = (json: string) => repeatedKey(new TextEncoder().encode(json));

it.each([
  ['at the top', '{"model":"a","model":"b"}', 'model'],
  ['in an object in a list', '{"tools":[{"a":1},{"type":"x","b":{},"type":"y"}]}', 'type'],
  ['in escapes', String.raw`{"mod\u0065l":"a","model":"b"}`, 'model'],
  ['behind a value that looks like the end', String.raw`{"a":"}\"{[","b":[1,{}],"a":1}`, 'a'],
  ['with blanks around it', '{ "a" : 1 ,\n "a" : 2 }', 'a'],
])('a key that is there twice %s is found', (_where, json, key) => {
  expect(found(json)).toBe(key);
});

it('what was written by JSON.stringify has none', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => found(JSON.stringify(value)) === undefined));
});
