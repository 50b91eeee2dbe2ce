/** Draws the profile's picture and writes the table of savings into docs/speed.md: `npm run docs:speed`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { profilePicture } from './profile-picture';
import profiles from './profiles.json';
import { savingsTable } from './savings-table';

const PAGE = 'docs/speed.md';
const TABLE = /(<!-- savings -->\n)[^]*(<!-- \/savings -->)/;

async function draw(): Promise<void> {
  writeFileSync('docs/images/profile.svg', profilePicture(profiles));
  const page = readFileSync(PAGE, 'utf8').replace(TABLE, `$1\n${savingsTable()}\n\n$2`);
  writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}

void draw();
