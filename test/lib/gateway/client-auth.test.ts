import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Steering } from '../../../lib/router/client';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import type { TeamProps } from '../../../lib/gateway/auth/team-props';
import { gatewayIn, gatewayTemplate, newStack, outputs } from './gateway-stack';

const teams: TeamProps[] = [
  { name: 'search', rateLimit: 10, burstLimit: 20, quota: { limit: 1000, period: apigateway.Period.DAY } },
  { name: 'nightly', rateLimit: 2, may: [Steering.SKIP] },
  { name: 'others', quota: { limit: 500 } },
];
const ids = (template: Template, type: string) => Object.keys(template.findResources(type));

describe('without any setting', () => {
  const template = gatewayTemplate();

  it('every path asks for a key, which the authorizer takes from the request', () => {
    const methods = Object.values(template.findResources('AWS::ApiGateway::Method'));
    expect(methods).toHaveLength(2);
    for (const { Properties } of methods) {
      expect(Properties).toMatchObject({ HttpMethod: 'ANY', ApiKeyRequired: true, AuthorizationType: 'CUSTOM' });
    }
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: 'AUTHORIZER' });
  });

  it('a request with only one of the two headers reaches the authorizer', () => {
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST',
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: Match.absent(),
    });
  });

  it('there is one team, whose key API Gateway makes itself, and a key of the canary', () => {
    const [key] = Object.values(template.findResources('AWS::ApiGateway::ApiKey'));
    expect(key?.['Properties']).not.toHaveProperty('Value');
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 2);
    template.hasResourceProperties('AWS::ApiGateway::ApiKey', { Enabled: true });
    template.resourceCountIs('AWS::ApiGateway::UsagePlan', 2);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: Match.absent(), Quota: Match.absent() });
  });

  it('an output says how to read its key, and does not show it', () => {
    const [command] = outputs(template, 'FirstKeyCommand');
    expect(JSON.stringify(command?.['Value'])).toMatch(/aws apigateway get-api-key --api-key .* --include-value/);
  });

  it('the authorizer may write its log and its traces, and nothing else', () => {
    const roleOf = (id: string) => id.includes('KeyAuthorizerRole');
    const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => roleOf(id));
    const actions = policy?.[1]['Properties'].PolicyDocument.Statement.flatMap((s: { Action: string }) => s.Action);
    expect(actions.sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    const [role] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => roleOf(id));
    expect(role?.[1]['Properties']).not.toHaveProperty('ManagedPolicyArns');
  });
});

describe('with teams', () => {
  const template = gatewayTemplate({ auth: ClientAuth.apiKeys({ teams }) });

  it('each has a key and a plan of its own, and so has the canary', () => {
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 4);
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 4);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      Throttle: { RateLimit: 10, BurstLimit: 20 },
      Quota: { Limit: 1000, Period: 'DAY' },
      ApiStages: [{ ApiId: { Ref: Match.anyValue() }, Stage: { Ref: Match.anyValue() } }],
    });
  });

  it('a burst is a second of the rate, and a quota counts by the month, unless they say otherwise', () => {
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 2, BurstLimit: 2 } });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Quota: { Limit: 500, Period: 'MONTH' } });
  });

  it('the router knows each by the id of its key, with what it may steer', () => {
    const [router] = Object.values(template.findResources('AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.Environment?.Variables.FAILOVER_CONFIG !== undefined,
    );
    const [, parts] = router!['Properties'].Environment.Variables.FAILOVER_CONFIG['Fn::Join'];
    const config = JSON.parse(
      parts.map((part: string | { Ref?: string }) => (typeof part === 'string' ? part : (part.Ref ?? 'x'))).join(''),
    );
    const [search, nightly] = config.clients;
    expect(search).toEqual({ name: 'search', apiKeyId: expect.stringMatching(/search/) });
    expect(nightly).toEqual({ name: 'nightly', apiKeyId: expect.stringMatching(/nightly/), may: ['skip'] });
    expect(ids(template, 'AWS::ApiGateway::ApiKey')).toContain(search.apiKeyId);
  });
});

it.each<[string, TeamProps[], RegExp]>([
  ['no team', [], /'teams' of ClientAuth.apiKeys\(\) is empty/],
  ['two teams of one name', [{ name: 'a' }, { name: 'a' }], /there are two teams 'a'/],
  ['a name that is none', [{ name: 'Team A' }], /called 'Team A'; a name is 1 to 63 lower case/],
  ['a burst without rate', [{ name: 'a', burstLimit: 5 }], /team 'a' has 'burstLimit' but no 'rateLimit'/],
  [
    'half a request',
    [{ name: 'a', rateLimit: 0.5 }],
    /'rateLimit' of team 'a' is 0.5; it must be a whole number from 1/,
  ],
  ['an empty quota', [{ name: 'a', quota: { limit: 0 } }], /'quota.limit' of team 'a' is 0/],
])('%s stops synth, with the place', (_what, wrong, message) => {
  const gateway = () => gatewayTemplate({ auth: ClientAuth.apiKeys({ teams: wrong }) });
  expect(gateway).toThrow(message);
  expect(gateway).toThrow(/at construct path "Stack\/Gateway\/Auth/);
});

it.each([
  ['keys of API Gateway', ClientAuth.apiKeys()],
  ['nobody asked', ClientAuth.open({ acknowledgeOpenAccess: true })],
])('a grant stops synth with %s, where it would do nothing, and says what to do', (_what, auth) => {
  const stack = newStack();
  const gateway = gatewayIn(stack, { auth });
  const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  expect(() => gateway.grantInvoke(caller)).toThrow(
    /'grantInvoke' has no effect here.*'auth: ClientAuth\.iam\(\)'.*key of a team[^]*"Stack\/Gateway\/Api"/,
  );
});

describe('with AWS credentials', () => {
  const stack = newStack();
  const gateway = gatewayIn(stack, { auth: ClientAuth.iam() });
  const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  gateway.grantInvoke(caller);
  const template = Template.fromStack(stack);

  it('every path asks for a signature, and nobody gets a key', () => {
    template.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'AWS_IAM' });
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 0);
    template.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
    expect(outputs(template, 'FirstKeyCommand')).toEqual([]);
  });

  it('a role that is granted may call this stage of this API only', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':execute-api:us-east-1:123456789012:',
                  { Ref: Match.stringLikeRegexp('Api') },
                  '/',
                  { Ref: Match.stringLikeRegexp('Stage') },
                  '/*/*',
                ],
              ],
            },
          },
        ],
      },
      Roles: [{ Ref: stack.getLogicalId(caller.node.defaultChild as iam.CfnRole) }],
    });
  });
});

it("an authorizer of one's own decides alone", () => {
  const stack = newStack();
  const handler = new lambda.Function(stack, 'Own', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({})'),
  });
  const authorizer = new apigateway.TokenAuthorizer(stack, 'OwnAuthorizer', { handler });
  gatewayIn(stack, { auth: ClientAuth.authorizer(authorizer) });
  const template = Template.fromStack(stack);
  template.allResourcesProperties('AWS::ApiGateway::Method', {
    AuthorizationType: 'CUSTOM',
    AuthorizerId: stack.resolve(authorizer.authorizerId),
  });
  template.resourceCountIs('AWS::ApiGateway::Authorizer', 1);
  template.resourceCountIs('AWS::ApiGateway::ApiKey', 0);
});

describe('open access', () => {
  it('is refused without acknowledgement, with a way out', () => {
    expect(() => gatewayTemplate({ auth: ClientAuth.open({ acknowledgeOpenAccess: false }) })).toThrow(
      /whoever can reach the gateway would spend.*set it to true.*or use ClientAuth.apiKeys\(\)/s,
    );
  });

  it('is given with it', () => {
    const template = gatewayTemplate({ auth: ClientAuth.open({ acknowledgeOpenAccess: true }) });
    template.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'NONE' });
  });
});
