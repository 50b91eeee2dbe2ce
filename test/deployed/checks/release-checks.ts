import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checks } from '../../checks';
import type { SetUp } from '../set-up';
import type { DeployedTemplate } from '../stack/cdk';
import { ASSET_BUCKET } from '../stack/test-config';
import { assertReal } from './deploy-checks';

/** The template of the test's stack as the release before this one made it. */
const BEFORE = join(__dirname, '../releases/0.1.0.template.json');
/** What clients, owners and subscribers hold on to. */
const KEPT = [
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::ApiKey',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
];

/** An account that has the release before gets this one. */
export async function checkRelease({ check }: Checks, stage: SetUp): Promise<void> {
  const { aws, cdk, chain } = stage;
  await check('an update from the release before replaces no API, key, table, secret or topic', async () => {
    const template = await runnable(stage, JSON.parse(await readFile(BEFORE, 'utf8')) as DeployedTemplate);
    const StackName = 'ClaudeFailover';
    await aws.cloudFormation.createStack({ StackName, TemplateBody: JSON.stringify(template) });
    const before = await kept(stage, StackName);
    assert.ok(before.length > KEPT.length, 'the release before has not been deployed');
    await assertReal(stage, await cdk.deploy(chain.first));
    const after = new Map(await kept(stage, StackName));
    assert.deepEqual(
      before.map(([id]) => [id, after.get(id)]),
      before,
    );
  });
}

/** Logical and physical ids. */
async function kept({ aws }: SetUp, StackName: string): Promise<[logical: string, physical: string | undefined][]> {
  const { StackResources = [] } = await aws.cloudFormation.describeStackResources({ StackName });
  return StackResources.filter(({ ResourceType = '' }) => KEPT.includes(ResourceType)).map((resource) => [
    resource.LogicalResourceId ?? '',
    resource.PhysicalResourceId,
  ]);
}

/** Its functions are not run here: any code does. */
async function runnable({ aws }: SetUp, { Resources, ...rest }: DeployedTemplate): Promise<DeployedTemplate> {
  const { Contents = [] } = await aws.s3.listObjectsV2({ Bucket: ASSET_BUCKET });
  const Code = { S3Bucket: ASSET_BUCKET, S3Key: Contents.find(({ Key }) => Key?.endsWith('.zip'))?.Key };
  const resources = Object.entries(Resources).map(([id, resource]) => {
    const { Type, Properties } = resource;
    return [id, Type === 'AWS::Lambda::Function' ? { ...resource, Properties: { ...Properties, Code } } : resource];
  });
  return { ...rest, Resources: Object.fromEntries(resources) as DeployedTemplate['Resources'] };
}
