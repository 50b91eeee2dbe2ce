import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'gateway-'));
});
afterEach(() => rmSync(out, { recursive: true }));

it('synthesises the complete stack with no AWS account in reach', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run-typescript.cjs', 'bin/gateway-app.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CDK_OUTDIR: out },
  });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(readdirSync(out)).toContain('ClaudeFailover.template.json');
}, 60_000);
