import { markdownTable } from '../../../local/report/markdown-table';

test('texts begin, and numbers end, at the same place', () => {
  const rows = [['a host', 12]];
  expect(markdownTable(['', 'ms'], rows)).toBe('|  | ms |\n| --- | --- |\n| a host | 12 |');
  expect(markdownTable(['', 'ms'], rows, 'numbers')).toBe('|  | ms |\n| --- | --: |\n| a host | 12 |');
});

test('a text of two lines stays in its row', () => {
  expect(markdownTable(['what'], [['one\ntwo']])).toBe('| what |\n| --- |\n| one two |');
});
