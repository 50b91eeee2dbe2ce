import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const text = readFileSync(join(ROOT, 'THIRD-PARTY-NOTICES'), 'utf8');

/** Packages that the maps of the shipped bundles name as their sources. */
const bundled = new Set(
  globSync(join(ROOT, 'lambda/functions/*/dist/**/*.map'))
    .flatMap((map) => (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources)
    .flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
);

it('names every package that a bundle ships, with its version and licence', () => {
  expect(bundled.size).toBeGreaterThan(10);
  const named = new Set(
    [...text.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) \d+\.\d+\.\S+ \(.+\)$/gm)].map(([, name]) => name!),
  );
  expect([...bundled].filter((name) => !named.has(name))).toEqual([]);
});

it('gives each the text of its licence', () => {
  const notices = text.split(`\n${'-'.repeat(80)}\n`);
  const short = notices.filter(
    (notice) => !/(permission|redistribution|permitted|licensed?)/i.test(notice.split('\n').slice(1).join()),
  );
  expect(short).toEqual([]);
});

describe('a package', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'notices-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const noticesOf = (files: Readonly<Record<string, string>>): string => {
    const at = join(folder, 'node_modules/some-package');
    mkdirSync(at, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(at, name), content);
    const input = JSON.stringify([{ outputs: { out: { inputs: { [`${at}/index.js`]: {} } } } }]);
    const script =
      `import { bundledPackages, notices } from './scripts/notices/notices.mjs';` +
      `process.stdout.write(notices(bundledPackages(${input})))`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  };
  const description = JSON.stringify({ name: 'some-package', version: '1.2.3', license: 'MIT' });

  it('is noted with its text', () => {
    expect(noticesOf({ 'package.json': description, 'LICENCE.md': 'Permission is granted' })).toBe(
      'some-package 1.2.3 (MIT)\n\nPermission is granted',
    );
  });

  it.each([
    ['no text', { 'package.json': description }],
    ['an empty text', { 'package.json': description, LICENSE: ' \n' }],
    ['no licence', { 'package.json': '{"name":"some-package","version":"1.2.3"}', LICENSE: 'Permission' }],
  ])('with %s stops the build', (_, files) => {
    expect(() => noticesOf(files)).toThrow(/no licence, or no text of it, in: some-package 1\.2\.3/);
  });
});
