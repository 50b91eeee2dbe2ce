/** Synthesises the Google side by cdktf's own command line, and gives what it writes to Terraform where that is installed. Reaches no network. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const APP = 'node scripts/run-typescript.cjs test/lib/cdktf/app.ts';
const STACK = 'stacks/Claude';
const env = { ...process.env, CI: 'true', CHECKPOINT_DISABLE: '1' };

function synth(form, ...flags) {
  const output = join(out, form);
  execFileSync('cdktf', ['synth', '--app', APP, '--output', output, ...flags], { env, stdio: 'pipe' });
  return join(output, STACK);
}

const out = mkdtempSync(join(tmpdir(), 'terraform-'));
try {
  const json = synth('json');
  const types = Object.keys(JSON.parse(readFileSync(join(json, 'cdk.tf.json'), 'utf8')).resource);
  console.log(`cdktf synth: ${types.length} types of resources`);

  if (spawnSync('terraform', ['version'], { stdio: 'ignore' }).error) {
    console.warn('SKIPPED: terraform is not installed, so that nothing but cdktf has read what cdktf wrote.');
  } else {
    // Fails for want of the provider, and has by then read the JSON and set up the backend: all that works without a network.
    spawnSync('terraform', ['init', `-plugin-dir=${mkdtempSync(join(out, 'none-'))}`], { cwd: json, env });
    const providers = execFileSync('terraform', ['providers'], { cwd: json, env, encoding: 'utf8' });
    if (!/provider\[.*hashicorp\/google\] 6\.50\.0/.test(providers)) throw new Error(`other providers: ${providers}`);
    // Terraform formats no JSON, and cdktf's HCL has every reference in quotes that are not needed: so twice, and the first one parses it.
    const hcl = synth('hcl', '--hcl');
    for (const flags of [[], ['-check', '-diff']]) execFileSync('terraform', ['fmt', ...flags], { cwd: hcl, env });
    console.log('terraform: reads the JSON and wants hashicorp/google 6.50.0 for it; formats the same as HCL');
    console.log('SKIPPED: terraform validate, which needs the provider from the Terraform registry.');
  }
} catch (error) {
  console.error(error.stdout?.toString() ?? '', error.message);
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true });
}
