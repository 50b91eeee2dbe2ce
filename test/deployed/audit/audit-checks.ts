import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type AuditDescription, STACK_OUTPUT, type StackDescription } from '../../../lib/contract';
import type { Checks } from '../../checks';
import { operators } from './operators';
import { awsEnv } from '../aws';
import { typescriptClient } from '../clients/typescript-client';
import { askAs, keyOf } from '../question';
import type { SetUp } from '../set-up';
import { createCdk, type Deployment } from '../stack/cdk';
import { AUDITED } from '../stack/test-config';
import { assertReal } from '../checks/deploy-checks';

const CLI = join(__dirname, '../../../bin/dist/claude-failover.mjs');
/** What ends, hides or shortens a record; on the bucket itself where it has no slash. */
const ON_OBJECTS = [
  'DeleteObject',
  'DeleteObjectVersion',
  'BypassGovernanceRetention',
  'PutObjectRetention',
  'PutObject',
];
const ON_BUCKET = [
  'DeleteBucket',
  'DeleteBucketPolicy',
  'PutBucketPolicy',
  'PutBucketObjectLockConfiguration',
  'PutBucketVersioning',
  'PutEncryptionConfiguration',
  'PutLifecycleConfiguration',
];

/** A stack with an audit trail: written by what is deployed, read back and verified by the command line, guarded by its policies. */
export async function checkAudit(checks: Checks, stage: SetUp): Promise<void> {
  const { check } = checks;
  const { aws, chain, emulator, iam, scratch } = stage;
  const cdk = createCdk(emulator, scratch, iam.forget, AUDITED, 'audited-app');
  const deployment = await cdk.deploy(chain.first);
  const trail = await describe(stage);
  const cli = (args: readonly string[], env = {}): Promise<{ code: number; said: string }> =>
    new Promise((resolve) => {
      const options = { env: { PATH: process.env['PATH'], ...awsEnv(emulator.url), ...env } };
      execFile(process.execPath, [CLI, ...args, '--stack', AUDITED], options, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, said: `${out}\n${err}` }),
      );
    });
  const heads = join(scratch, 'heads.log');
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const verify = () => cli(['audit', 'verify', '--from', from, '--heads', heads]);

  await check('audit: a stack with a trail deploys, and every resource of it is there', () =>
    assertReal(stage, deployment),
  );
  const lines: string[] = [];
  await check('audit: what is deployed writes a record of each request, and keeps contents apart', async () => {
    await drive(stage, deployment, lines);
    await writeFile(heads, lines.join('\n'));
    const records = await recordsOf(stage, trail);
    const requests = records.filter(({ kind }) => kind === 'request');
    assert.deepEqual(requests.map(({ outcome, host, client }) => [outcome, host, client]).sort(), [
      ['answered', 'anthropic', 'product'],
      ['answered', 'anthropic', 'product'],
      ['answered', 'bedrock-us-east-1', 'product'],
    ]);
    assert.doesNotMatch(JSON.stringify(records), /Hello/);
    const kept = records.filter(({ kind }) => kind === 'contents');
    assert.equal(kept.length, 3);
    assert.ok(kept.every(({ lost }) => lost === undefined));
    const [locked] = await contentsOf(stage);
    assert.match(await textOf(stage, locked!.Bucket, locked!.Key), /"content":"Hello".*"answer":/);
    await assert.rejects(aws.s3.deleteObject(locked!), /AccessDenied|Access Denied/);
  });
  await check("audit: an operator's act is recorded before it is done, and refused where it cannot be", async () => {
    const done = await cli(['undrain', 'anthropic']);
    assert.equal(done.code, 0, done.said);
    const refused = await cli(['undrain', 'anthropic'], { AWS_ENDPOINT_URL_FIREHOSE: 'http://127.0.0.1:9' });
    assert.equal(refused.code, 1);
    assert.match(refused.said, /'resume' is not done: it cannot be written into the audit trail/);
    const acts = (await recordsOf(stage, trail)).filter(({ kind }) => kind === 'act');
    assert.deepEqual(
      acts.map(({ act, target, writer, seq }) => [act, target, writer, seq]),
      [['resume', 'anthropic', 'operators', 0]],
    );
  });
  await check('audit: verify finds the trail intact', async () => {
    const { code, said } = await verify();
    assert.match(said, /INTACT: nothing is missing, nothing was changed/);
    assert.equal(code, 0);
  });
  await check('audit: verify sees a record that is written over, and one that is gone', async () => {
    const [first, ...others] = await keysOf(stage, trail);
    assert.ok(first && others.length > 0);
    const text = await textOf(stage, trail.bucket, first);
    const Body = gzipSync(text.replace('"kind":"', '"kind":"x'));
    await aws.s3.putObject({ Bucket: trail.bucket, Key: first, Body });
    const changed = await verify();
    assert.equal(changed.code, 1);
    assert.match(changed.said, /CHANGED {2}\S+: it was written over 1 times/);
    const { Versions = [] } = await aws.s3.listObjectVersions({ Bucket: trail.bucket, Prefix: others.at(-1)! });
    const gone = { Bucket: trail.bucket, Key: others.at(-1)!, VersionId: Versions[0]?.VersionId };
    await aws.s3.deleteObject({ ...gone, BypassGovernanceRetention: true });
    const missing = await verify();
    assert.equal(missing.code, 1);
    assert.match(missing.said, /MISSING {2}writer /);
  });
  await checkGuards(checks, stage, trail);
  await cdk.destroy(chain.first);
}

async function checkGuards({ check }: Checks, { iam }: SetUp, { bucket }: AuditDescription): Promise<void> {
  const account = await iam.account();
  const { operator, deployer, breakGlass, role } = operators(account);
  const arn = `arn:aws:s3:::${bucket}`;
  const acts = [
    ...ON_OBJECTS.map((action) => [`s3:${action}`, `${arn}/records/one`] as const),
    ...ON_BUCKET.map((action) => [`s3:${action}`, arn] as const),
  ];
  const keys = Object.entries(account.resources).flatMap(([key, policy]) =>
    key.includes(':key/') && JSON.stringify(policy).includes('NobodyEndsTheKey') ? [key] : [],
  );

  await check(
    'audit: whoever has every right cannot end, hide, shorten or write over a record, or take its guard away',
    async () => {
      assert.equal(keys.length, 2);
      const allowed: string[] = [];
      for (const [action, resource] of acts) if (!(await operator(action, resource))) allowed.push(action);
      for (const key of keys) {
        for (const action of ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:PutKeyPolicy']) {
          if (!(await operator(action, key))) allowed.push(action);
        }
      }
      assert.deepEqual(allowed, []);
      assert.equal(await operator('s3:GetObject', `${arn}/records/one`), undefined);
    },
  );
  await check(
    'audit: the break-glass role may, but for writing; a deployment may change settings, and end nothing',
    async () => {
      assert.equal(await breakGlass('s3:BypassGovernanceRetention', `${arn}/records/one`), undefined);
      assert.equal(await breakGlass('kms:ScheduleKeyDeletion', keys[0]!), undefined);
      assert.match((await breakGlass('s3:PutObject', `${arn}/records/one`)) ?? '', /explicit deny/);
      assert.equal(await deployer('s3:PutBucketPolicy', arn), undefined);
      assert.equal(await deployer('kms:PutKeyPolicy', keys[0]!), undefined);
      assert.match((await deployer('s3:DeleteObjectVersion', `${arn}/records/one`)) ?? '', /explicit deny/);
      assert.match((await deployer('kms:ScheduleKeyDeletion', keys[0]!)) ?? '', /explicit deny/);
    },
  );
  await check(
    "audit: the router's role may put records into the stream, contents into their bucket, and nothing else",
    async () => {
      const router = account.roles.find(
        ({ arn: each }) => each.includes(`/${AUDITED}-`) && each.includes('RouterRole'),
      );
      assert.ok(router);
      const mine = Object.values(router.policies).flatMap(
        ({ Statement }) => JSON.stringify(Statement).match(/"(firehose|s3|kms|glue|athena):\w+/g) ?? [],
      );
      assert.deepEqual([...new Set(mine)].sort(), [
        '"firehose:PutRecordBatch',
        '"kms:GenerateDataKey',
        '"s3:PutObject',
      ]);
      assert.match((await role(router.arn)('s3:PutObject', `${arn}/records/one`)) ?? '', /explicit deny/);
    },
  );
}

async function drive(stage: SetUp, deployment: Deployment, lines: string[]): Promise<void> {
  const { chain } = stage;
  await stage.storeKeys();
  const gateway = await stage.run(deployment, { poolSize: 1, onLine: (line) => lines.push(line) });
  try {
    const ask = askAs(typescriptClient, gateway, keyOf(gateway, 'product'));
    await ask();
    await ask({ stream: false });
    await chain.host('anthropic').setFault({ kind: 'overloaded' });
    await ask();
    await chain.heal();
  } finally {
    await gateway.close();
  }
}

async function describe({ aws }: SetUp): Promise<AuditDescription> {
  const { Stacks: [found] = [] } = await aws.cloudFormation.describeStacks({ StackName: AUDITED });
  const output = found?.Outputs?.find(({ Description }) => Description === STACK_OUTPUT)?.OutputValue ?? '{}';
  const { audit } = JSON.parse(output) as StackDescription;
  assert.ok(audit);
  return audit;
}

async function keysOf({ aws }: SetUp, { bucket }: AuditDescription): Promise<string[]> {
  const { Contents = [] } = await aws.s3.listObjectsV2({ Bucket: bucket, Prefix: 'records/' });
  const sorted = Contents.sort((one, other) => Number(one.LastModified) - Number(other.LastModified));
  return sorted.map(({ Key = '' }) => Key);
}

async function textOf({ aws }: SetUp, Bucket: string, Key: string): Promise<string> {
  const { Body } = await aws.s3.getObject({ Bucket, Key });
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  return (Key.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)).toString();
}

/** Requests and answers themselves, as they lie in their bucket. */
async function contentsOf({ aws }: SetUp) {
  const { Buckets = [] } = await aws.s3.listBuckets({});
  const Bucket = Buckets.find(({ Name }) => /auditcontents/.test(Name ?? ''))?.Name ?? '';
  const { Versions = [] } = await aws.s3.listObjectVersions({ Bucket });
  return Versions.map(({ Key = '', VersionId }) => ({ Bucket, Key, VersionId }));
}

async function recordsOf(stage: SetUp, trail: AuditDescription): Promise<Readonly<Record<string, unknown>>[]> {
  const keys = await keysOf(stage, trail);
  const texts = await Promise.all(keys.map((key) => textOf(stage, trail.bucket, key)));
  return texts.flatMap((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );
}
