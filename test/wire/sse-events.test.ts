import fc from 'fast-check';
import { encodeSse, eventType, MalformedStream, SseDecoder, type SseEvent } from '../../lambda/wire/sse-events';
import { answer, bytes, rewrites, splits } from '../fixtures/answers/read-answers';

function decode(chunks: readonly Uint8Array[]): SseEvent[] {
  const decoder = new SseDecoder();
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
}
const decodeText = (text: string): SseEvent[] => decode([bytes(text)]);

test('an event is its name and its data', () => {
  expect(decodeText('event: ping\ndata: {"type": "ping"}\n\n')).toEqual([{ event: 'ping', data: '{"type": "ping"}' }]);
});

test('an event is given out with its empty line and not before', () => {
  const decoder = new SseDecoder();
  expect(decoder.push(bytes('event: ping\ndata: {}\n'))).toEqual([]);
  expect(decoder.push(bytes('\n'))).toEqual([{ event: 'ping', data: '{}' }]);
});

test('several data lines are one text with line ends between them', () => {
  expect(decodeText('data: a\ndata\ndata:b\n\n')).toEqual([{ event: '', data: 'a\n\nb' }]);
});

test('comments, ids, retry times and events without data are not events', () => {
  expect(decodeText(': hi\nid: 7\nretry: 10\n\nevent: ping\n\ndataset: x\n\ndata: 1\n\n')).toEqual([
    { event: '', data: '1' },
  ]);
});

test('a byte order mark at the very beginning is not part of the first line', () => {
  expect(decodeText('\ufeffdata: 1\n\n')).toEqual([{ event: '', data: '1' }]);
});

test('only one space after the colon is left out', () => {
  expect(decodeText('data:  two\n\n')).toEqual([{ event: '', data: ' two' }]);
});

test('the last event counts without its empty line, and without any line end', () => {
  expect(decodeText('data: 1\n\nevent: e\ndata: 2')).toEqual([
    { event: '', data: '1' },
    { event: 'e', data: '2' },
  ]);
});

test.each(Object.keys(rewrites))('a stream %s gives the same events under any split', (name) => {
  const { sse } = answer('text');
  const types = decodeText(sse).map(eventType);
  const rewritten = bytes(rewrites[name]?.(sse) ?? '');
  const whole = decode([rewritten]);
  expect(whole.map(eventType)).toEqual(types);
  fc.assert(
    fc.property(splits(rewritten), (chunks) => {
      expect(decode(chunks)).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('bytes that are no stream at all give the same events under any split', () => {
  const piece = fc.constantFrom('\n', '\r', '\r\n', 'data', 'event', ':', ' ', 'é', '😀', '\ufeff', 'x', '\n\n');
  fc.assert(
    fc.property(
      fc
        .array(piece, { maxLength: 40 })
        .map((pieces) => bytes(pieces.join('')))
        .chain((whole) => fc.tuple(fc.constant(whole), splits(whole))),
      ([whole, chunks]) => {
        expect(decode(chunks)).toEqual(decode([whole]));
      },
    ),
    { numRuns: 500 },
  );
});

test('what is encoded decodes to itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const data = JSON.stringify({ text });
      expect(decode([encodeSse('content_block_delta', data)])).toEqual([{ event: 'content_block_delta', data }]);
    }),
  );
  expect(decode([encodeSse('error', 'two\nlines')])).toEqual([{ event: 'error', data: 'two\nlines' }]);
});

test('an event without end is refused instead of filling the memory', () => {
  const megabyte = new Uint8Array(1024 * 1024).fill(120);
  const oneLine = new SseDecoder();
  const manyLines = new SseDecoder();
  const line = bytes(`data: ${'x'.repeat(1024 * 1024)}\n`);
  const repeat = (push: () => unknown) => () => {
    for (let count = 0; count < 33; count++) push();
  };
  expect(repeat(() => oneLine.push(megabyte))).toThrow(MalformedStream);
  expect(repeat(() => manyLines.push(line))).toThrow('an event of the stream is larger than 33554432 bytes');
});

test('a stream may be larger than its largest event', () => {
  const decoder = new SseDecoder();
  const event = bytes(`data: ${'x'.repeat(1024 * 1024)}\n\n`);
  let events = 0;
  for (let count = 0; count < 40; count++) events += decoder.push(event).length;
  expect(events).toBe(40);
});
