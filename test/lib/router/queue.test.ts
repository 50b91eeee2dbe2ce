import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { type QueueProps, WhenDown } from '../../../lib/router/queue/queue-props';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import type { ShapedRouterProps } from '../../../lib/router/shape/shaped-router-props';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { deployed, functionNamed, newStack, routerIn, routerTemplate, statementsOf } from './router-stack';

const withQueue = (queue: QueueProps = {}, props: Partial<FailoverRouterProps> = {}) =>
  routerTemplate({ queue, ...props });
const only = (template: Template, type: string) => Object.values(template.findResources(type));
const QUEUES = 'AWS::SQS::Queue';

describe('requests that can wait', () => {
  it('are nothing at all where nobody asks for them', () => {
    const template = routerTemplate();
    for (const type of [QUEUES, 'AWS::S3::Bucket', 'AWS::Lambda::EventSourceMapping'])
      template.resourceCountIs(type, 0);
  });

  const template = withQueue();

  it('are kept encrypted, deleted when they are old, and open to nobody', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 2, Status: 'Enabled' }] },
    });
    for (const { Properties } of only(template, QUEUES)) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  it('come again when their worker dies, until well after the deadline, and then go where somebody looks', () => {
    template.hasResourceProperties(QUEUES, {
      VisibilityTimeout: 900,
      MessageRetentionPeriod: 8 * 3600,
      RedrivePolicy: {
        maxReceiveCount: 62,
        deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] },
      },
    });
    template.hasResourceProperties(QUEUES, { MessageRetentionPeriod: 14 * 24 * 3600 });
  });

  it('are answered by a worker in the router’s role and log, with the router’s configuration', () => {
    const worker = functionNamed(template, 'RouterRequestQueueWorker');
    const router = functionNamed(template, 'RouterFunction');
    expect(worker.Role).toEqual(router.Role);
    expect(worker.LoggingConfig.LogGroup).toEqual(router.LoggingConfig.LogGroup);
    expect(worker.Environment.Variables).toEqual(router.Environment.Variables);
    expect(worker).toMatchObject({ Timeout: 900, Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('are in a configuration that the router takes', () => {
    const { FAILOVER_CONFIG } = functionNamed(template, 'RouterFunction').Environment.Variables;
    const text = deployed(FAILOVER_CONFIG).replace('"url":"filled-in"', '"url":"https://sqs/1/q"');
    expect(parseConfig(text).queue).toEqual({
      url: 'https://sqs/1/q',
      bucket: 'filled-in',
      deadlineMs: 6 * 3_600_000,
      keepMs: 24 * 3_600_000,
    });
  });

  it('take exactly these rights', () => {
    const of = (what: RegExp) =>
      statementsOf(template, 'RouterRole')
        .filter(({ Action }) => what.test(JSON.stringify(Action)))
        .map(({ Action, Resource }) => [Action, [Resource].flat().length]);
    expect(of(/s3:/)).toEqual([
      [['s3:GetObject', 's3:PutObject'], 2],
      ['s3:ListBucket', 1],
    ]);
    expect(of(/sqs:/)).toEqual([
      [
        expect.arrayContaining([
          'sqs:SendMessage',
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:ChangeMessageVisibility',
        ]),
        1,
      ],
    ]);
  });

  it('are in order, where they are to be', () => {
    const ordered = withQueue({ inOrder: true });
    for (const { Properties } of only(ordered, QUEUES)) expect(Properties.FifoQueue).toBe(true);
    ordered.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 1 });
  });

  it('stay with the stack’s data, where that stays', () => {
    const kept = withQueue({}, { removalPolicy: RemovalPolicy.RETAIN });
    kept.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    kept.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
  });

  it('are encrypted by the stack’s own key, and the services may use it', () => {
    const stack = newStack();
    routerIn(stack, { queue: {}, encryptionKey: new kms.Key(stack, 'Kms') });
    const keyed = Template.fromStack(stack);
    for (const { Properties } of only(keyed, QUEUES)) expect(Properties.KmsMasterKeyId).toBeDefined();
    expect(JSON.stringify(only(keyed, 'AWS::S3::Bucket'))).toContain('aws:kms');
    const policy = JSON.stringify(only(keyed, 'AWS::KMS::Key'));
    for (const service of ['s3', 'sqs']) expect(policy).toContain(`${service}.us-east-1.`);
  });

  it('tell clients by webhooks whose secret stands in no template', () => {
    const stack = newStack();
    const secret = new ProviderKey(stack, 'Hook');
    routerIn(stack, {
      clients: [{ name: 'search' }],
      queue: { webhooks: [{ client: 'search', hosts: ['hooks.example.com'], secret }] },
    });
    const { FAILOVER_CONFIG } = functionNamed(Template.fromStack(stack), 'RouterFunction').Environment.Variables;
    const text = deployed(FAILOVER_CONFIG)
      .replaceAll('filled-in', 'https://sqs/1/q')
      .replace('"bucket":"https://sqs/1/q"', '"bucket":"b-b"');
    const found = /"webhooks":(\[.*?\]),?/.exec(text);
    expect(found?.[0]).toContain('hooks.example.com');
    expect(text).toContain('"secretArn":"');
  });

  it('wait on a route that says so', () => {
    const { FAILOVER_CONFIG } = functionNamed(withQueue({}, { whenDown: WhenDown.QUEUE }), 'RouterFunction').Environment
      .Variables;
    expect(deployed(FAILOVER_CONFIG)).toContain('"whenDown":"queue"');
    const without = functionNamed(withQueue({}, { whenDown: WhenDown.FAIL }), 'RouterFunction').Environment.Variables;
    expect(deployed(without.FAILOVER_CONFIG)).not.toContain('whenDown');
  });

  it('are answered in the router’s network', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    routerIn(stack, { queue: {}, vpc });
    const inVpc = Template.fromStack(stack);
    expect(functionNamed(inVpc, 'RouterRequestQueueWorker').VpcConfig).toEqual(
      functionNamed(inVpc, 'RouterFunction').VpcConfig,
    );
  });

  it('are answered by a Lambda function whatever the router runs as, in a role that Lambda may take', () => {
    const stack = newStack();
    const props: Partial<ShapedRouterProps> = { queue: {}, shape: RouterShape.webFunction() };
    routerIn(stack, props);
    const web = Template.fromStack(stack);
    const { Environment } = functionNamed(web, 'RouterRequestQueueWorker');
    expect(Environment.Variables).toMatchObject({ FAILOVER_CONFIG_PARAMETER: expect.anything() });
    expect(JSON.stringify(web.findResources('AWS::IAM::Role'))).toContain('lambda.amazonaws.com');
  });
});

it.each<[Partial<ShapedRouterProps>, string]>([
  [{ queue: { deadline: Duration.seconds(59) } }, "'queue.deadline' must be whole seconds from 1 minute to 3 days"],
  [{ queue: { deadline: Duration.days(4) } }, "'queue.deadline' must be"],
  [{ queue: { keepAnswers: Duration.minutes(1) } }, "'queue.keepAnswers' must be whole seconds from 1 hour to 30 days"],
  [{ queue: { maxConcurrency: 1 } }, "'queue.maxConcurrency' must be a whole number from 2 to 1000, got 1"],
  [{ whenDown: WhenDown.QUEUE }, "'whenDown' is WhenDown.QUEUE, and the router has no 'queue'"],
  [{ queue: {}, shape: RouterShape.webFunction({ regions: ['eu-west-1'] }) }, "'queue' is in the stack's region"],
])('%j is refused at synth', (props, message) => {
  expect(() => routerIn(newStack(), props)).toThrow(message);
});

it.each([
  ['other', ['hooks.example.com'], "there is no client 'other'"],
  ['search', ['https://hooks.example.com'], 'must be a host name'],
  ['search', ['10.0.0.1'], 'must be a host name'],
  ['search', [], 'is empty'],
])('a webhook of %s at %j is refused', (client, hosts, message) => {
  const stack = newStack();
  const webhooks = [{ client, hosts, secret: new ProviderKey(stack, 'Hook') }];
  expect(() => routerIn(stack, { clients: [{ name: 'search' }], queue: { webhooks } })).toThrow(message);
});
