import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the clients need beside this repository's own packages. Installed once, pinned, and kept. */
export interface Tools {
  /** Python that has the libraries of `python/requirements.txt`. */
  readonly python: string;
  /** The program in `go`, built. */
  readonly goClient: string;
  readonly claudeCode: string;
}

const execute = promisify(execFile);
const CACHE = join(__dirname, '../../node_modules/.cache');

export async function installTools(): Promise<Tools> {
  const [python, goClient, claudeCode] = await Promise.all([
    installPython(),
    buildGo(),
    installClaudeCode(),
    npmCi(join(__dirname, 'javascript')),
  ]);
  return { python, goClient, claudeCode };
}

async function installPython(): Promise<string> {
  const requirements = join(__dirname, 'python/requirements.txt');
  const folder = join(CACHE, `clients-python-${hashOf([requirements])}`);
  const python = join(folder, 'bin/python');
  if (existsSync(python)) return python;
  console.log('Installing the clients in Python, once ...');
  const half = `${folder}.half`;
  await run('python3', ['-m', 'venv', '--clear', half]);
  await run(join(half, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirements]);
  // Modules are found from where the interpreter is; only pip's own scripts have the old path in them.
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
  return python;
}

async function buildGo(): Promise<string> {
  const folder = join(__dirname, 'go');
  const client = join(CACHE, `clients-go-${hashOf(globSync(join(folder, '*')))}`, 'client');
  if (existsSync(client)) return client;
  console.log('Building the client in Go, once ...');
  await run('go', ['build', '-buildvcs=false', '-o', client, '.'], folder);
  return client;
}

/** A program of its own, which npm chooses for the machine. */
async function installClaudeCode(): Promise<string> {
  const folder = join(__dirname, 'claude-code');
  await npmCi(folder);
  const [claude] = globSync(join(folder, `node_modules/@anthropic-ai/claude-code-${process.platform}-*/claude`));
  if (claude === undefined) throw new Error(`${folder} has no Claude Code for ${process.platform} ${process.arch}`);
  return claude;
}

async function npmCi(folder: string): Promise<void> {
  const done = join(folder, 'node_modules', `.installed-${hashOf([join(folder, 'package-lock.json')])}`);
  if (existsSync(done)) return;
  console.log(`Installing what ${folder} needs, once ...`);
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  writeFileSync(done, '');
}

/** What fails is not passed over: without these tools nothing is shown. */
async function run(command: string, args: readonly string[], cwd = __dirname): Promise<void> {
  try {
    await execute(command, args, { cwd });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${command} is needed and not there; Python 3 with its venv module, Go and npm are`, {
      cause: error,
    });
  }
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
