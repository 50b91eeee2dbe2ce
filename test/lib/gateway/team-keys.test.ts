import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import type { TeamProps } from '../../../lib/gateway/auth/team-props';
import { functionNamed } from '../router/router-stack';
import { gatewayIn, newStack } from './gateway-stack';

const withTeam = (stack: Stack, team: Omit<TeamProps, 'name'>): Template => {
  gatewayIn(stack, { auth: ClientAuth.apiKeys({ teams: [{ name: 'search', ...team }] }), canary: { enabled: false } });
  return Template.fromStack(stack);
};
const generated = (props: secretsmanager.SecretStringGenerator) => {
  const stack = newStack();
  return { stack, secret: new secretsmanager.Secret(stack, 'Value', { generateSecretString: props }) };
};

describe('a key that exists already', () => {
  const stack = newStack();
  const template = withTeam(stack, { apiKey: apigateway.ApiKey.fromApiKeyId(stack, 'Key', 'k1b2c3'), rateLimit: 5 });

  it('is put under the plan of the team, and no other key is made', () => {
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 0);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyId: 'k1b2c3', KeyType: 'API_KEY' });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 5, BurstLimit: 5 } });
  });

  it('is the team’s to the router, by its id', () => {
    const config = functionNamed(template, 'GatewayRouterFunction').Environment.Variables.FAILOVER_CONFIG;
    expect(JSON.parse(config).clients).toContainEqual({ name: 'search', apiKeyId: 'k1b2c3' });
  });
});

describe('a key whose value is in a secret', () => {
  it('is the same in two regions, and in no template', () => {
    const values = ['us-east-1', 'eu-west-1'].map((region) => {
      const stack = new Stack(new App(), 'Claude', { env: { account: '123456789012', region } });
      const keySecret = secretsmanager.Secret.fromSecretNameV2(stack, 'Value', 'claude/search');
      const [key] = Object.values(withTeam(stack, { keySecret }).findResources('AWS::ApiGateway::ApiKey'));
      return JSON.stringify(key?.['Properties'].Value);
    });
    for (const value of values)
      expect(value).toMatch(/\{\{resolve:secretsmanager:.*:secret:claude\/search:SecretString:::\}\}/);
    expect(values[1]).toBe(values[0]?.replace('us-east-1', 'eu-west-1'));
  });

  it('may be one that Secrets Manager makes, as long as API Gateway takes its length', () => {
    const { stack, secret } = generated({ passwordLength: 40, excludePunctuation: true });
    withTeam(stack, { keySecret: secret }).hasResourceProperties('AWS::ApiGateway::ApiKey', {
      Value: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: Match.anyValue() }, ':SecretString:::}}']] },
    });
  });

  it.each([19, 129])('stops synth where %s characters are made for it', (passwordLength) => {
    const { stack, secret } = generated({ passwordLength });
    expect(() => withTeam(stack, { keySecret: secret })).toThrow(
      new RegExp(
        `'keySecret' of team 'search' is ${passwordLength} characters long; API Gateway takes keys of 20 to 128`,
      ),
    );
  });

  it('stops synth where the secret is JSON, which would be the key as a whole', () => {
    const { stack, secret } = generated({ generateStringKey: 'key', secretStringTemplate: '{}' });
    expect(() => withTeam(stack, { keySecret: secret })).toThrow(/'keySecret' of team 'search' is JSON/);
  });

  it('is not given to two teams', () => {
    const { stack, secret: keySecret } = generated({});
    const teams = ['search', 'nightly'].map((name) => ({ name, keySecret }));
    expect(() => gatewayIn(stack, { auth: ClientAuth.apiKeys({ teams }) })).toThrow(
      /teams 'search' and 'nightly' have the same key; give every team its own/,
    );
  });

  it('is not given together with a key that exists', () => {
    const { stack, secret } = generated({});
    const apiKey = apigateway.ApiKey.fromApiKeyId(stack, 'Key', 'k1b2c3');
    expect(() => withTeam(stack, { keySecret: secret, apiKey })).toThrow(
      /team 'search' has both 'apiKey' and 'keySecret'; give the key that exists already, or the secret/,
    );
  });
});
