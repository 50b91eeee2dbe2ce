import { Duration, type Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { RequestAuthorizer, type IAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { FallbackCanary, type FallbackCanaryProps } from '../../../lib/monitoring/canary/fallback-canary';
import { GatewayEndpoint } from '../../../lib/gateway/endpoint/gateway-endpoint';
import { gatewayIn, newStack as newGatewayStack } from '../gateway/gateway-stack';
import { ACCOUNT, deployed, functionNamed, newStack, routerIn, statementsOf } from '../router/router-stack';

function canaryTemplate(props: Partial<FallbackCanaryProps> = {}): Template {
  const stack = newStack();
  new FallbackCanary(stack, 'Canary', { router: routerIn(stack), ...props });
  return Template.fromStack(stack);
}
const settingsOf = (template: Template, id = 'Canary') =>
  JSON.parse(deployed(functionNamed(template, id).Environment.Variables.CANARY));
const actionsOf = (template: Template, role = 'CanaryRole') =>
  statementsOf(template, role).flatMap(({ Action }) => Action as string | string[]);

function gatewayWith(props: Partial<FailoverGatewayProps> = {}): Template {
  const stack = newGatewayStack();
  gatewayIn(stack, props);
  return Template.fromStack(stack);
}
const GATEWAY_ID = 'GatewayCanary';

describe('beside a router', () => {
  const template = canaryTemplate();

  it('a round is due every minute, is told when it was due, and is not repeated', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      },
    });
  });

  it('the schedule may invoke this one function, from this account', () => {
    expect(statementsOf(template, 'CanaryScheduleRole')).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^CanaryFunction/), 'Arn'] },
      },
    ]);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
          }),
        ],
      },
    });
  });

  it('it is one small function that knows what the router knows', () => {
    const canary = functionNamed(template, 'Canary');
    const router = functionNamed(template, 'Router');
    expect(canary).toMatchObject({ MemorySize: 256, Architectures: ['arm64'], Runtime: 'nodejs24.x', Timeout: 120 });
    expect(canary).not.toHaveProperty('TracingConfig');
    for (const name of ['FAILOVER_CONFIG', 'FAILOVER_HEALTH_TABLE', 'POWERTOOLS_SERVICE_NAME']) {
      expect(canary.Environment.Variables[name]).toEqual(router.Environment.Variables[name]);
    }
    expect(settingsOf(template)).toEqual({ intervalMinutes: 1, dailyBudgetUsd: 0.129, quotas: [] });
  });

  it('it may do with hosts, keys and table what the router may, and nothing else', () => {
    const sorted = (role: string) =>
      statementsOf(template, role)
        .filter(({ Action }) => !/logs:|xray:/.test(String(Action)))
        .map((statement) => JSON.stringify(statement))
        .sort();
    expect(sorted('CanaryRole')).toEqual(sorted('RouterRole'));
  });
});

it('quotas are read where they are known by a code, and traffic only where there is a quota', () => {
  const figure = canaryTemplate({ quotas: [{ host: 'anthropic', tokensPerMinute: 400_000 }] });
  expect(actionsOf(figure)).toContain('cloudwatch:GetMetricData');
  expect(actionsOf(figure)).not.toContain('servicequotas:GetServiceQuota');
  const host = 'bedrock';
  const coded = canaryTemplate({ quotas: [{ host, tokensQuotaCode: 'L-58BE175A' }] });
  expect(actionsOf(coded)).toEqual(
    expect.arrayContaining(['cloudwatch:GetMetricData', 'servicequotas:GetServiceQuota']),
  );
  expect(settingsOf(coded).quotas).toEqual([{ host, tokensQuotaCode: 'L-58BE175A' }]);
  expect(actionsOf(canaryTemplate())).not.toContain('cloudwatch:GetMetricData');
});

it('its network is the one it is given', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  new FallbackCanary(stack, 'Canary', { router: routerIn(stack), vpc });
  expect(functionNamed(Template.fromStack(stack), 'Canary')).toHaveProperty('VpcConfig');
});

it.each<[string, Partial<FallbackCanaryProps>, RegExp]>([
  ['seconds', { interval: Duration.seconds(30) }, /'interval' must be 1 to 60 whole minutes, got 30 seconds/],
  ['hours', { interval: Duration.hours(2) }, /'interval' must be 1 to 60 whole minutes, got 2 hours/],
  ['a debt', { dailyBudgetUsd: -1 }, /'dailyBudgetUsd' must be 0 or more, got -1/],
  [
    'a strange host',
    { quotas: [{ host: 'vertex', tokensPerMinute: 1 }] },
    /no host 'vertex'; the hosts are anthropic, /,
  ],
  ['a quota of nothing', { quotas: [{ host: 'anthropic' }] }, /'quotas\[0\]' says nothing of host 'anthropic'/],
  ['no tokens', { quotas: [{ host: 'anthropic', tokensPerMinute: 0 }] }, /tokensPerMinute' must be more than 0, got 0/],
  [
    'a code of another cloud',
    { quotas: [{ host: 'anthropic', requestsQuotaCode: 'L-58BE175A' }] },
    /'quotas\[0\].requestsQuotaCode': host 'anthropic' is not on Bedrock/,
  ],
])('synth stops at %s', (_, props, message) => {
  expect(() => canaryTemplate(props)).toThrow(message);
});

describe('in a gateway', () => {
  it('it goes through the endpoint too, with a key of its own that stands in no template', () => {
    const template = gatewayWith();
    const { endpoint } = settingsOf(template, GATEWAY_ID);
    expect(endpoint).toEqual({ url: expect.stringMatching(/^https:/), auth: 'api-key', apiKeyId: expect.any(String) });
    const [statement, ...others] = statementsOf(template, `${GATEWAY_ID}Role`).filter(({ Action }) =>
      String(Action).startsWith('apigateway:'),
    );
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Action: 'apigateway:GET' });
    expect(JSON.stringify(statement!['Resource'])).toMatch(/apigateway:us-east-1::\/apikeys\/.*GatewayAuthcanaryKey/);
    for (const { Properties } of Object.values(template.findResources('AWS::ApiGateway::ApiKey'))) {
      expect(Properties).not.toHaveProperty('Value');
    }
  });

  it('the router knows the canary by its key, and lets it choose a host', () => {
    const config = JSON.parse(
      deployed(functionNamed(gatewayWith(), 'GatewayRouter').Environment.Variables.FAILOVER_CONFIG),
    );
    expect(config.clients).toContainEqual({ name: 'canary', apiKeyId: expect.any(String), may: ['only'] });
  });

  it('its alarms come with it', () => {
    const names = (template: Template) =>
      Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmName);
    expect(names(gatewayWith())).toContainEqual(expect.stringMatching(/CanarySilent$/));
    expect(names(gatewayWith({ canary: { enabled: false } }))).not.toContainEqual(expect.stringMatching(/Canary/));
  });

  it('with AWS credentials, it signs, and may ask for answers', () => {
    const template = gatewayWith({ auth: ClientAuth.iam() });
    expect(settingsOf(template, GATEWAY_ID).endpoint).toEqual({ url: expect.any(String), auth: 'iam' });
    expect(actionsOf(template, `${GATEWAY_ID}Role`)).toContain('execute-api:Invoke');
  });

  it('with an authorizer of one’s own, it goes through only with a key that it is given', () => {
    const authorizerIn = (stack: Stack): IAuthorizer =>
      new RequestAuthorizer(stack, 'Own', {
        handler: lambda.Function.fromFunctionAttributes(stack, 'Handler', {
          functionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:own`,
          sameEnvironment: true,
        }),
        identitySources: ['method.request.header.x-api-key'],
      });
    const without = newGatewayStack();
    gatewayIn(without, { auth: ClientAuth.authorizer(authorizerIn(without)) });
    expect(settingsOf(Template.fromStack(without), GATEWAY_ID)).not.toHaveProperty('endpoint');

    const stack = newGatewayStack();
    const arn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:gateway-key-AbCdEf`;
    const endpointKey = secretsmanager.Secret.fromSecretCompleteArn(stack, 'GatewayKey', arn);
    gatewayIn(stack, { auth: ClientAuth.authorizer(authorizerIn(stack)), canary: { endpointKey } });
    const template = Template.fromStack(stack);
    expect(settingsOf(template, GATEWAY_ID).endpoint).toEqual({
      url: expect.any(String),
      auth: 'secret',
      secretArn: arn,
    });
    expect(statementsOf(template, `${GATEWAY_ID}Role`)).toContainEqual(
      expect.objectContaining({ Action: expect.arrayContaining(['secretsmanager:GetSecretValue']), Resource: arn }),
    );
  });

  it('an endpoint that only a VPC reaches is left to those within', () => {
    const stack = newGatewayStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const vpcEndpoint = vpc.addInterfaceEndpoint('Api', { service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY });
    gatewayIn(stack, { endpoint: GatewayEndpoint.private({ vpcEndpoints: [vpcEndpoint] }) });
    expect(settingsOf(Template.fromStack(stack), GATEWAY_ID)).not.toHaveProperty('endpoint');
    expect(settingsOf(gatewayWith({ canary: { endpointCheck: false } }), GATEWAY_ID)).not.toHaveProperty('endpoint');
  });

  it('switched off, nothing of it is there', () => {
    const template = gatewayWith({ canary: { enabled: false } });
    template.resourceCountIs('AWS::Scheduler::Schedule', 0);
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 1);
    template.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { Environment: { Variables: { CANARY: Match.anyValue() } } },
      0,
    );
  });

  it('a team cannot take its name', () => {
    const auth = ClientAuth.apiKeys({ teams: [{ name: 'canary' }] });
    expect(() => gatewayWith({ auth })).toThrow(/a team is called 'canary', as the stack's own canary is/);
  });
});
