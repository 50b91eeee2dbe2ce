/** Whether the bundles on disk are what a build would make again: by all that goes into one, and all that came out. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { filesIn, read, writeWhole } from './bundle-files.mjs';

const STAMP = 'node_modules/.cache/bundles.json';
/** New files count: one can be found instead of another. */
const FOLDERS = ['lib', 'lambda', 'bin', 'local', 'console', 'bench', 'test', 'scripts'];
const SOURCE = /\.(ts|tsx|css|html|mjs|json)$/;
const NOT_SOURCE = /(^|[\\/])(node_modules|dist|[^\\/]*\.out)[\\/]|\.d\.ts$/;

function sources() {
  const beside = readdirSync('.').filter((name) => /\.(ts|json)$/.test(name));
  const all = [...FOLDERS.flatMap(filesIn), ...filesIn('docs').filter((file) => file.endsWith('.json')), ...beside];
  return all.filter((file) => SOURCE.test(file) && !NOT_SOURCE.test(file));
}

/** What npm has installed, by its own account. */
const PACKAGES = 'node_modules/.package-lock.json';

const hash = (files) => {
  const all = createHash('sha256');
  for (const file of [...files].sort()) all.update(`${file}\0${read(file)?.toString('base64') ?? ''}\n`);
  return all.digest('hex');
};

export const sourcesHash = () => hash([...sources(), PACKAGES]);

function lastBuild(from) {
  const stamp = JSON.parse(read(STAMP)?.toString() ?? '{}');
  return stamp.sources === from ? stamp : { sources: from, outputs: {} };
}

/** `outputs` are folders, and files beside them. */
export function isBuilt(from, outputs) {
  const last = lastBuild(from);
  return outputs.every((output) => last.outputs[output] === hash(filesOf(output)));
}

export function rememberBuild(from, outputs) {
  const last = lastBuild(from);
  for (const output of outputs) last.outputs[output] = hash(filesOf(output));
  writeWhole(STAMP, JSON.stringify(last));
}

const filesOf = (output) => (output.endsWith('dist') ? filesIn(output) : [output]);
