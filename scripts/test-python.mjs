/**
 * Packs the library for Python, installs the wheel into an environment of its own with what an index has, and synthesises the example there:
 * it must make the resources that the same example makes in TypeScript. `--keep <folder>` leaves the wheel there.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { unpackedIn } from './tarball.mjs';

/** Nothing of Google's side, which is for TypeScript only. */
const REQUIRED = ['aws-cdk-lib', 'constructs', 'jsii', 'publication'];
const STACK = 'Startup';

const { keep } = parseArgs({ options: { keep: { type: 'string' } } }).values;
const silent = { JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1' };
const run = (command, args, cwd = '.', env = {}) =>
  execFileSync(command, args, {
    cwd,
    env: { ...process.env, ...silent, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** From the tarball that would be published, so that the wheel holds nothing else. */
function packWheel(out) {
  const folder = unpackedIn(out);
  run(
    process.execPath,
    [
      resolve('node_modules/jsii-pacmak/bin/jsii-pacmak'),
      '--code-only',
      '--pack-command=npm pack --ignore-scripts --loglevel=error',
      '--targets=python',
      `--outdir=${join(out, 'packed')}`,
    ],
    folder,
  );
  run('python3', ['-m', 'venv', join(out, 'python')]);
  const pip = (...args) => run(join(out, 'python/bin/pip'), args);
  pip('wheel', '--quiet', '--no-deps', '--wheel-dir', join(out, 'wheels'), join(out, 'packed/python'));
  const [wheel] = globSync(join(out, 'wheels/*.whl'));
  pip('install', '--quiet', wheel);
  pip('install', '--quiet', '-r', 'examples/python/requirements.txt');
  pip('check');
  const [, requires = ''] = /^Requires: (.*)$/m.exec(pip('show', 'cdk-claude-failover')) ?? [];
  if (requires.split(', ').sort().join() !== REQUIRED.join()) {
    throw new Error(`the wheel requires ${requires}; it should require ${REQUIRED.join(', ')}, and nothing else`);
  }
  return wheel;
}

function typesOf(folder) {
  const { Resources } = JSON.parse(readFileSync(join(folder, `${STACK}.template.json`), 'utf8'));
  return Object.values(Resources).map(({ Type }) => Type);
}

function synthesise(command, args, cwd, folder) {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  run(command, args, cwd, {
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  });
  return typesOf(folder).sort();
}

const out = mkdtempSync(join(tmpdir(), 'python-'));
try {
  const wheel = packWheel(out);
  const python = synthesise(join(out, 'python/bin/python'), ['app.py'], 'examples/python', join(out, 'from-python'));
  const typescript = synthesise(
    process.execPath,
    ['scripts/run-typescript.cjs', 'examples/startup.ts'],
    '.',
    join(out, 'from-typescript'),
  );
  if (python.join() !== typescript.join()) {
    throw new Error(
      `Python makes other resources than TypeScript:\n${python.join(', ')}\ninstead of\n${typescript.join(', ')}`,
    );
  }
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true });
    copyFileSync(wheel, join(keep, basename(wheel)));
  }
  console.log(`${basename(wheel)}: requires ${REQUIRED.join(', ')}; ${python.length} resources, as in TypeScript`);
} finally {
  rmSync(out, { recursive: true });
}
