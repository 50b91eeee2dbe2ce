/** Installs what package-lock.json asks for, if it is not there. Runs before anything else: no dependencies, and any Node can read it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST_NODE = 20;
/** Some of the libraries need it; the `node` package normally brings 24. */
const LEAST_NODE_FOR_TOOLS = 22;
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const nodePackage = join(ROOT, 'node_modules/node');

const nodeMajor = Number(process.versions.node.split('.')[0]);
if (nodeMajor < LEAST_NODE) {
  fail(
    `Node ${process.versions.node} is too old: install Node ${LEAST_NODE} or newer (https://nodejs.org), then try again.`,
  );
}
if (!isInstalled()) install();
if (!hasOwnNode()) addOwnNode();

/** What npm wrote down about node_modules, compared with the lock: unlike times, this survives copies and checkouts. */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  return Object.keys(wanted).every((path) => {
    if (path === '') return true;
    if (!present[path]) return wanted[path].optional === true;
    return present[path].version === wanted[path].version;
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages;
  } catch {
    return {};
  }
}

function install() {
  console.log('Installing dependencies, once; this takes about a minute ...');
  if (!npm('ci', '--no-audit', '--no-fund', '--loglevel=error')) {
    fail('npm ci failed (see above). Is the registry reachable? Try `npm ci` by hand, then run this again.');
  }
}

function hasOwnNode() {
  return !existsSync(nodePackage) || ['bin/node', 'bin/node.exe'].some((path) => existsSync(join(nodePackage, path)));
}

/** npm leaves the Node binary out when it may not run install scripts; then its installer is run from here. */
function addOwnNode() {
  console.log('Fetching Node 24 for this project, once ...');
  const installer = spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: nodePackage,
    stdio: 'ignore',
  });
  if (installer.status === 0 && hasOwnNode() && npm('rebuild', 'node', '--ignore-scripts', '--loglevel=error')) return;
  if (nodeMajor >= LEAST_NODE_FOR_TOOLS) {
    console.log(`Node 24 could not be fetched; going on with Node ${process.versions.node}.`);
    return;
  }
  fail(
    `Node 24 could not be fetched and Node ${process.versions.node} is too old for the tools: install Node 24, then try again.`,
  );
}

/** The npm that started us, if one did; its path spares a shell on Windows. */
function npm(...args) {
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('npm-cli.js') ? [process.execPath, [own]] : ['npm', []];
  const shell = first.length === 0 && process.platform === 'win32';
  const run = spawnSync(command, [...first, ...args], { cwd: ROOT, shell, stdio: ['ignore', 'ignore', 'inherit'] });
  return run.status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
