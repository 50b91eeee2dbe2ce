/** What the licences of bundled packages ask for: each with its version, its licence and the licence's text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { missingText } from './missing-texts.mjs';

const LICENCE_FILE = /^(licen[cs]e|notice|copying)(\.\w+)?$/i;
/** The last `node_modules/` of a path, and the package below it. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Folders of the packages whose files are in the bundles, by esbuild's metafiles. */
export function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
  const folders = inputs.flatMap((input) => PACKAGE.exec(input)?.[1] ?? []);
  return [...new Set(folders.map((folder) => resolve(folder)))];
}

/** Throws where a package has no licence text: then it may not be shipped. */
export function notices(folders) {
  const packages = folders.map(describe).sort((a, b) => (a.title < b.title ? -1 : 1));
  const silent = packages.filter(({ licence, texts }) => licence === undefined || texts.length === 0);
  if (silent.length > 0) {
    const names = silent.map(({ title }) => title).join(', ');
    throw new Error(
      `no licence, or no text of it, in: ${names}; a bundle may not ship what it cannot give the notice of`,
    );
  }
  const byText = new Map();
  for (const { title, licence, texts } of packages) {
    const text = texts.join('\n\n');
    byText.set(text, (byText.get(text) ?? new Set()).add(`${title} (${licence})`));
  }
  return [...byText].map(([text, titles]) => `${[...titles].join('\n')}\n\n${text}`).join(`\n\n${RULE}\n\n`);
}

const RULE = '-'.repeat(80);

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const own = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).filter((text) => text !== '');
  const texts = own.length > 0 ? own : [missingText(name, license)].filter((text) => text !== undefined);
  return { title: `${name} ${version}`, licence: license, texts };
}
