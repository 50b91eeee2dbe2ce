import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { BatchJobs } from '../../../lib/router/batches/jobs/batch-jobs';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import { ACCOUNT, deployed, functionNamed, newStack, routerIn, statementsOf } from './router-stack';

const GOOGLE = { projectId: 'my-project', projectNumber: '1' };
const CHAIN = [
  Host.bedrock(),
  Host.bedrock({ region: 'eu-central-1', profile: BedrockProfile.EU }),
  Host.vertex(GOOGLE),
  Host.vertex({ ...GOOGLE, location: 'europe-west1' }),
];
const VERTEX = { host: 'vertex', bucket: 'gs://mine' };

function templateOf(make: (stack: Stack) => Partial<FailoverRouterProps>): Template {
  const stack = newStack();
  routerIn(stack, { chain: CHAIN, models: ['claude-opus-5-5'], ...make(stack) });
  return Template.fromStack(stack);
}
const withJobs = (...jobs: BatchJobs[]): Template => templateOf(() => ({ batches: { jobs } }));
const bucketOf = (stack: Stack): s3.IBucket => s3.Bucket.fromBucketName(stack, 'Frankfurt', 'mine-in-frankfurt');

/** As the router reads them from its configuration. */
function jobsOf(template: Template) {
  const text = deployed(functionNamed(template, 'RouterFunction').Environment.Variables['FAILOVER_CONFIG']);
  return parseConfig(text.replaceAll('filled-in', ROLE)).batches?.jobs;
}
const ROLE = `arn:aws:iam::${ACCOUNT}:role/jobs`;

const rightsOf = (template: Template, role: string, what: RegExp) =>
  statementsOf(template, role).filter(({ Action, Resource }) => what.test(JSON.stringify([Action, Resource])));
const arn = (id: string) => ({ 'Fn::GetAtt': [expect.stringMatching(id), 'Arn'] });
const jobsIn = (region: string) => `arn:aws:bedrock:${region}:${ACCOUNT}:model-invocation-job/*`;
const OPUS = [
  `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/global.anthropic.claude-opus-5-5`,
  'arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-5-5',
  'arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5',
];

describe('batch jobs in the stack’s region', () => {
  const template = withJobs(BatchJobs.bedrock({ host: 'bedrock', minRequests: 500 }));

  it('are in a configuration that the router takes, and are enough of a place for batches', () => {
    expect(jobsOf(template)).toEqual({ bedrock: { roleArn: ROLE, minRequests: 500 } });
  });

  it('are made, looked at and stopped by the router, for its models alone, in one role', () => {
    expect(rightsOf(template, 'RouterRole', /ModelInvocationJob|Jobsbedrock/)).toEqual([
      { Effect: 'Allow', Action: 'bedrock:CreateModelInvocationJob', Resource: OPUS },
      {
        Effect: 'Allow',
        Action: ['Create', 'Get', 'Stop'].map((verb) => `bedrock:${verb}ModelInvocationJob`),
        Resource: jobsIn('us-east-1'),
      },
      { Effect: 'Allow', Action: 'bedrock:ListModelInvocationJobs', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: arn('^RouterBatchesJobsbedrock'),
        Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
      },
    ]);
  });

  it('have a role that only jobs of this account and region take, for their files and what is behind profiles', () => {
    const [role] = Object.values(template.findResources('AWS::IAM::Role')).filter((each) =>
      JSON.stringify(each).includes('bedrock.amazonaws.com'),
    );
    expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'bedrock.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': ACCOUNT },
          ArnLike: { 'aws:SourceArn': jobsIn('us-east-1') },
        },
      },
    ]);
    const bucket = arn('^RouterBatchesStoreBucket');
    const Condition = { StringEquals: { 'aws:ResourceAccount': ACCOUNT } };
    expect(statementsOf(template, 'RouterBatchesJobsbedrock')).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: { 'Fn::Join': ['', [bucket, '/batches/jobs/*']] },
        Condition,
      },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket, Condition },
      { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: OPUS },
    ]);
  });

  it('of a model that is asked by itself need no right to invoke it', () => {
    const modelIds = { 'claude-opus-5-5': 'anthropic.claude-opus-5-5' };
    const bare = templateOf(() => ({
      chain: [Host.bedrock({ modelIds })],
      batches: { jobs: [BatchJobs.bedrock({ host: 'bedrock' })] },
    }));
    expect(rightsOf(bare, 'RouterBatchesJobsbedrock', /bedrock:/)).toEqual([]);
    expect(rightsOf(bare, 'RouterRole', /CreateModelInvocationJob/)[0]).toMatchObject({
      Resource: 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5-5',
    });
  });

  it('use the stack’s own key for the bucket’s files', () => {
    const keyed = templateOf((stack) => ({
      encryptionKey: new kms.Key(stack, 'Kms'),
      batches: { jobs: [BatchJobs.bedrock({ host: 'bedrock' })] },
    }));
    expect(rightsOf(keyed, 'RouterBatchesJobsbedrock', /kms:/)).toEqual([
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: arn('^Kms') },
    ]);
  });
});

it('jobs of a stack for any account and region are in its region', () => {
  const stack = new Stack(new App(), 'Stack');
  routerIn(stack, { chain: [Host.bedrock()], batches: { jobs: [BatchJobs.bedrock({ host: 'bedrock' })] } });
  const rights = JSON.stringify(rightsOf(Template.fromStack(stack), 'RouterRole', /StopModelInvocationJob/));
  expect(rights).toMatch(/AWS::Region.*AWS::AccountId.*:model-invocation-job/);
});

it('jobs in another region have a bucket there, which the router and their role share', () => {
  const template = templateOf((stack) => ({
    batches: { jobs: [BatchJobs.bedrock({ host: 'bedrock-eu-central-1-eu', bucket: bucketOf(stack) })] },
  }));
  expect(jobsOf(template)).toEqual({
    'bedrock-eu-central-1-eu': { bucket: 's3://mine-in-frankfurt', roleArn: ROLE },
  });
  const rights = (role: string) =>
    rightsOf(template, role, /mine-in-frankfurt/).flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => `${String(action)} ${deployed(Resource).split(':').at(-1)}`),
    );
  const shared = ['s3:GetObject mine-in-frankfurt/batches/jobs/*', 's3:PutObject mine-in-frankfurt/batches/jobs/*'];
  expect(rights('RouterBatchesJobs')).toEqual([...shared, 's3:ListBucket mine-in-frankfurt']);
  expect(rights('RouterRole')).toEqual([
    ...shared,
    's3:DeleteObject mine-in-frankfurt/batches/jobs/*',
    's3:ListBucket mine-in-frankfurt',
  ]);
  const created = JSON.stringify(rightsOf(template, 'RouterRole', /CreateModelInvocationJob/));
  expect(created).toContain(jobsIn('eu-central-1'));
  expect(created).toContain('eu-central-1:111122223333:inference-profile/eu.anthropic.claude-opus-5-5');
  expect(created).not.toContain('us-east-1');
});

it('jobs of Vertex AI are in the configuration, and need nothing of AWS', () => {
  const template = withJobs(BatchJobs.vertex({ ...VERTEX, location: 'us-east5' }));
  expect(jobsOf(template)).toEqual({ vertex: { bucket: 'gs://mine', location: 'us-east5' } });
  expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toMatch(/ModelInvocationJob|mine/);
});

it.each<[BatchJobs[], string]>([
  [
    [BatchJobs.bedrock({ host: 'bedrock-us-west-2' })],
    "'batches.jobs[0].host' must be the name of a host of the chain, got 'bedrock-us-west-2'; they are anthropic, bedrock, bedrock-eu",
  ],
  [[BatchJobs.bedrock({ host: 'anthropic' })], "'anthropic' is of kind 'anthropic': it has no batch jobs"],
  [[BatchJobs.bedrock({ host: 'vertex' })], "'vertex' is of kind 'vertex': take BatchJobs.vertex()"],
  [[BatchJobs.vertex({ ...VERTEX, host: 'bedrock' })], "'bedrock' is of kind 'bedrock': take BatchJobs.bedrock()"],
  [
    [BatchJobs.vertex(VERTEX), BatchJobs.vertex(VERTEX)],
    "'batches.jobs[1].host' 'vertex' has jobs already; leave out one of the two",
  ],
  [
    [BatchJobs.bedrock({ host: 'bedrock-eu-central-1-eu' })],
    "'batches.jobs[0].bucket' is missing: jobs of a host in eu-central-1 need a bucket there, and that of the batches is in the stack's region, us-east-1",
  ],
  [[BatchJobs.bedrock({ host: 'bedrock', minRequests: 1001 })], "'batches.jobs[0].minRequests' must be a whole number"],
  [[BatchJobs.vertex({ ...VERTEX, bucket: 'mine' })], "'batches.jobs[0].bucket' must be a bucket of Cloud Storage"],
  [
    [BatchJobs.vertex({ ...VERTEX, location: 'Europe' })],
    "'batches.jobs[0].location' must be global, us, eu or a region",
  ],
  [
    [BatchJobs.vertex({ ...VERTEX, host: 'vertex-europe-west1', location: 'us-east5' })],
    "'batches.jobs[0].location' is for a host at global, and this one is in europe-west1",
  ],
])('%j is refused, with where it was given', (jobs, message) => {
  const make = (): unknown => {
    const stack = newStack();
    const chain = [Host.anthropic({ keys: [new ProviderKey(stack, 'Own')] }), ...CHAIN];
    return routerIn(stack, { chain, models: ['claude-opus-5-5'], batches: { jobs } });
  };
  expect(make).toThrow(message);
  expect(make).toThrow(/at construct path "Stack\/Router/);
});
