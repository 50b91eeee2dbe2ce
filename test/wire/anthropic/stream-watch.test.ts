import fc from 'fast-check';
import { plainDeltaEnd } from '../../../lambda/wire/anthropic/answer/plain-delta';
import { StreamWatch } from '../../../lambda/wire/anthropic/answer/stream-watch';

const deltaOf = (text: string): string =>
  `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":${text}}}`;

const isPlainDelta = (data: string): boolean =>
  plainDeltaEnd(new TextEncoder().encode(`event: content_block_delta\ndata: ${data}\n\n`), 0) > 0;

function isJson(data: string): boolean {
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Also halves of surrogate pairs.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

test('every delta that JSON.stringify writes is seen to be plain', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, index) => {
      const delta = { type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: text } };
      expect(isPlainDelta(JSON.stringify(delta))).toBe(true);
    }),
  );
});

test('what is seen to be plain is JSON, whatever stands between its quotes', () => {
  const pieces = fc.constantFrom(
    '"',
    '\\',
    '\\"',
    '\\\\',
    '\\u00e9',
    '\\u12',
    '\\x',
    '\n',
    '\t',
    '\u0000',
    '\u007f',
    '\u2028',
    '\ud83d',
    'é',
    '/',
    'a',
  );
  const inner = fc.oneof(
    anyText,
    fc.array(pieces).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(inner, (text) => {
      const data = deltaOf(`"${text}"`);
      if (isPlainDelta(data)) expect(isJson(data)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('what is seen to be plain is JSON, whatever was changed in it', () => {
  const whole = deltaOf('"Once \\u00e9 upon \\n a time"');
  const change = fc.tuple(
    fc.nat(whole.length),
    fc.nat(3),
    fc.oneof(
      fc.constantFrom('', '0', '1', '-', ' ', '\u00a0', '\t', '\v', ',', '"', '{', '}', '\\', '.', 'e'),
      fc.string({ maxLength: 3 }),
    ),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let data = whole;
      for (const [at, cut, put] of changes) data = data.slice(0, at) + put + data.slice(at + cut);
      if (isPlainDelta(data)) expect(isJson(data)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  [
    'an index with a leading zero',
    '{"type":"content_block_delta","index":01,"delta":{"type":"text_delta","text":"a"}}',
  ],
  [
    'a blank that is none of JSON’s',
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}\u00a0}',
  ],
])('%s is not passed unseen', (_, data) => {
  expect(isJson(data)).toBe(false);
  expect(new StreamWatch().see({ event: 'content_block_delta', data })).toBe('malformed');
});

test('a long delta is parsed, because matching would run out of stack', () => {
  const data = deltaOf(JSON.stringify('x'.repeat(20_000_000)));
  expect(new StreamWatch().see({ event: 'content_block_delta', data })).toBe('passes');
});
