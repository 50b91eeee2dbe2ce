import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { needs, pythonWith } from '../python-environment';

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
const AWS_CLI = join(__dirname, 'aws-cli.txt');
const RUNTIME = join(__dirname, 'runtime');
const NATIVE_CLIENT = join(RUNTIME, 'node_modules/aws-lambda-ric/rapid-client.node');

export async function installTools(): Promise<Tools> {
  const [python, runtimeClient] = await Promise.all([
    pythonWith(REQUIREMENTS, 'deployed', 'moto and the Anthropic SDK for Python'),
    installRuntimeClient(),
  ]);
  return { python, runtimeClient };
}

/** Python that has AWS's command line, by which a task of Fargate fetches its code. */
export const installAwsCli = (): Promise<string> => pythonWith(AWS_CLI, 'aws-cli', 'the AWS CLI');

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
