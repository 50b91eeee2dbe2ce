/**
 * Packs the library, installs it into an empty CDK app outside this repository, and synthesises: with the newest and the lowest aws-cdk-lib, and without
 * cdktf. Then the Google side, with it.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkContent } from './package-content.mjs';
import { checkDemo } from './package-demo.mjs';
import { tarballIn } from './tarball.mjs';

const { devDependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const LIBRARIES = ['aws-cdk-lib', 'constructs'];
const ENVIRONMENTS = {
  newest: LIBRARIES.map((name) => `${name}@${devDependencies[name]}`),
  lowest: LIBRARIES.map((name) => `${name}@${peerDependencies[name].replace('^', '')}`),
};
const TSC = ['--strict', '--skipLibCheck', '--module', 'node20', '--target', 'es2023', '--types', 'node', 'app.ts'];
/** What an aws-cdk-lib that is too old leaves out without a word. */
const EXPECTED = [
  '"ResponseTransferMode": "STREAM"',
  '"SecurityPolicy": "SecurityPolicy_TLS13_',
  '"Runtime": "nodejs24.x"',
  '"AWS::DynamoDB::GlobalTable"',
  '"AWS::Bedrock::ApplicationInferenceProfile"',
];

/** One of each other shape, and its environments: Web Functions are newer than the lowest. */
const SHAPES = [
  {
    example: 'web-function',
    stack: 'WebFunction',
    environments: ['newest'],
    type: '"AWS::Lambda::WebFunctionRevision"',
  },
  { example: 'fargate', stack: 'Fargate', environments: ['newest', 'lowest'], type: '"AWS::ECS::TaskDefinition"' },
];

const run = (command, args, cwd, env = process.env) =>
  execFileSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });

function synthesise(folder, tarball, libraries) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty-app', private: true }));
  cpSync('examples/complete-stack.ts', join(folder, 'app.ts'));
  run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball, '@types/node@24', ...libraries],
    folder,
  );
  run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...TSC], folder);
  run(process.execPath, ['app.js'], folder, { ...process.env, CDK_OUTDIR: join(folder, 'cdk.out') });
}

function check(folder, libraries) {
  const template = readFileSync(join(folder, 'cdk.out/CompleteStack.template.json'), 'utf8');
  const missing = EXPECTED.filter((text) => !template.includes(text));
  const bundles = globSync(join(folder, 'cdk.out/asset.*/index.mjs'));
  if (!bundles.some((bundle) => existsSync(join(bundle, '../chunks')))) missing.push('the bundle of the router');
  if (missing.length > 0) throw new Error(`with ${libraries.join(', ')} is missing: ${missing.join(', ')}`);
  console.log(`${libraries.join(', ')}: ${bundles.length} bundles, nothing missing`);
}

function checkShapes(name, folder) {
  for (const { example, stack, environments, type } of SHAPES) {
    if (!environments.includes(name)) continue;
    cpSync(`examples/${example}.ts`, join(folder, `${example}.ts`));
    const tsc = TSC.map((argument) => (argument === 'app.ts' ? `${example}.ts` : argument));
    run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...tsc], folder);
    const out = join(folder, `${example}.out`);
    run(process.execPath, [`${example}.js`], folder, { ...process.env, CDK_OUTDIR: out });
    const template = readFileSync(join(out, `${stack}.template.json`), 'utf8');
    // As a folder for Lambda, as one file for a task.
    const hasCode = globSync([join(out, 'asset.*/index.mjs'), join(out, 'asset.*.mjs')]).length > 0;
    if (!template.includes(type) || !hasCode)
      throw new Error(`${example} with the ${name} libraries is without ${type}`);
    console.log(`${example}, with the ${name} libraries: nothing missing`);
  }
}

const GOOGLE_APP = `
import { synthVertexAccess } from 'cdk-claude-failover/cdktf';
synthVertexAccess('Claude', {
  projectId: 'my-project',
  projectNumber: '123456789012',
  account: '111122223333',
  roleNames: ['Claude-router'],
  models: ['claude-opus-5-5'],
});
`;

/** The app so far had no cdktf, and missed nothing; only the Google side asks for it. */
function checkGoogleSide(folder) {
  const modules = join(folder, 'node_modules');
  if (existsSync(join(modules, 'cdktf'))) throw new Error('cdktf was installed for an app that does not ask for it');
  mkdirSync(join(modules, '@cdktf'));
  for (const name of ['cdktf', '@cdktf/provider-google'])
    symlinkSync(resolve('node_modules', name), join(modules, name));
  writeFileSync(join(folder, 'google.ts'), GOOGLE_APP);
  const tsc = TSC.map((argument) => (argument === 'app.ts' ? 'google.ts' : argument));
  run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--preserveSymlinks', ...tsc], folder);
  // Links that stay in the folder, so that there is one copy of constructs, as after an installation.
  run(process.execPath, ['--preserve-symlinks', 'google.js'], folder);
  const terraform = readFileSync(join(folder, 'cdktf.out/stacks/Claude/cdk.tf.json'), 'utf8');
  if (!terraform.includes('google_iam_workload_identity_pool_provider')) throw new Error('no pool on the Google side');
  console.log('the Google side: asks for cdktf, and makes its stack with it');
}

const out = mkdtempSync(join(tmpdir(), 'packed-'));
try {
  const tarball = tarballIn(out);
  checkContent(tarball);
  await checkDemo(join(out, 'demo'), tarball);
  for (const [name, libraries] of Object.entries(ENVIRONMENTS)) {
    const folder = join(out, name);
    synthesise(folder, tarball, libraries);
    check(folder, libraries);
    checkShapes(name, folder);
  }
  checkGoogleSide(join(out, 'newest'));
} finally {
  rmSync(out, { recursive: true });
}
