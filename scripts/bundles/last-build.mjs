/** Whether the bundles on disk are what a build would make again: by all that goes into one, and all that came out. */
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { filesIn, read, writeWhole } from './bundle-files.mjs';

const STAMP = 'node_modules/.cache/bundles.json';
/** New files count: one can be found instead of another. */
const SOURCES = [
  '{lib,lambda,bin,local,console,bench,test,scripts}/**/*.{ts,tsx,css,html,mjs,json}',
  'docs/*.json',
  '*.{ts,json}',
];
const NOT_SOURCES = ['**/node_modules/**', '**/dist/**', '**/*.d.ts', '**/*.out/**'];

/** What npm has installed, by its own account. */
const PACKAGES = 'node_modules/.package-lock.json';

const hash = (files) => {
  const all = createHash('sha256');
  for (const file of [...files].sort()) all.update(`${file}\0${read(file)?.toString('base64') ?? ''}\n`);
  return all.digest('hex');
};

export const sourcesHash = () => hash([...globSync(SOURCES, { exclude: NOT_SOURCES }), PACKAGES]);

function lastBuild(sources) {
  const stamp = JSON.parse(read(STAMP)?.toString() ?? '{}');
  return stamp.sources === sources ? stamp : { sources, outputs: {} };
}

/** `outputs` are folders, and files beside them. */
export function isBuilt(sources, outputs) {
  const last = lastBuild(sources);
  return outputs.every((output) => last.outputs[output] === hash(filesOf(output)));
}

export function rememberBuild(sources, outputs) {
  const last = lastBuild(sources);
  for (const output of outputs) last.outputs[output] = hash(filesOf(output));
  writeWhole(STAMP, JSON.stringify(last));
}

const filesOf = (output) => (output.endsWith('dist') ? filesIn(output) : [output]);
