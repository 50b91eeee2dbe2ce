import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { GatewayEndpoint } from '../../../lib/gateway/endpoint/gateway-endpoint';
import { gatewayIn, gatewayTemplate, newStack } from '../gateway/gateway-stack';
import { deployed, statementsOf } from '../router/router-stack';

const CANARY = 'AWS::Synthetics::Canary';
const ROLE = 'GatewayOutsideViewRole';

const lookedAt = (props: Partial<FailoverGatewayProps> = {}): Partial<FailoverGatewayProps> => ({
  ...props,
  canary: { outsideView: {}, ...props.canary },
});
const template = gatewayTemplate(lookedAt());
const canaryOf = (from: Template) => Object.values(from.findResources(CANARY))[0]!;
const settingsOf = (from: Template) =>
  JSON.parse(deployed(canaryOf(from).Properties.RunConfig.EnvironmentVariables.OUTSIDE_VIEW));

it('nobody looks from outside who was not asked to', () => {
  const plain = gatewayTemplate();
  plain.resourceCountIs(CANARY, 0);
  plain.resourceCountIs('AWS::S3::Bucket', 0);
  expect(JSON.stringify(plain.findResources('AWS::CloudWatch::Alarm'))).not.toContain('OutsideBroken');
});

describe('the canary of Synthetics', () => {
  it('looks every five minutes, on a Node without a browser, and leaves no function behind', () => {
    template.hasResourceProperties(CANARY, {
      RuntimeVersion: Match.stringLikeRegexp('^syn-nodejs-[0-9.]+$'),
      Schedule: { Expression: 'rate(5 minutes)' },
      StartCanaryAfterCreation: true,
      RunConfig: { TimeoutInSeconds: 50, MemoryInMB: 960, ActiveTracing: Match.absent() },
      ProvisionedResourceCleanup: 'AUTOMATIC',
      SuccessRetentionPeriod: 30,
      FailureRetentionPeriod: 30,
      VPCConfig: Match.absent(),
    });
  });

  it.each([
    [1, 'rate(1 minute)'],
    [60, 'rate(60 minutes)'],
  ])('every %i minutes, where that is wanted', (minutes, expression) => {
    const often = gatewayTemplate(lookedAt({ canary: { outsideView: { interval: Duration.minutes(minutes) } } }));
    often.hasResourceProperties(CANARY, { Schedule: { Expression: expression } });
    often.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'SuccessPercent', Period: minutes * 60 });
  });

  it('finds its handler where Synthetics looks for it', () => {
    const [file, ...others] = readdirSync(
      join(__dirname, '../../../lambda/functions/outside-view/dist/nodejs/node_modules'),
    );
    expect(others).toEqual([]);
    expect(canaryOf(template).Properties.Code.Handler).toBe(file!.replace('.js', '.handler'));
  });

  it('has a name that leaves its log groups room, and is another in every stack', () => {
    expect(canaryOf(template).Properties.Name).toMatch(/^[0-9a-z-]{1,21}$/);
    const other = newStack({ stackName: 'Other', env: { account: '123456789012', region: 'us-east-1' } });
    gatewayIn(other, lookedAt());
    const names = [template, Template.fromStack(other)].map((each) => canaryOf(each).Properties.Name);
    expect(new Set(names).size).toBe(2);
  });

  it('asks at the public address for the cheapest model, with the canary’s key that stands in no template', () => {
    const models = ['claude-opus-5-5', 'claude-haiku-5-5', 'claude-sonnet-5-5'];
    expect(settingsOf(gatewayTemplate(lookedAt({ models })))).toEqual({
      endpoint: { url: expect.stringMatching(/^https:/), auth: 'api-key', apiKeyId: expect.any(String) },
      model: 'claude-haiku-5-5',
    });
    for (const { Properties } of Object.values(template.findResources('AWS::ApiGateway::ApiKey'))) {
      expect(Properties).not.toHaveProperty('Value');
    }
  });

  it('looks for the first time when there is a whole way to the gateway, and its role may do everything', () => {
    const needed = canaryOf(template)['DependsOn'] as string[];
    for (const part of [/^GatewayAuthcanaryPlan/, /^GatewayApiDeploymentStage/, new RegExp(`^${ROLE}DefaultPolicy`)]) {
      expect(needed).toContainEqual(expect.stringMatching(part));
    }
  });
});

describe('its role', () => {
  it('may do what Synthetics documents, for this canary, and read its own key', () => {
    const { Name } = canaryOf(template).Properties;
    const statements = statementsOf(template, ROLE).map(({ Action, Resource, Condition }) => ({
      actions: [Action].flat(),
      resource: JSON.stringify(Resource),
      ...(Condition !== undefined && { Condition }),
    }));
    const artifacts = /^\{"Fn::GetAtt":\["GatewayOutsideViewArtifacts\w+","Arn"\]\}$/;
    expect(statements).toEqual([
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: expect.stringMatching(/GatewayOutsideViewArtifacts.*\/\*/),
      },
      { actions: ['s3:GetBucketLocation'], resource: expect.stringMatching(artifacts) },
      { actions: ['s3:ListAllMyBuckets'], resource: '"*"' },
      {
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resource: expect.stringContaining(`:log-group:/aws/lambda/cwsyn-${Name}-*"`),
      },
      {
        actions: ['cloudwatch:PutMetricData'],
        resource: '"*"',
        Condition: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
      },
      { actions: ['apigateway:GET'], resource: expect.stringMatching(/\/apikeys\/.*GatewayAuthcanaryKey/) },
    ]);
  });

  it('signs, where the gateway knows its clients by that', () => {
    const signed = gatewayTemplate(lookedAt({ auth: ClientAuth.iam() }));
    expect(settingsOf(signed).endpoint).toEqual({ url: expect.any(String), auth: 'iam' });
    expect(statementsOf(signed, ROLE)).toContainEqual(expect.objectContaining({ Action: 'execute-api:Invoke' }));
  });
});

describe('what it leaves', () => {
  it('is encrypted, for TLS and this account alone, and gone after 30 days', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('goes with the stack, or stays, as keys and logs do', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
    const kept = gatewayTemplate(lookedAt({ removalPolicy: RemovalPolicy.RETAIN }));
    kept.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    kept.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
  });
});

describe('its alarm', () => {
  it('pages when two looks in a row found something, or did not come, but not before there was time for them', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Stack/Gateway/Alarms/OutsideBroken',
      Namespace: 'CloudWatchSynthetics',
      MetricName: 'SuccessPercent',
      Dimensions: [{ Name: 'CanaryName', Value: { Ref: Match.stringLikeRegexp('^GatewayOutsideViewCanary') } }],
      Statistic: 'Average',
      Period: 300,
      EvaluationPeriods: 2,
      Threshold: 100,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 15 },
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^GatewayPageTopic') }],
    });
  });

  it('can be switched off', () => {
    const off = gatewayTemplate(lookedAt({ alarms: { outsideBroken: { enabled: false } } }));
    expect(JSON.stringify(off.findResources('AWS::CloudWatch::Alarm'))).not.toContain('OutsideBroken');
    off.resourceCountIs(CANARY, 1);
  });
});

describe('synth stops', () => {
  it.each([Duration.seconds(30), Duration.seconds(90), Duration.minutes(61)])('at %s', (interval) => {
    expect(() => gatewayTemplate(lookedAt({ canary: { outsideView: { interval } } }))).toThrow(
      /'interval' must be 1 to 60 whole minutes, got .*\n.*"Stack\/Gateway\/OutsideView"/,
    );
  });

  it('where the internet has no way in', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const vpcEndpoint = vpc.addInterfaceEndpoint('Api', { service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY });
    const endpoint = GatewayEndpoint.private({ vpcEndpoints: [vpcEndpoint] });
    expect(() => gatewayIn(stack, lookedAt({ endpoint }))).toThrow(
      /'canary.outsideView' comes from the internet, .* private endpoint .*leave it out\n.*"Stack\/Gateway"/,
    );
  });

  it('where there is no canary whose key it could take', () => {
    expect(() => gatewayTemplate(lookedAt({ canary: { enabled: false, outsideView: {} } }))).toThrow(
      /'canary.outsideView' goes by the canary's key, .*'canary.enabled'\n/,
    );
  });

  it('where an authorizer of one’s own knows no key of it, unless it is given one', () => {
    const stackWith = (withKey: boolean) => {
      const stack = newStack();
      const authorizer = new RequestAuthorizer(stack, 'Own', {
        handler: lambda.Function.fromFunctionAttributes(stack, 'Handler', {
          functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:own',
          sameEnvironment: true,
        }),
        identitySources: ['method.request.header.x-api-key'],
      });
      const key = new secretsmanager.Secret(stack, 'OwnKey');
      const canary = { outsideView: {}, ...(withKey && { endpointKey: key }) };
      gatewayIn(stack, { auth: ClientAuth.authorizer(authorizer), canary });
      return Template.fromStack(stack);
    };
    expect(() => stackWith(false)).toThrow(/'canary.outsideView' has no key .*'canary.endpointKey'/);
    const given = stackWith(true);
    expect(settingsOf(given).endpoint).toMatchObject({ auth: 'secret' });
    expect(statementsOf(given, ROLE)).toContainEqual(
      expect.objectContaining({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'] }),
    );
  });
});
