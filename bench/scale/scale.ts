/** Writes docs/scale.md and its picture, into another folder if one is named: `npm run bench:scale`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { reachPicture } from './page/reach-picture';
import { results } from './results';
import { scalePage } from './page/scale-page';

const [folder = 'docs'] = process.argv.slice(2);

async function write(): Promise<void> {
  const found = results();
  mkdirSync(join(folder, 'images'), { recursive: true });
  const style = await resolveConfig('docs/scale.md');
  writeFileSync(join(folder, 'scale.md'), await format(scalePage(found), { ...style, parser: 'markdown' }));
  writeFileSync(join(folder, 'images/scale.svg'), reachPicture(found.reaches));
}

void write();
