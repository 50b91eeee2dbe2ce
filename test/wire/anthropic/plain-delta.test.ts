import * as fc from 'fast-check';
import { plainDeltaEnd } from '../../../lambda/wire/anthropic/answer/plain-delta';

const delta = (text: string, pad = ''): string =>
  `{"type":"content_block_delta","index":12,"delta":{"type":"text_delta","text":"${text}"}${pad}}`;
const quoted = (text: string): string => delta(JSON.stringify(text).slice(1, -1));
const event = (data: string): Uint8Array => new TextEncoder().encode(`event: content_block_delta\ndata: ${data}\n\n`);
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constant('"\\\n\u2028\u007f\u0085\ud83c'));

it('knows every delta of one text, whatever it says, between whatever stands before and behind it', () => {
  fc.assert(
    fc.property(text, fc.uint8Array(), fc.uint8Array(), (said, before, behind) => {
      const own = event(quoted(said));
      expect(plainDeltaEnd(Buffer.concat([before, own, behind]), before.length)).toBe(before.length + own.length);
    }),
  );
});

it.each(['', ' ', '   \t'])('knows one that is padded with "%s"', (pad) => {
  expect(plainDeltaEnd(event(delta('a', pad)), 0)).toBe(event(delta('a', pad)).length);
});

it('takes nothing for one that is not JSON', () => {
  const good = quoted('a "b"\n\u0001é');
  const at = fc.nat({ max: good.length - 1 });
  const by = fc.oneof(fc.constantFrom('', '"', '\\', '\t', '}', '\\u00'), fc.string({ maxLength: 2 }));
  fc.assert(
    fc.property(at, by, (place, instead) => {
      const data = good.slice(0, place) + instead + good.slice(place + 1);
      expect(plainDeltaEnd(event(data), 0) < 0 || isJson(data)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

const CONTROLS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code));
it.each([...CONTROLS, '\\x', '\\u00g0', '\\u123z', '"'])(
  'takes no text with %j in it, before or behind an escape',
  (raw) => {
    for (const said of [`a${raw}b`, `a\\nb${raw}c`, `a\\u00e9b${raw}c`]) {
      expect(plainDeltaEnd(event(delta(said)), 0)).toBe(-1);
    }
  },
);

it('takes nothing for one that has not all come', () => {
  const whole = event(quoted('a "b"\n é'));
  for (let length = 0; length < whole.length; length++) expect(plainDeltaEnd(whole.subarray(0, length), 0)).toBe(-1);
});

it('takes no other event for one', () => {
  const others = ['{"type":"ping"}', ...['', '01', '1e400', '-1'].map((index) => quoted('a').replace('12', index))];
  for (const data of others) expect(plainDeltaEnd(event(data), 0)).toBe(-1);
});

it('has room for a text of any length', () => {
  const long = event(delta('\\n'.repeat(4 * 1024 * 1024)));
  expect(plainDeltaEnd(long, 0)).toBe(long.length);
});
