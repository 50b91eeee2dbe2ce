import { randomUUID } from 'node:crypto';
import { Refusals } from '../../../lambda/engine/health/refusals';

const NOT_ENABLED = 'Operation not allowed';

/** The refusal after which it is plain, counted from 1; undefined where it never is. */
function plainAfter(words: (index: number) => string, conversation: (index: number) => number, many = 40) {
  const refusals = new Refusals();
  for (let index = 0; index < many; index += 1)
    if (refusals.refused(words(index), conversation(index))) return index + 1;
  return undefined;
}

test('the same words to five requests of several conversations are a host that is set up wrongly', () => {
  expect(
    plainAfter(
      () => NOT_ENABLED,
      (index) => index / 40,
    ),
  ).toBe(5);
});

test('one client that asks the same again and again says nothing of the host', () => {
  expect(
    plainAfter(
      () => NOT_ENABLED,
      () => 0.25,
    ),
  ).toBeUndefined();
  expect(
    plainAfter(
      () => NOT_ENABLED,
      (index) => (index % 2) / 2,
    ),
  ).toBeUndefined();
});

test('different words are different faults of requests', () => {
  expect(
    plainAfter(
      (index) => `messages: ${'abc'[index % 3]} is wrong`,
      (index) => index / 40,
    ),
  ).toBeUndefined();
});

test.each<[string, (index: number) => string]>([
  ['request ids', () => `request ${randomUUID()} is not allowed`],
  ['figures', (index) => `quota of ${index * 37} is not ${index}`],
  ['both', (index) => `${randomUUID()}: ${index} of 5`],
])('%s in the words do not make them different', (_, words) => {
  expect(plainAfter(words, (index) => index / 40)).toBe(5);
});

test('a request that was served in between clears the host', () => {
  const refusals = new Refusals();
  for (let index = 0; index < 40; index += 1) {
    if (index % 4 === 3) refusals.served();
    expect(refusals.refused(NOT_ENABLED, index / 40)).toBe(false);
  }
});
