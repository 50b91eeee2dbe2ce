import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pythonWith } from '../python-environment';

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
    pythonWith(join(__dirname, 'python/requirements.txt'), 'clients-python', 'the clients in Python'),
    buildGo(),
    installClaudeCode(),
    npmCi(join(__dirname, 'javascript')),
  ]);
  return { python, goClient, claudeCode };
}

async function buildGo(): Promise<string> {
  const folder = join(__dirname, 'go');
  const client = join(CACHE, `clients-go-${hashOf(globSync(join(folder, '*')))}`, 'client');
  if (existsSync(client)) return client;
  // Debian's own is older than what the SDK takes.
  const python = await pythonWith(join(folder, 'requirements.txt'), 'clients-go', 'Go, from a Python package');
  const [go] = globSync(join(dirname(python), '../lib/python*/site-packages/go/bin/go'));
  if (go === undefined) throw new Error(`${dirname(python)} has no Go`);
  console.log('Building the client in Go, once ...');
  const env = { ...process.env, GOTOOLCHAIN: 'local' };
  await execute(go, ['build', '-buildvcs=false', '-o', client, '.'], { cwd: folder, env });
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
  await execute('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  writeFileSync(done, '');
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
