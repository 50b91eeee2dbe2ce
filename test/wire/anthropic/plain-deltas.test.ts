import * as fc from 'fast-check';
import { isPlainDelta, plainDeltas } from '../../../lambda/wire/anthropic/answer/plain-deltas';
import { encodeSse } from '../../../lambda/wire/sse-events';

const delta = (text: string, pad = ''): string =>
  `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":${JSON.stringify(text)}}${pad}}`;
const event = (data: string): string => `event: content_block_delta\ndata: ${data}\n\n`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constant('"\\\n\u2028\u007f\u0085'));
/** A character of a good one replaced, left out or doubled. */
const broken = fc
  .tuple(
    text.map((each) => delta(each)),
    fc.nat(),
    fc.constantFrom('', '"', '\\', '\t', '\u0001', '}', '\\u00'),
  )
  .map(([good, at, by]) => good.slice(0, at % good.length) + by + good.slice((at % good.length) + 1));

it('takes every well-formed delta for one, whatever its text and padding', () => {
  fc.assert(fc.property(text, fc.constantFrom('', ' ', '   \t'), (said, pad) => isPlainDelta(delta(said, pad))));
});

it('takes nothing for one that is not JSON', () => {
  fc.assert(fc.property(broken, (data) => !isPlainDelta(data) || isJson(data)));
});

it.each([...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)), '\\x', '\\u00g0', '\\u123z', '"'])(
  'takes no text for well formed that has %j in it, before or behind an escape',
  (raw) => {
    for (const text of [`a${raw}b`, `a\\nb${raw}c`]) {
      expect(isPlainDelta(delta('TEXT').replace('TEXT', text))).toBe(false);
    }
  },
);

it('goes through the events as far as they are plain, and never past one that is not', () => {
  fc.assert(
    fc.property(
      fc.array(text),
      fc.array(fc.oneof(broken, fc.constant('{"type":"ping"}'))),
      fc.array(text),
      (before, odd, after) => {
        const oddOnes = odd.filter((data) => !data.includes('\n') && !isPlainDelta(data));
        fc.pre(oddOnes.length > 0);
        const plain = before.map((each) => event(delta(each))).join('');
        const all = bytes(plain + oddOnes.map(event).join('') + after.map((each) => event(delta(each))).join(''));
        const end = plainDeltas(all)(0);
        const isAscii = all.every((byte) => byte < 128);
        expect(end).toBe(isAscii ? plain.length : 0);
        const rest = bytes(after.map((each) => event(delta(each))).join(''));
        expect(plainDeltas(rest)(0)).toBe(rest.length);
      },
    ),
  );
});

it('goes on behind an event that it has not known', () => {
  const ping = event('{"type":"ping"}');
  const all = bytes(event(delta('a')) + ping + event(delta('b')));
  const end = plainDeltas(all);
  expect(end(0)).toBe(event(delta('a')).length);
  expect(end(end(0) + ping.length)).toBe(all.length);
});

it('leaves a delta to the parser whose text is too long for a pattern', () => {
  const long = delta('\\n'.repeat(16 * 1024 * 1024));
  expect(isPlainDelta(long)).toBe(false);
  expect(plainDeltas(encodeSse('content_block_delta', long))(0)).toBe(0);
});
