/** What `.ci/run` runs after `npm test`: what measures alone, then two at a time. No dependencies, and any Node can read it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunner } from './runner.mjs';

const packed = mkdtempSync(join(tmpdir(), 'packed-'));

/**
 * In this order, each as soon as there is room and what it needs has ended: what waits stands beside what computes, and the longest first.
 * What jsii compiles for the package lies beside the sources for a while; who would look at that comes after it.
 */
const PACK = `npm pack --loglevel=error --pack-destination ${packed}`;
const TOOLS = 'npm run install:tools';
const BESIDE = [
  [TOOLS],
  [PACK],
  ['npm run lint', PACK],
  ['npm run test:deployed:gateway', TOOLS],
  ['npm run typecheck', PACK],
  ['npm run test:doors', PACK],
  ['npm run test:deployed:shapes', TOOLS],
  ['npm run test:package', PACK],
  ['npm run test:clients', TOOLS],
  ['npm run test:python', PACK],
  ['npm run test:cfn-lint'],
  ['npm run test:deployed:regions', TOOLS],
  ['npm run test:browser'],
  ['npm run test:image'],
  ['npm run check:api', PACK],
  ['npm run test:self-hosted'],
  ['npm run format:check', PACK],
  ['npm run test:terraform'],
  ['npm run check:size'],
].map(([command, ...needs]) => ({ command, needs }));

const env = {
  get PACKED() {
    return readdirSync(packed).map((name) => join(packed, name))[0] ?? '';
  },
};
const runner = createRunner(env, [{ command: 'npm test', seconds: Number(process.argv[2]) }]);
try {
  await runner.run([{ command: 'npm run bench:synth', needs: [] }], 1);
  await runner.run(BESIDE, 2);
} catch (error) {
  process.exitCode = 1;
  console.error(error.message);
} finally {
  runner.end();
  rmSync(packed, { recursive: true });
}
