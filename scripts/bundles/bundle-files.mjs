/** What is in the folders of bundles: written where it differs, whole at once, so that a step that reads them may run beside a build. */
import { Buffer } from 'node:buffer';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function writeWhole(file, contents) {
  if (read(file)?.equals(Buffer.from(contents))) return;
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}.half`;
  writeFileSync(half, contents);
  renameSync(half, file);
}

/** Of an earlier build, and no more in this one. */
export function removeOthers(outdir, files) {
  const kept = new Set(files);
  for (const file of filesIn(outdir)) if (!kept.has(file) && !file.endsWith('.half')) rmSync(file, { force: true });
}

export const filesIn = (outdir) =>
  globSync(join(outdir, '**'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

export function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
