import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asBefore from '../../../bench/incidents/as-before.json';
import results from '../../../bench/incidents/results.json';
import { HOSTILE_CLIENTS } from '../../../bench/incidents/catalogue/hostile-clients';
import { ROWS } from '../../../bench/incidents/run-row';

const ROOT = join(__dirname, '../../..');
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
const run = (file: string, ...args: string[]) =>
  spawnSync(process.execPath, ['scripts/run-typescript.cjs', `bench/incidents/${file}`, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

it('is what the data make, as are the picture and the page of the orders; after a change: npm run docs:incidents', () => {
  const made = mkdtempSync(join(tmpdir(), 'incidents-'));
  try {
    execFileSync(process.execPath, ['scripts/run-typescript.cjs', 'bench/incidents/draw-incidents.ts', made], {
      cwd: ROOT,
    });
    for (const file of ['incidents.md', 'images/incidents.svg', 'order.md']) {
      expect(read(made, file)).toBe(read(join(ROOT, 'docs'), file));
    }
  } finally {
    rmSync(made, { recursive: true });
  }
});

it('has a picture that is well-formed', () => {
  const picture = read(join(ROOT, 'docs'), 'images/incidents.svg');
  expect(picture.match(/<(?![a-z/])|&(?!\w+;)/g)).toBeNull();
  for (const tag of ['svg', 'g', 'text']) {
    expect(picture.split(`<${tag}`).length).toBe(picture.split(`</${tag}>`).length);
  }
});

it.each([
  ['this version in each shape', results, ['fargate', 'lambda', 'naive', 'serve', 'webFunction']],
  ['the version before', asBefore, ['lambda', 'naive', 'serve']],
])('has every incident at one length, and every hostile client, of %s', (_, { minutes, rows }, policies) => {
  expect(minutes).toBe(asBefore.minutes);
  expect(Object.keys(rows)).toEqual(ROWS.map(({ id }) => id));
  for (const row of Object.values(rows)) {
    expect(Object.keys(row).sort()).toEqual(policies);
    for (const { figures } of Object.values(row)) expect(figures.requests).toBeGreaterThan(1300 * minutes);
  }
  expect(Object.keys(rows.hostile.serve.changedBy)).toEqual(HOSTILE_CLIENTS.map(({ id }) => id));
});

it('says which incidents there are to a person who names another', () => {
  const { status, stderr } = run('incidents.ts', '--only', 'nonsense');
  expect(stderr).toContain('--only: got "nonsense"; must be one of overloaded-1, overloaded-10, ');
  expect(status).toBe(1);
});

it('runs nothing for a time that is none', () => {
  const { status, stderr } = run('incidents.ts', '--minutes', '0');
  expect(stderr).toContain('--minutes: got "0"; must be a number from 1 to 60');
  expect(status).toBe(1);
});
