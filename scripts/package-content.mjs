/** What is in a packed tarball: every file is of a kind that is meant to be there, and every kind is there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KINDS = {
  'the description': /^package\.json$/,
  'what comes with every package': /^(README\.md|LICENSE)$/,
  'the notices of bundled packages': /^THIRD-PARTY-NOTICES$/,
  "jsii's assembly": /^\.jsii$/,
  'what jsii warns by': /^\.warnings\.jsii\.js$/,
  'compiled constructs': /^lib\/([\w-]+\/)*[\w-]+\.js$/,
  'their types': /^lib\/([\w-]+\/)*[\w-]+\.d\.ts$/,
  'bundles of the functions': /^lambda\/functions\/[\w-]+\/dist\/(chunks\/)?[\w-]+\.mjs$/,
  // Without the sources' text: stack traces of a deployed function have the lines of the sources.
  'their maps': /^lambda\/functions\/[\w-]+\/dist\/(chunks\/)?[\w-]+\.mjs\.map$/,
  'the bundle of Synthetics': /^lambda\/functions\/outside-view\/dist\/nodejs\/node_modules\/[\w-]+\.js$/,
  'the container of the plain server': /^Dockerfile$/,
  'the command line': /^bin\/dist\/(chunks\/)?[\w-]+\.mjs$/,
  'the demo': /^local\/dist\/(chunks\/)?[\w-]+\.mjs$/,
  'the page of the console': /^console\/dist\/(index\.html|page\.(css|js))$/,
  'requests to compare with': /^bin\/compare\/samples\.json$/,
  'the text of the runbook, for whoever is paged': /^docs\/runbook\.md$/,
  'the schema of the configuration': /^docs\/router-config\.schema\.json$/,
};
const OPTIONAL = ['what jsii warns by'];
/** Keys of the vendors and of AWS as they are given out, but for the one of AWS's own pages, and private ones. */
const SECRETS =
  /sk-ant-[\w-]{20,}|\bAKIA(?![0-9A-Z]{9}EXAMPLE\b)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----\s*MI/;

export function checkContent(tarball) {
  const paths = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => path.replace(/^package\//, ''));
  const strange = paths.filter((path) => !Object.values(KINDS).some((kind) => kind.test(path)));
  if (strange.length > 0) throw new Error(`the package has what nobody meant to ship: ${strange.join(', ')}`);
  const missing = Object.entries(KINDS).filter(
    ([name, kind]) => !OPTIONAL.includes(name) && !paths.some((path) => kind.test(path)),
  );
  if (missing.length > 0) throw new Error(`the package is without ${missing.map(([name]) => name).join(', ')}`);
  checkTexts(tarball, paths);
  console.log(`${paths.length} files, each of a kind that is meant to be there`);
}

function checkTexts(tarball, paths) {
  const out = mkdtempSync(join(tmpdir(), 'content-'));
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', out]);
    for (const path of paths) {
      const text = readFileSync(join(out, 'package', path), 'utf8');
      if (SECRETS.test(text)) throw new Error(`${path} has what looks like a key`);
      if (path.endsWith('.map') && text.includes('"sourcesContent"'))
        throw new Error(`${path} has the text of the sources`);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
}
