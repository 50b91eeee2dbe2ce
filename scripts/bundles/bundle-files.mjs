/** What is in the folders of bundles: written where it differs, whole at once, so that a step that reads them may run beside a build. */
import { Buffer } from 'node:buffer';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** By their paths from here. The first build is made by the machine's own Node, which may not glob. */
export const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, path, name }) => join(parentPath ?? path, name))
    : [];

export function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
