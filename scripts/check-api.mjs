/** API.md is what jsii's documentation of the packed library is: `npm run docs:api` writes it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { unpackedIn } from './tarball.mjs';

const PAGE = 'API.md';
const out = mkdtempSync(join(tmpdir(), 'api-'));
try {
  const made = join(out, PAGE);
  execFileSync(process.execPath, [resolve('node_modules/jsii-docgen/bin/jsii-docgen'), '--output', made], {
    cwd: unpackedIn(out),
    stdio: 'inherit',
  });
  const page = await format(readFileSync(made, 'utf8'), { ...(await resolveConfig(PAGE)), filepath: PAGE });
  if (page !== readFileSync(PAGE, 'utf8')) throw new Error(`${PAGE} is not that of this library: npm run docs:api`);
  console.log(`${PAGE} is that of the packed library`);
} finally {
  rmSync(out, { recursive: true });
}
