import { retryAfterMs } from '../../../lambda/engine/failure/retry-after';

const NOW = Date.UTC(2026, 10, 21, 3, 0, 0);

describe('how long a host asks to be left alone', () => {
  test.each([
    ['whole seconds', { 'retry-after': '7' }, 7000],
    ['a fraction of a second', { 'retry-after': '0.25' }, 250],
    ['at once', { 'retry-after': '0' }, 0],
    ['days', { 'retry-after': '406080' }, 406_080_000],
    ['milliseconds', { 'retry-after-ms': '1500' }, 1500],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    ['seconds where the milliseconds are unreadable', { 'retry-after-ms': 'soon', 'retry-after': '2' }, 2000],
    ['a date', { 'retry-after': 'Sat, 21 Nov 2026 03:01:30 GMT' }, 90_000],
  ])('reads %s', (_, headers, ms) => {
    expect(retryAfterMs(headers, NOW)).toBe(ms);
  });

  test.each([
    ['nothing', {}],
    ['an empty value', { 'retry-after': '' }],
    ['a word', { 'retry-after': 'soon' }],
    ['a negative number', { 'retry-after': '-5' }],
    ['a negative number of milliseconds', { 'retry-after-ms': '-5' }],
    ['infinity', { 'retry-after': 'Infinity' }],
    ['a number that overflows', { 'retry-after': '9'.repeat(400) }],
    ['hexadecimal', { 'retry-after': '0x10' }],
    ['two joined values', { 'retry-after': '5, 5' }],
    ['a date that is over', { 'retry-after': 'Sat, 21 Nov 2026 02:59:59 GMT' }],
    ['a date that does not exist', { 'retry-after': 'Sat, 99 Nov 2026 02:59:59 GMT' }],
  ])('takes %s for no answer', (_, headers) => {
    expect(retryAfterMs(headers, NOW)).toBeUndefined();
  });
});
