import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Ignored by git; never part of this package. */
const FOLDER = resolve('.peers');
const INSTALL_MS = 10 * 60_000;
const KEPT_OUTPUT = 2000;

type Command = readonly [command: string, ...args: string[]];

/** What the Python index has, in a virtual environment of its own. */
export function installFromPyPI(name: string, packages: readonly string[]): Promise<string> {
  return installOnce(name, (folder) => [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', ...packages],
  ]);
}

/** Runs an installer's commands in a folder of its own, once. */
export async function installOnce(name: string, commands: (folder: string) => readonly Command[]): Promise<string> {
  const folder = join(FOLDER, name);
  const done = join(folder, '.installed');
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  for (const command of commands(folder)) await run(command, folder);
  writeFileSync(done, '');
  return folder;
}

function run([command, ...args]: Command, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: INSTALL_MS });
    let output = '';
    const keep = (text: Buffer) => (output = (output + text.toString()).slice(-KEPT_OUTPUT));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', () => reject(new Error(`${command} is not here`)));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(signal ? `${command} took longer than ten minutes` : `its installer says: ${lastSentence(output)}`),
        );
    });
  });
}

/** What the tool said last, without its name for an error and the addresses it said it of. */
function lastSentence(output: string): string {
  const last = output.trim().split('\n').at(-1)!.trim();
  return last
    .replace(/^[\w ]+: /, '')
    .replace(/https?:\/\/\S+/g, 'the registry')
    .slice(0, 200);
}
