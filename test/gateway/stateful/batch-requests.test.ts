import fc from 'fast-check';
import { BatchRequests } from '../../../lambda/gateway/stateful/batch-requests';

const tooLarge = (): never => {
  throw new RangeError('too large');
};
const requestsOf = (chunks: readonly Uint8Array[], most = 1e6): unknown[] => {
  const found: unknown[] = [];
  const requests = new BatchRequests(most, (json) => found.push(JSON.parse(new TextDecoder().decode(json))), tooLarge);
  for (const chunk of chunks) requests.take(chunk);
  return found;
};

it('gives out every request of a batch whole, wherever the chunks end', () => {
  const request = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(fc.array(request), fc.integer({ min: 1, max: 40 }), (requests, size) => {
      const bytes = new TextEncoder().encode(JSON.stringify({ a: 'x"]}', requests }));
      const count = Math.ceil(bytes.length / size);
      const chunks = Array.from({ length: count }, (_, at) => bytes.slice(at * size, (at + 1) * size));
      expect(requestsOf(chunks)).toEqual(JSON.parse(JSON.stringify(requests)));
    }),
  );
});

it('keeps no more of one than it may', () => {
  const batch = new TextEncoder().encode(JSON.stringify({ requests: [{ a: 'x'.repeat(100) }] }));
  expect(() => requestsOf([batch], 50)).toThrow('too large');
});
