import fc from 'fast-check';
import { concat, readAll } from '../../lambda/engine/bytes';
import { lastEventEnd } from '../../lambda/wire/event-bytes';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['a: 1\n\nb', 6],
  ['a: 1\r\n\r\nb', 8],
  ['a: 1\n\nb: 2\n\n', 12],
  ['a: 1\nb: 2\n', 0],
  ['', 0],
])('the last whole event of %j ends at %d', (text, end) => {
  expect(lastEventEnd(bytes(text))).toBe(end);
});

test('parts joined are the whole, however it was split', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (parts) => {
      expect([...concat(parts)]).toEqual(parts.flatMap((part) => [...part]));
    }),
  );
});

test('a body over the limit is given up', async () => {
  async function* body() {
    yield bytes('1234');
    yield bytes('5678');
  }
  await expect(readAll(body(), 7)).rejects.toThrow('the answer is larger than 7 bytes');
  await expect(readAll(body(), 8)).resolves.toEqual(bytes('12345678'));
});
