import { Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import { deployed } from '../router/router-stack';
import { gatewayIn, gatewayTemplate, newStack, outputs } from './gateway-stack';

const functionsOf = (template: Template, id: RegExp) =>
  Object.entries(template.findResources('AWS::Lambda::Function')).flatMap(([name, { Properties }]) =>
    id.test(name) ? [Properties] : [],
  );
const configOf = (template: Template): unknown =>
  JSON.parse(deployed(functionsOf(template, /RouterFunction/)[0].Environment.Variables.FAILOVER_CONFIG));
/** What stands in a request's way. */
const IN_THE_WAY = /RouterFunction|KeyAuthorizerFunction/;

describe('the stage', () => {
  it('is called prod, or as is said, also in the address', () => {
    gatewayTemplate().hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'prod' });
    const live = gatewayTemplate({ stageName: 'live' });
    live.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'live' });
    expect(JSON.stringify(outputs(live, 'Url'))).toContain('DeploymentStagelive');
  });

  it.each(['', 'with space', 'a/b', 'x'.repeat(129)])("cannot be called '%s'", (stageName) => {
    expect(() => gatewayTemplate({ stageName })).toThrow(
      /'stageName' must be 1 to 128 letters, digits.*Stack\/Gateway/s,
    );
  });
});

describe('traces', () => {
  it('go from the API to the router', () => {
    const template = gatewayTemplate();
    template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
    for (const each of functionsOf(template, IN_THE_WAY)) expect(each.TracingConfig).toEqual({ Mode: 'Active' });
  });

  it('are not written where that is said, and nobody may write them', () => {
    const template = gatewayTemplate({ tracing: lambda.Tracing.DISABLED });
    template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: false });
    const functions = functionsOf(template, IN_THE_WAY);
    expect(functions).toHaveLength(2);
    for (const each of functions) expect(each).not.toHaveProperty('TracingConfig');
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const inTheWay = policies.filter(([id]) => /RouterRole|KeyAuthorizerRole/.test(id));
    expect(inTheWay).toHaveLength(2);
    expect(JSON.stringify(inTheWay)).not.toContain('xray:');
  });
});

it('router and authorizer run on arm64, or where that is said on x86', () => {
  const of = (template: Template) => functionsOf(template, IN_THE_WAY).map(({ Architectures }) => Architectures);
  expect(of(gatewayTemplate())).toEqual([['arm64'], ['arm64']]);
  expect(of(gatewayTemplate({ architecture: lambda.Architecture.X86_64 }))).toEqual([['x86_64'], ['x86_64']]);
});

describe('environments that are kept started', () => {
  const live = 'AWS::Lambda::Alias';

  it('are none, or as many as is said, behind the alias that takes the traffic', () => {
    gatewayTemplate().hasResourceProperties(live, { ProvisionedConcurrencyConfig: Match.absent() });
    gatewayTemplate({ provisionedConcurrentExecutions: 5, reservedConcurrentExecutions: 5 }).hasResourceProperties(
      live,
      {
        Name: 'live',
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 },
      },
    );
  });

  it.each([
    [0, undefined, /must be a whole number from 1, got 0/],
    [1.5, undefined, /must be a whole number from 1, got 1.5/],
    [6, 5, /must be a whole number from 1 up to the 5 of 'reservedConcurrentExecutions', got 6/],
  ])('cannot be %s of %s', (provisionedConcurrentExecutions, reservedConcurrentExecutions, words) => {
    expect(() => gatewayTemplate({ provisionedConcurrentExecutions, reservedConcurrentExecutions })).toThrow(words);
  });
});

it('tags of the CDK reach everything of the gateway that can have tags', () => {
  const stack = newStack();
  Tags.of(gatewayIn(stack, { canary: { outsideView: {} } })).add('cost-centre', '4711');
  const { Resources } = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; Properties?: unknown }>;
  };
  const tagged = new Set(
    Object.values(Resources).flatMap(({ Type, Properties }) =>
      JSON.stringify(Properties ?? '').includes('4711') ? [Type] : [],
    ),
  );
  expect([...tagged].sort()).toEqual([
    'AWS::ApiGateway::ApiKey',
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGateway::Stage',
    'AWS::ApiGateway::UsagePlan',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::CodeDeploy::Application',
    'AWS::CodeDeploy::DeploymentGroup',
    'AWS::DynamoDB::GlobalTable',
    'AWS::Events::Rule',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::SNS::Topic',
    'AWS::SSM::Document',
    'AWS::Synthetics::Canary',
  ]);
});

describe('an open /health', () => {
  const template = gatewayTemplate({ openHealth: true });
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties);

  it('asks for no key, and for GET only', () => {
    const open = methods.filter(({ AuthorizationType }) => AuthorizationType === 'NONE');
    expect(open).toMatchObject([{ HttpMethod: 'GET', ApiKeyRequired: false }]);
    expect(open[0]).not.toHaveProperty('AuthorizerId');
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: 'health' });
  });

  it('leaves every other path closed', () => {
    const closed = methods.filter(({ AuthorizationType }) => AuthorizationType !== 'NONE');
    expect(closed).toHaveLength(2);
    for (const method of closed) expect(method).toMatchObject({ ApiKeyRequired: true, AuthorizationType: 'CUSTOM' });
  });

  it('has a limit of its own, beside that of all paths', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [
        { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 100 },
        { ResourcePath: '/~1health', HttpMethod: 'GET', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      ],
    });
  });

  it('is told to the router, which then says no names', () => {
    expect(configOf(template)).toMatchObject({ openHealth: true });
  });

  it('is there only where it is asked for', () => {
    const closed = gatewayTemplate();
    closed.resourceCountIs('AWS::ApiGateway::Method', 2);
    expect(configOf(closed)).not.toHaveProperty('openHealth');
  });

  it('is open beside AWS credentials too', () => {
    const iam = gatewayTemplate({ openHealth: true, auth: ClientAuth.iam() });
    const types = Object.values(iam.findResources('AWS::ApiGateway::Method')).map(
      ({ Properties }) => Properties.AuthorizationType,
    );
    expect(types.sort()).toEqual(['AWS_IAM', 'AWS_IAM', 'NONE']);
  });
});
