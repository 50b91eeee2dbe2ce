import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUOTAS } from '../../../bench/scale/assumptions';

const ROOT = join(__dirname, '../../..');
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
const page = read(ROOT, 'docs/scale.md');
/** The numbers of the row that begins so. */
const numbers = (row: string): number[] => {
  const line = page.split('\n').find((each) => each.startsWith(`| ${row}`)) ?? '';
  return line
    .replaceAll(',', '')
    .match(/(?<= )[\d.]+(?= )/g)!
    .map(Number);
};

it('is what the simulation makes of its data, as is the picture', () => {
  const made = mkdtempSync(join(tmpdir(), 'scale-'));
  try {
    execFileSync(process.execPath, ['scripts/run-typescript.cjs', 'bench/scale/scale.ts', made], { cwd: ROOT });
    for (const file of ['scale.md', 'images/scale.svg']) expect(read(made, file)).toBe(read(join(ROOT, 'docs'), file));
  } finally {
    rmSync(made, { recursive: true });
  }
}, 120_000);

it('gives a source for every quota, and says where one is assumed', () => {
  for (const { what, source, assumed } of Object.values(QUOTAS)) {
    expect(source).toMatch(/^(https:\/\/(docs\.aws\.amazon\.com|platform\.claude\.com)\/|docs\/aws\.md$)/);
    expect(page).toContain(assumed === undefined ? what : `${what} (assumed: ${assumed})`);
  }
});

it('says of 1,000 requests a minute what came out: the chain loses none', () => {
  const row = page.split('\n').find((line) => line.startsWith('| 1,000: nothing raised'));
  expect(row?.match(/\d+(\.\d+)? %/g)?.slice(3)).toEqual(['0 %', '0 %', '0 %']);
});

it('says of 100,000 requests a minute what came out: rateLimit first, then Lambda, then tokens', () => {
  const refused = page
    .split('\n')
    .filter((line) => line.startsWith('| 100,000: '))
    .map((line) =>
      line
        .match(/[\d.]+(?= %)/g)!
        .slice(3)
        .map(Number),
    );
  expect(refused.map((shares) => shares.indexOf(Math.max(...shares))).slice(0, 3)).toEqual([0, 1, 2]);
  expect(refused.at(-1)).toEqual([0, 0, 0]);
});

it('needs more of everything at a larger size', () => {
  for (const row of ['Lambda: requests at a time, median', 'DynamoDB read units', 'AWS, USD a month', 'Tokens, USD']) {
    const [small, middle, large] = numbers(row);
    expect(middle).toBeGreaterThan(small!);
    expect(large).toBeGreaterThan(middle!);
  }
});
