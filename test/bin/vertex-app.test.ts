import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('stops with the remedy and no stack trace where the configuration has no Google project', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run-typescript.cjs', 'bin/vertex-app.ts'], {
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/google: missing; the Google side is made in the project of/);
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(1);
}, 60_000);
