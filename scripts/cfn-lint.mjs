/** Runs every app of this repository the way the CDK does and gives its templates to cfn-lint, which lives in a Python environment of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const VERSION = '1.58.0';
const ENVIRONMENT = `node_modules/.cache/cfn-lint-${VERSION}`;
/** W3005: the CDK names a dependency on a policy together with the one on its role, which a reference implies. */
const IGNORED = ['W3005'];
const EXAMPLES = globSync('examples/*.ts');
/** By CDK itself, which takes seconds to start that, in `npm test`. */
const VALIDATED = { CDK_VALIDATION: 'false' };
const run = (command, args, env = process.env) => execFileSync(command, args, { env, stdio: 'inherit' });

if (!existsSync(join(ENVIRONMENT, 'bin/cfn-lint'))) {
  run('python3', ['-m', 'venv', ENVIRONMENT]);
  run(join(ENVIRONMENT, 'bin/pip'), ['install', '--quiet', `cfn-lint==${VERSION}`]);
}

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
const out = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
try {
  for (const app of ['bin/gateway-app.ts', ...EXAMPLES]) {
    run(process.execPath, ['scripts/run-typescript.cjs', app], {
      ...process.env,
      ...(EXAMPLES.includes(app) && VALIDATED),
      CDK_OUTDIR: join(out, basename(app, '.ts')),
      CDK_CONTEXT_JSON: JSON.stringify(context),
    });
  }
  const templates = globSync(join(out, '*/*.template.json'));
  run(join(ENVIRONMENT, 'bin/cfn-lint'), ['--ignore-checks', ...IGNORED, '--', ...templates]);
  console.log(`${templates.length} templates, nothing found by cfn-lint ${VERSION}`);
} catch {
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true });
}
