import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classificationPage } from '../../scripts/classification/classification-page';
import { CLASSIFICATION_TABLE } from '../../lambda/hosts/errors/every-error';

/** Prettier pads the columns. */
const unpadded = (page: string): string => page.replace(/ +\|/g, ' |').replace(/\| +/g, '| ').replace(/-+/g, '-');

test('docs/classification.md shows the table that decides; after a change: npm run docs:classification', () => {
  const page = readFileSync(join(__dirname, '../../docs/classification.md'), 'utf8');
  expect(unpadded(page)).toBe(unpadded(classificationPage()));
});

test('every row stands in it with its signals', () => {
  const lines = classificationPage().split('\n');
  for (const { row, on } of CLASSIFICATION_TABLE) {
    expect(
      lines.some((line) => line.startsWith(`| ${row} |`) && on.every((signal) => line.includes(`\`${signal}\``))),
    ).toBe(true);
  }
});
