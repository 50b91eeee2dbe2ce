import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the tests need beside this repository's own packages. Installed once, pinned, and kept. */
export interface Tools {
  /** Python that has moto and Anthropic's SDK. */
  readonly python: string;
  /** Entry of AWS's runtime client for Node. */
  readonly runtimeClient: string;
}

const run = promisify(execFile);
const ROOT = join(__dirname, '../..');
const REQUIREMENTS = join(__dirname, 'emulator/requirements.txt');
const RUNTIME = join(__dirname, 'runtime');
const NATIVE_CLIENT = join(RUNTIME, 'node_modules/aws-lambda-ric/rapid-client.node');

export async function installTools(): Promise<Tools> {
  const [python, runtimeClient] = await Promise.all([installPython(), installRuntimeClient()]);
  return { python, runtimeClient };
}

async function installPython(): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
    .slice(0, 12);
  const folder = join(ROOT, `node_modules/.cache/deployed-${version}`);
  const python = join(folder, 'bin/python');
  if (existsSync(python)) return python;
  console.log('Installing moto and the Anthropic SDK for Python, once ...');
  await needs('python3', ['-c', 'import ensurepip'], 'Python 3 with its venv module', 'python3-venv');
  await rm(folder, { recursive: true, force: true });
  const half = `${folder}.half`;
  await run('python3', ['-m', 'venv', '--clear', half]);
  await run(join(half, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]);
  // Modules are found from where the interpreter is; only pip's own scripts have the old path in them.
  await rename(half, folder);
  return python;
}

export async function installRuntimeClient(): Promise<string> {
  const entry = join(RUNTIME, 'node_modules/aws-lambda-ric/index.mjs');
  if (existsSync(NATIVE_CLIENT)) return entry;
  console.log("Building AWS's runtime client for Node, once ...");
  await needs('cmake', ['--version'], 'cmake', 'cmake');
  await needs('c++', ['--version'], 'a C++ compiler', 'g++');
  await needs('make', ['--version'], 'make', 'make');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: RUNTIME, env: buildEnv() });
  if (!existsSync(NATIVE_CLIENT))
    throw new Error(`npm ci in ${RUNTIME} has not built the native part of aws-lambda-ric`);
  return entry;
}

/** Node's headers come with the `node` package; else npm's `nodedir` says where they are, or node-gyp fetches them. */
function buildEnv(): NodeJS.ProcessEnv {
  const headers = join(ROOT, `node_modules/node/node_modules/node-${process.platform}-${process.arch}`);
  return {
    ...process.env,
    npm_config_ignore_scripts: 'false',
    ...(existsSync(headers) && { npm_config_nodedir: headers }),
  };
}

async function needs(command: string, args: readonly string[], what: string, apt: string): Promise<void> {
  try {
    await run(command, args);
  } catch {
    throw new Error(`${what} is needed and not there; on Debian: apt-get install ${apt}`);
  }
}
