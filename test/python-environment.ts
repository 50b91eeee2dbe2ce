import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = join(__dirname, '../node_modules/.cache');

/** The Python that has what the file of requirements pins. Installed once, and kept. */
export async function pythonWith(requirements: string, name: string, what: string): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const folder = join(CACHE, `${name}-${version}`);
  const python = join(folder, 'bin/python');
  if (existsSync(python)) return python;
  console.log(`Installing ${what}, once ...`);
  await needs('python3', ['-c', 'import ensurepip'], 'Python 3 with its venv module', 'python3-venv');
  await rm(folder, { recursive: true, force: true });
  const half = `${folder}.half`;
  await run('python3', ['-m', 'venv', '--clear', half]);
  await run(join(half, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
  // Modules are found from where the interpreter is; only pip's own scripts have the old path in them.
  await rename(half, folder);
  return python;
}

export async function needs(command: string, args: readonly string[], what: string, apt: string): Promise<void> {
  try {
    await run(command, args);
  } catch {
    throw new Error(`${what} is needed and not there; on Debian: apt-get install ${apt}`);
  }
}
