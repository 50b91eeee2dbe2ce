import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { FailoverRouter } from '../../../lib/router/failover-router';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { functionNamed, newStack, routerIn, routerTemplate, statementsOf } from './router-stack';

const STATEFUL = ['AWS::Logs::LogGroup', 'AWS::DynamoDB::GlobalTable'];

const actionsOf = (template: Template, resource: RegExp): string[] =>
  statementsOf(template, 'RouterRole')
    .filter(({ Resource }) => resource.test(JSON.stringify(Resource)))
    .flatMap(({ Action }) => Action as string | string[])
    .sort();

describe('the function', () => {
  it('runs the prebuilt bundle on Node 24 and arm64, as long as Lambda lets it', () => {
    const fn = functionNamed(routerTemplate(), 'RouterFunction');
    expect(fn).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1024,
      Timeout: 900,
      TracingConfig: { Mode: 'Active' },
    });
    expect(fn.Environment.Variables.NODE_OPTIONS).toBe('--enable-source-maps');
  });

  it('writes its lines as they are, so that CloudWatch finds the metrics in them', () => {
    const template = routerTemplate();
    const [[logGroup]] = Object.entries(template.findResources('AWS::Logs::LogGroup')) as [[string, unknown]];
    expect(functionNamed(template, 'RouterFunction').LoggingConfig).toEqual({
      LogFormat: 'Text',
      LogGroup: { Ref: logGroup },
    });
  });

  it('takes memory, timeout, concurrency and a key for its environment', () => {
    const stack = newStack();
    const key = new kms.Key(stack, 'EnvironmentKey');
    routerIn(stack, {
      memorySize: 512,
      timeout: Duration.minutes(5),
      reservedConcurrentExecutions: 50,
      environmentEncryption: key,
    });
    expect(functionNamed(Template.fromStack(stack), 'RouterFunction')).toMatchObject({
      MemorySize: 512,
      Timeout: 300,
      ReservedConcurrentExecutions: 50,
      KmsKeyArn: { 'Fn::GetAtt': [expect.stringMatching(/^EnvironmentKey/), 'Arn'] },
    });
  });

  it.each([
    [
      'memory',
      { memorySize: 64 },
      /'memorySize' must be a whole number of MiB from 128 to 10240, got 64\n {2}at construct path "Stack\/Router"/,
    ],
    [
      'time',
      { timeout: Duration.minutes(16) },
      /'timeout' must be whole seconds from 1 and at most 15 minutes, Lambda's own limit, got 16 minutes/,
    ],
  ])('cannot have a wrong amount of %s', (_, props, message) => {
    expect(() => routerTemplate(props)).toThrow(message);
  });

  it('runs in a VPC where it is given one, and may manage its network interfaces there', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    routerIn(stack, { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
    const template = Template.fromStack(stack);
    expect(functionNamed(template, 'RouterFunction').VpcConfig.SubnetIds).toHaveLength(2);
    expect(actionsOf(template, /^"\*"$/)).toContain('ec2:CreateNetworkInterface');
  });
});

describe('traffic', () => {
  it('goes to the alias live, and a change of the configuration makes a new version', () => {
    const versions = [Duration.seconds(1), Duration.seconds(2)].map((openFor) => {
      const template = routerTemplate({ chain: [Host.bedrock({ breaker: { open: openFor } })] });
      const [version] = Object.keys(template.findResources('AWS::Lambda::Version'));
      template.hasResourceProperties('AWS::Lambda::Alias', {
        Name: 'live',
        FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
      });
      return version;
    });
    expect(versions[0]).not.toBe(versions[1]);
  });

  it('comes from whoever was granted to invoke the alias', () => {
    const stack = newStack();
    const router = routerIn(stack);
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    router.grantInvoke(caller);
    const [statement] = statementsOf(Template.fromStack(stack), 'Caller');
    expect(statement?.['Action']).toBe('lambda:InvokeFunction');
    expect(JSON.stringify(statement?.['Resource'])).toContain('RouterAlias');
  });

  it('can go to a router of another stack', () => {
    const stack = newStack();
    const arn = 'arn:aws:lambda:us-east-1:111122223333:function:router:live';
    const router = FailoverRouter.fromFunctionArn(stack, 'Imported', arn);
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    router.grantInvoke(caller);
    expect(statementsOf(Template.fromStack(stack), 'Caller')).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: arn },
    ]);
  });
});

describe('the role', () => {
  it('has the name it is given, by which another cloud may know it', () => {
    routerTemplate({ roleName: 'Claude-router' }).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'Claude-router',
    });
    expect(() => routerTemplate({ roleName: 'r'.repeat(65) })).toThrow(
      /'roleName' must be 1 to 64 letters.*got 'r{65}'/,
    );
  });

  it('writes the log group of its function and no other, without a managed policy', () => {
    const template = routerTemplate();
    const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    expect(statementsOf(template, 'RouterRole')).toContainEqual({
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
    });
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  it('has no wildcard but for traces, which know no resource, and for the regions of an inference profile', () => {
    const wide = statementsOf(routerTemplate(), 'RouterRole').filter(({ Resource }) =>
      JSON.stringify(Resource).includes('*'),
    );
    const unconditional = wide.filter(({ Condition }) => Condition === undefined);
    expect(unconditional.map(({ Action }) => Action)).toEqual([
      ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'].reverse(),
    ]);
  });

  it('reads the secrets of its hosts, and no other of the stack', () => {
    const stack = newStack();
    new ProviderKey(stack, 'Stranger');
    routerIn(stack);
    const reads = statementsOf(Template.fromStack(stack), 'RouterRole').filter(({ Action }) =>
      JSON.stringify(Action).includes('secretsmanager'),
    );
    expect(reads.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['secretsmanager:GetSecretValue', { Ref: expect.stringMatching(/^KeySecret/) }],
    ]);
  });

  it('reads a secret of a route, and decrypts it with the key of its owner', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Encryption');
    const secret = new secretsmanager.Secret(stack, 'Imported', { encryptionKey });
    const foundry = Host.foundry({ resource: 'r', keys: [ProviderKey.fromSecret(stack, 'Mine', secret)] });
    routerIn(stack, { routes: [{ clients: ['a'], chain: [foundry] }] });
    const template = Template.fromStack(stack);
    expect(actionsOf(template, /"Imported/)).toContain('secretsmanager:GetSecretValue');
    // Through Secrets Manager only: by the key's own policy.
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:Decrypt',
            Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
            Principal: { AWS: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RouterRole'), 'Arn'] } },
          }),
        ]),
      },
    });
  });
});

describe('connections', () => {
  it('are those of its security groups', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const router = routerIn(stack, { vpc });
    const proxy = new ec2.SecurityGroup(stack, 'Proxy', { vpc });
    proxy.connections.allowFrom(router, ec2.Port.tcp(3128));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 3128,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Router'), 'GroupId'] },
    });
  });

  it('are none outside of a VPC, and the error says what to do', () => {
    expect(() => routerIn(newStack()).connections).toThrow(/runs in no VPC.*give it a 'vpc'.*Stack\/Router/s);
  });
});

describe('the health table', () => {
  it('costs nothing while nothing happens, and forgets by itself', () => {
    routerTemplate().hasResource('AWS::DynamoDB::GlobalTable', {
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'kind', KeyType: 'HASH' },
          { AttributeName: 'entry', KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      },
    });
  });

  it('is open to the router, without its scans and its deletion', () => {
    const [table] = Object.keys(routerTemplate().findResources('AWS::DynamoDB::GlobalTable'));
    expect(actionsOf(routerTemplate(), new RegExp(`"${table}"`))).toEqual(['dynamodb:PutItem', 'dynamodb:Query']);
  });

  it('may be one that several routers share', () => {
    const stack = newStack();
    const healthTable = dynamodb.TableV2.fromTableName(stack, 'Shared', 'shared-health');
    const router = routerIn(stack, { healthTable });
    const template = Template.fromStack(stack);
    expect(router.healthTable).toBe(healthTable);
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
    expect(functionNamed(template, 'RouterFunction').Environment.Variables.FAILOVER_HEALTH_TABLE).toBe('shared-health');
  });
});

describe('what is kept', () => {
  it('goes with the stack', () => {
    for (const type of STATEFUL) routerTemplate().allResources(type, { DeletionPolicy: 'Delete' });
  });

  it('stays where that is asked for, and log lines for as long as is asked for', () => {
    const template = routerTemplate({ removalPolicy: RemovalPolicy.RETAIN, logRetention: logs.RetentionDays.ONE_YEAR });
    for (const type of STATEFUL) template.allResources(type, { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });
});

describe('metrics', () => {
  const router = routerIn(newStack());

  it.each([
    ['Requests', router.metricRequests()],
    ['Failovers', router.metricFailovers()],
    ['Exhausted', router.metricExhausted()],
  ])('count %s as the router writes them', (metricName, metric) => {
    expect(metric).toMatchObject({
      namespace: 'ClaudeFailover',
      metricName,
      statistic: 'Sum',
      dimensions: { service: 'Stack-Router-A3181571' },
    });
  });

  it('are told apart by the name that the function is given', () => {
    Template.fromStack(Stack.of(router)).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: 'Stack-Router-A3181571' }) },
    });
  });

  it('count crashes as Lambda does', () => {
    expect(router.metricErrors()).toMatchObject({ namespace: 'AWS/Lambda', metricName: 'Errors' });
  });

  it('can be any other of the router, at a period of one’s own', () => {
    const metric = router.metric('TimeToFirstContent', { statistic: 'p99', period: Duration.minutes(1) });
    expect(metric).toMatchObject({ metricName: 'TimeToFirstContent', statistic: 'p99', period: Duration.minutes(1) });
  });
});

it('two routers fit into one stack', () => {
  const stack = new Stack();
  const chain = [Host.bedrock({ region: 'us-east-1' })];
  for (const id of ['A', 'B']) new FailoverRouter(stack, id, { chain, models: ['claude-opus-5-5'] });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 2);
});
