import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Host } from '../../../lib/hosts/host';
import type { BatchesProps } from '../../../lib/router/batches/batches-props';
import type { ShapedRouterProps } from '../../../lib/router/shape/shaped-router-props';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { fargate } from '../shapes/shape-stack';
import { deployed, functionNamed, newStack, routerIn, routerTemplate, statementsOf } from './router-stack';

const withBatches = (batches: BatchesProps = {}, props: Partial<ShapedRouterProps> = {}) =>
  routerTemplate({ batches, ...props });
const only = (template: Template, type: string) => Object.values(template.findResources(type));
const schedulesOf = (of: { Environment: { Variables: Record<string, unknown> } }) =>
  deployed(of.Environment.Variables['FAILOVER_BATCHES_SCHEDULES']);

describe('message batches', () => {
  it('are nothing at all where nobody asks for them', () => {
    const template = routerTemplate();
    for (const type of ['AWS::S3::Bucket', 'AWS::Scheduler::ScheduleGroup', 'AWS::Scheduler::Schedule'])
      template.resourceCountIs(type, 0);
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    template.resourceCountIs('AWS::Lambda::Function', 1);
  });

  const template = withBatches();
  const router = functionNamed(template, 'RouterFunction');
  const worker = functionNamed(template, 'RouterBatchesWorker');

  it('are kept encrypted, open to nobody, and deleted a day after their results are archived', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      KeySchema: [
        { AttributeName: 'kind', KeyType: 'HASH' },
        { AttributeName: 'entry', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  it('are worked off in the router’s role and log, with the router’s configuration', () => {
    expect(worker.Role).toEqual(router.Role);
    expect(worker.LoggingConfig.LogGroup).toEqual(router.LoggingConfig.LogGroup);
    expect(worker).toMatchObject({ Timeout: 900, Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    const { FAILOVER_BATCHES_SCHEDULES: ours, ...shared } = worker.Environment.Variables;
    const { FAILOVER_BATCHES_SCHEDULES: routers, ...all } = router.Environment.Variables;
    expect(shared).toEqual(all);
    expect(ours).not.toEqual(routers);
  });

  it('wake their worker by schedules that the router makes in a group of its own', () => {
    expect(JSON.parse(schedulesOf(router))).toEqual({
      group: expect.stringContaining('Batches'),
      roleArn: 'filled-in',
      workerArn: 'filled-in',
    });
    expect(JSON.parse(schedulesOf(worker))).toEqual({
      group: expect.stringContaining('Batches'),
      roleArn: 'filled-in',
    });
    template.resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
    template.resourceCountIs('AWS::Scheduler::Schedule', 0);
    expect(statementsOf(template, 'RouterBatchesSchedulesRole')).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } },
    ]);
  });

  it('are in a configuration that the router takes', () => {
    const { FAILOVER_CONFIG } = functionNamed(
      withBatches({ patience: Duration.hours(2), fullPriceUsdPerDay: 5 }),
      'RouterFunction',
    ).Environment.Variables;
    expect(parseConfig(deployed(FAILOVER_CONFIG)).batches).toEqual({ patienceMs: 7_200_000, fullPriceUsdPerDay: 5 });
  });

  it('take exactly these rights, and the one to count what is spent only where something may be', () => {
    const rightsOf = (of: Template, what: RegExp) =>
      statementsOf(of, 'RouterRole')
        .filter(({ Action, Resource }) => what.test(JSON.stringify([Action, Resource])))
        .map(({ Action }) => Action);
    expect(rightsOf(template, /s3:/)).toEqual([['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], 's3:ListBucket']);
    expect(rightsOf(template, /scheduler:|iam:/)).toEqual([
      ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
      'iam:PassRole',
    ]);
    const table = ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];
    expect(rightsOf(template, /BatchesStoreTable/)).toEqual([table]);
    expect(rightsOf(withBatches({ fullPriceUsdPerDay: 1 }), /BatchesStoreTable/)).toEqual([
      [...table, 'dynamodb:UpdateItem'],
    ]);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'iam:PassRole',
            Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
          }),
        ]),
      },
    });
  });

  it('have a canary a day, where it is wanted, that asks for the cheapest model', () => {
    withBatches({ canary: true }).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 day)',
      Target: Match.objectLike({ Input: '{"canary":"claude-haiku-5-5"}' }),
    });
  });

  it('stay with the stack’s data, where that stays', () => {
    const kept = withBatches({}, { removalPolicy: RemovalPolicy.RETAIN });
    kept.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    kept.allResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Retain' });
    kept.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
  });

  it('are encrypted by the stack’s own key', () => {
    const stack = newStack();
    routerIn(stack, { batches: {}, encryptionKey: new kms.Key(stack, 'Kms') });
    const keyed = Template.fromStack(stack);
    expect(JSON.stringify(only(keyed, 'AWS::S3::Bucket'))).toContain('aws:kms');
    for (const { Properties } of only(keyed, 'AWS::DynamoDB::GlobalTable')) {
      expect(Properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    }
    expect(functionNamed(keyed, 'RouterBatchesWorker').KmsKeyArn).toBeDefined();
  });

  it('are worked off in the router’s network', () => {
    const stack = newStack();
    routerIn(stack, { batches: {}, vpc: new ec2.Vpc(stack, 'Vpc') });
    const inVpc = Template.fromStack(stack);
    expect(functionNamed(inVpc, 'RouterBatchesWorker').VpcConfig).toEqual(
      functionNamed(inVpc, 'RouterFunction').VpcConfig,
    );
  });

  it('beside requests that wait, have a worker of their own in a role that Lambda may take once', () => {
    const web = withBatches({}, { queue: {}, shape: RouterShape.webFunction() });
    expect(functionNamed(web, 'RouterRequestQueueWorker').Role).toEqual(functionNamed(web, 'RouterBatchesWorker').Role);
    const [role] = Object.entries(web.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('RouterRole'));
    expect(JSON.stringify(role).match(/lambda\.amazonaws\.com/g)).toHaveLength(1);
  });

  it('of a web function wake a worker, because no environment of it is always there', () => {
    const web = withBatches({}, { shape: RouterShape.webFunction() });
    expect(JSON.stringify(only(web, 'AWS::Lambda::WebFunctionRevision'))).toContain('FAILOVER_BATCHES_SCHEDULES');
    expect(functionNamed(web, 'RouterBatchesWorker').Environment.Variables).toMatchObject({
      FAILOVER_CONFIG_PARAMETER: expect.anything(),
    });
  });

  it('on Fargate are worked off by the tasks themselves, which need no schedule', () => {
    const stack = newStack();
    routerIn(stack, { batches: {}, shape: fargate(stack) } as Partial<ShapedRouterProps>);
    const tasks = Template.fromStack(stack);
    const text = JSON.stringify(only(tasks, 'AWS::ECS::TaskDefinition'));
    expect(text).toContain('FAILOVER_BATCHES_TABLE');
    expect(text).not.toContain('FAILOVER_BATCHES_SCHEDULES');
    tasks.resourceCountIs('AWS::Lambda::Function', 1);
    expect(JSON.stringify(statementsOf(tasks, 'RouterRole'))).not.toMatch(/scheduler:|PassRole/);
  });
});

it.each<[Partial<ShapedRouterProps>, string]>([
  [
    { batches: { patience: Duration.seconds(59) } },
    "'batches.patience' must be whole seconds from 1 minute to 24 hours",
  ],
  [{ batches: { patience: Duration.days(2) } }, "'batches.patience' must be"],
  [{ batches: { fullPriceUsdPerDay: -1 } }, "'batches.fullPriceUsdPerDay' must be a number of USD, 0 or more, got -1"],
  [{ batches: {}, chain: [Host.bedrock()] }, "'batches': no host of the chain takes any"],
  [{ batches: {}, shape: RouterShape.webFunction({ regions: ['eu-west-1'] }) }, "'batches' are in the stack's region"],
])('%j is refused at synth', (props, message) => {
  expect(() => routerIn(newStack(), props)).toThrow(message);
});

it('a canary on Fargate is refused, because nothing wakes it there', () => {
  const stack = newStack();
  const props: Partial<ShapedRouterProps> = { batches: { canary: true }, shape: fargate(stack) };
  expect(() => routerIn(stack, props)).toThrow("'batches.canary' needs schedules");
});
