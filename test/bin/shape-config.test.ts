import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { checkConfig } from '../../bin/check-config';
import { GatewayStack } from '../../bin/gateway-stack';
import type { ShapeConfig } from '../../bin/shape-config';
import config from '../../failover.config';

const NAME = {
  domainName: 'claude.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
} as const;

const templateOf = (shape?: ShapeConfig): Template =>
  Template.fromStack(
    new GatewayStack(
      new App(),
      checkConfig({ ...config, region: 'us-east-1', pageEmails: ['on-call@example.com'], shape }),
    ),
  );
const resourceTypes = (template: Template): string[] =>
  Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);

it.each<[string, ShapeConfig | undefined, string]>([
  ['nothing', undefined, 'AWS::ApiGateway::RestApi'],
  ["'lambda'", 'lambda', 'AWS::ApiGateway::RestApi'],
  ["'webFunction'", 'webFunction', 'AWS::Lambda::WebFunctionEndpoint'],
  ['an object of Fargate', { kind: 'fargate', ...NAME }, 'AWS::ECS::Service'],
])('makes of %s what it says', (_what, shape, type) => {
  expect(resourceTypes(templateOf(shape))).toContain(type);
});

it('hands every setting of a web function on', () => {
  const template = templateOf({
    kind: 'webFunction',
    regions: ['us-west-2'],
    regionNames: 'perRegion',
    rateLimit: 200,
    maxEnvironments: 4,
    maxConcurrencyPerEnvironment: 16,
    cdn: { ...NAME, hostedZone: { id: 'Z1', name: 'example.com' } },
  });
  template.hasResourceProperties('AWS::Lambda::WebFunctionEndpoint', {
    EndpointType: 'PerRegion',
    Regions: ['us-west-2'],
    ThrottleConfig: { RateLimit: 200 },
    ScalingConfig: { MaxEnvironments: 4 },
  });
  template.hasResourceProperties('AWS::Lambda::WebFunctionRevision', {
    ServiceConfig: { MaxConcurrencyPerEnvironment: 16 },
  });
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'claude.example.com.' });
});

it('hands every setting of Fargate on', () => {
  const template = templateOf({
    kind: 'fargate',
    ...NAME,
    cpu: 1024,
    memory: 4096,
    minTasks: 3,
    maxTasks: 6,
    spot: true,
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: '1024', Memory: '4096' });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 3, MaxCapacity: 6 });
  template.hasResourceProperties('AWS::ECS::Service', {
    CapacityProviderStrategy: Match.arrayWith([{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]),
  });
});

it.each<[string, unknown, RegExp]>([
  ['a shape that is none', 'lamda', /shape: .*must be 'lambda', 'webFunction', or an object/],
  ['Fargate without a name', 'fargate', /Fargate needs \{ kind: 'fargate', domainName, certificateArn \}/],
  [
    'a certificate that is none',
    { kind: 'fargate', domainName: 'a.example.com', certificateArn: 'x' },
    /certificateArn/,
  ],
  ['a misspelt setting', { kind: 'webFunction', rateLimits: 100 }, /rateLimits/],
])('stops at %s', (_what, shape, message) => {
  expect(() => checkConfig({ ...config, shape })).toThrow(message);
});
