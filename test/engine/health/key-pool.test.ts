import { KeyPool } from '../../../lambda/engine/health/key-pool';

const NOW = 1_700_000_000_000;
const none: ReadonlySet<string> = new Set();

test('every request goes to the same key while it works', () => {
  const pool = new KeyPool(['a', 'b']);
  expect([0, 1, 2].map((i) => pool.pick(NOW + i, none))).toEqual(['a', 'a', 'a']);
});

test('a key in trouble gives way to the next, which is kept even after the first is well again', () => {
  const pool = new KeyPool(['a', 'b', 'c']);
  pool.cool('a', NOW + 30_000);
  expect(pool.pick(NOW, none)).toBe('b');
  expect(pool.pick(NOW + 30_000, none)).toBe('b');
  pool.cool('b', NOW + 60_000);
  pool.cool('c', NOW + 60_000);
  expect(pool.pick(NOW + 30_000, none)).toBe('a');
});

test('a request does not get a key it has already tried', () => {
  const pool = new KeyPool(['a', 'b']);
  expect(pool.pick(NOW, new Set(['a']))).toBe('b');
  expect(pool.pick(NOW, new Set(['a', 'b']))).toBeUndefined();
  expect(pool.pick(NOW, none)).toBe('a');
});

test('there is no key when all are set aside, and the pool says when there will be one', () => {
  const pool = new KeyPool(['a', 'b']);
  expect(pool.nextAvailable(NOW)).toBe(NOW);
  pool.cool('a', NOW + 30_000);
  pool.cool('b', NOW + 20_000);
  expect(pool.pick(NOW, none)).toBeUndefined();
  expect(pool.nextAvailable(NOW)).toBe(NOW + 20_000);
  expect(new KeyPool([]).nextAvailable(NOW)).toBeUndefined();
});

test('a key is never taken back earlier than it was first set aside for', () => {
  const pool = new KeyPool(['a']);
  pool.cool('a', NOW + 900_000);
  pool.cool('a', NOW + 1000);
  expect(pool.pick(NOW + 899_999, none)).toBeUndefined();
});
