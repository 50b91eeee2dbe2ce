import fc from 'fast-check';
import { isDeeperThan } from '../../lambda/wire/json-depth';
import { bytes } from '../fixtures/answers/read-answers';

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}

/** Whose texts are full of what nesting is made of. */
const bracketed = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', 'é', 'a', '\u0000') });
const { value: nested } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 8, depthSize: 'large' },
    bracketed,
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(bracketed, tie('value'), { maxKeys: 3 }),
  ),
}));

test('it agrees with a walk through the parsed value, whatever stands in its texts', () => {
  fc.assert(
    fc.property(nested, fc.nat(10), fc.constantFrom(undefined, 2), (value, limit, space) => {
      expect(isDeeperThan(bytes(JSON.stringify(value, null, space)), limit)).toBe(depth(value) > limit);
    }),
    { numRuns: 1000 },
  );
});

test('a hundred thousand levels are told without walking them', () => {
  for (const open of ['[', '{"a":']) {
    expect(isDeeperThan(bytes(open.repeat(100_000)), 500)).toBe(true);
    expect(isDeeperThan(bytes(open.repeat(500)), 500)).toBe(false);
  }
});

test('text that is no JSON is nobody’s concern here', () => {
  for (const text of ['', '"', '"\\', ']]]]', '"[[[[[[', '\\"[[']) expect(isDeeperThan(bytes(text), 2)).toBe(false);
});
