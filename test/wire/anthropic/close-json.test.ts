import fc from 'fast-check';
import { closeJson } from '../../../lambda/wire/anthropic/answer/close-json';

test.each([
  ['{"path": "a.txt"', { path: 'a.txt' }],
  ['{"path": "a.txt", ', { path: 'a.txt' }],
  ['{"path": "a.txt", "text": "Once up', { path: 'a.txt' }],
  ['{"path": "a.txt", "te', { path: 'a.txt' }],
  ['{"list": [1, {"deep": [true', { list: [1, { deep: [true] }] }],
  ['{"list": [1, {"deep": "ha', { list: [1] }],
  ['{"odd": "}],\\" {[", "next": ', { odd: '}]," {[' }],
  ['{"text": "Once up', {}],
  ['{', {}],
  ['', {}],
  ['not json', {}],
])('%s reads as its whole members', (cut, whole) => {
  expect(JSON.parse(closeJson(cut))).toEqual(whole);
});

test('whatever was cut where, the result is JSON, and nothing in it is new', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(200), (input, at) => {
      const closed: unknown = JSON.parse(closeJson(JSON.stringify(input).slice(0, at)));
      const keys = Object.keys(input);
      expect(keys).toEqual(expect.arrayContaining(Object.keys(closed ?? {})));
    }),
  );
});

test('forty thousand brackets are closed as four are', () => {
  const depth = 40_000;
  expect(closeJson('{"a":'.repeat(depth))).toBe('{}');
  expect(closeJson(`{"list":${'['.repeat(depth)}`)).toBe(`{"list":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  expect(closeJson(`{"a": 1, "b": ${'[1,'.repeat(depth)}`)).toMatch(/^\{"a": 1, "b": (\[1,)+\[1\]+\}$/);
});

test('twice the brackets take no more than a few times as long', () => {
  const timed = (depth: number): number => {
    const started = performance.now();
    closeJson(`{"a":${'[1,'.repeat(depth)}"b`);
    return performance.now() - started;
  };
  timed(1000);
  expect(timed(40_000)).toBeLessThan(Math.max(200, 20 * timed(20_000)));
});
