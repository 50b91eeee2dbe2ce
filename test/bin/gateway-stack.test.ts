import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayStack } from '../../bin/gateway-stack';
import config from '../../failover.config';
import { type RouterConfig, STACK_OUTPUT } from '../../lib/contract';
import type { FailoverConfig } from '../../bin/failover-config';

const templateOf = (change: Partial<FailoverConfig>): Template =>
  Template.fromStack(new GatewayStack(new App(), { ...config, pageEmails: ['on-call@example.com'], ...change }));

/** Where the environment has no room for it, the configuration is in a parameter; it is text with holes. */
const routesOf = (template: Template): RouterConfig['routes'] => {
  const json = JSON.stringify(template.toJSON());
  const routes = /\\"routes\\":(\[.*?\]),\\"clients\\"/.exec(json)?.[1] ?? '[]';
  return JSON.parse(JSON.parse(`"${routes}"`));
};

it('makes a secret for each key of the pool', () => {
  templateOf({ chain: [{ host: 'anthropic', keys: 3 }] }).resourceCountIs('AWS::SecretsManager::Secret', 3);
});

it('makes an application profile with the tags for each model of a Bedrock host', () => {
  const template = templateOf({
    region: 'us-east-1',
    chain: [{ host: 'bedrock', region: 'us-east-1', costTags: { team: 'platform' } }, { host: 'anthropic' }],
  });
  template.resourceCountIs('AWS::Bedrock::ApplicationInferenceProfile', config.models.length);
  template.allResourcesProperties('AWS::Bedrock::ApplicationInferenceProfile', {
    Tags: [{ Key: 'team', Value: 'platform' }],
  });
});

it('calls each kind of host at the endpoint that is given for it', () => {
  const hosts = [
    { host: 'anthropic' },
    { host: 'bedrock', region: 'us-east-1' },
    { host: 'vertex' },
    { host: 'foundry', resource: 'mine' },
    { host: 'claude-platform-aws', region: 'us-east-1', workspaceId: 'wrkspc_1' },
  ] as const;
  const chain = hosts.map((host) => ({ ...host, endpoint: `https://${host.host}.example.com` }));
  const template = templateOf({ chain, google: { projectId: 'my-project', projectNumber: '123456789012' } });
  const config = JSON.stringify(template.findResources('AWS::Lambda::Function'));
  for (const { endpoint } of chain) expect(config).toContain(endpoint);
});

it('makes the hosts of a last resort with their secrets, and one host of entries that differ in the model', () => {
  const template = templateOf({
    region: 'us-east-1',
    chain: [{ host: 'bedrock', region: 'us-east-1' }],
    routes: [{ teams: ['batch'], lastResort: false }],
    lastResort: [
      { host: 'openai', model: 'gpt' },
      { host: 'azure-openai', model: 'deployment', resource: 'mine' },
      { host: 'bedrock-models', model: 'meta.llama3-3-70b-instruct-v1:0' },
      { host: 'bedrock-models', model: 'mistral.mistral-large-2402-v1:0' },
      { host: 'vertex-gemini', model: 'google/gemini-3' },
      { host: 'messages', model: 'qwen', baseUrl: 'http://10.0.0.1:8000', auth: 'none' },
      { host: 'openai-compatible', model: 'qwen', baseUrl: 'http://10.0.0.2:8000/v1' },
    ],
    teams: [{ name: 'chat', may: ['last-resort'] }, { name: 'batch' }],
    google: { projectId: 'my-project', projectNumber: '123456789012' },
  });
  template.resourceCountIs('AWS::SecretsManager::Secret', 2);
  const [batch, all] = routesOf(template);
  expect(batch).not.toHaveProperty('lastResort');
  expect(all?.lastResort?.map(({ host }) => host)).toEqual([
    'openai',
    'azure-openai',
    'bedrock-models',
    'bedrock-models',
    'gemini',
    'messages',
    'openai-compatible',
  ]);
});

it('has a second gateway in its chain, let in as it asks, with secrets of its own', () => {
  const template = templateOf({
    models: ['claude-opus-5-5'],
    chain: [
      { host: 'bedrock', region: 'us-east-1' },
      {
        host: 'messages',
        name: 'openrouter',
        baseUrl: 'https://openrouter.ai/api',
        models: { 'claude-opus-5-5': 'anthropic/claude-opus-5.5' },
        headers: ['X-Account'],
      },
      {
        host: 'messages',
        name: 'agentcore',
        baseUrl: 'https://gw.example.com',
        models: { 'claude-opus-5-5': 'claude-opus-5-5' },
        auth: { service: 'bedrock-agentcore', region: 'eu-west-1' },
      },
    ],
  });
  template.resourceCountIs('AWS::SecretsManager::Secret', 2);
  const [route] = routesOf(template);
  expect(route?.chain).toEqual(
    ['bedrock-us-east-1-global', 'openrouter', 'agentcore'].map((name) =>
      expect.stringContaining(name.split('-global')[0]!),
    ),
  );
});

it('stops at a second gateway that is told of a model that there is not, or is asked in the clear', () => {
  const chain = (over: object) =>
    templateOf({
      chain: [
        {
          host: 'messages',
          baseUrl: 'https://gw.example.com',
          models: { 'claude-opus-9': 'x' },
          auth: 'none',
          ...over,
        },
      ],
    });
  expect(() => chain({})).toThrow(/'modelIds' has 'claude-opus-9', which is not one of the router's models/);
  expect(() => chain({ baseUrl: 'http://gw.example.com', models: { 'claude-opus-5-5': 'x' } })).toThrow(
    /'baseUrl' is plain http to 'gw.example.com'.*use https/,
  );
});

it('gives each team a key with its limits, and the canary one of its own', () => {
  const template = templateOf({
    teams: [
      { name: 'product', rateLimit: 50, burstLimit: 100 },
      { name: 'nightly', quota: { limit: 1000, period: 'DAY' } },
    ],
  });
  template.resourceCountIs('AWS::ApiGateway::ApiKey', 3);
  template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 50, BurstLimit: 100 } });
  template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Quota: { Limit: 1000, Period: 'DAY' } });
});

it('describes itself to the command line in one output', () => {
  const outputs = Object.values(templateOf({}).toJSON()['Outputs'] as Record<string, { Description?: string }>);
  const found = outputs.filter(({ Description }) => Description === STACK_OUTPUT);
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).toMatch(/healthTable.*router.*pageTopic/);
});

it('pages and notifies the addresses', () => {
  const template = templateOf({ pageEmails: ['on-call@example.com'], noticeEmails: ['platform@example.com'] });
  for (const Endpoint of ['on-call@example.com', 'platform@example.com']) {
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint });
  }
});

it('sends a route through its own hosts, with its own budget', () => {
  const routes = [{ models: ['claude-haiku-*'], chain: ['anthropic'], budget: 'batch', commit: 'complete' }] as const;
  templateOf({ routes }).hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: {
        FAILOVER_CONFIG: Match.objectLike({
          'Fn::Join': [
            '',
            Match.arrayWith([
              Match.stringLikeRegexp('"models":\\["claude-haiku-\\*"\\].*"chain":\\["anthropic"\\].*"budget":"batch"'),
            ]),
          ],
        }),
      },
    },
  });
});

it('stops at a route to a host that the chain does not have, and names the nearest', () => {
  expect(() => templateOf({ routes: [{ chain: ['antropic'] }] })).toThrow(
    'routes[0].chain[0]: there is no host "antropic"; did you mean "anthropic"?',
  );
});

it('names the role by which Google knows the router, and names none without Google', () => {
  const google = { projectId: 'my-project', projectNumber: '123456789012' };
  templateOf({ stackName: 'Claude', google }).hasResourceProperties('AWS::IAM::Role', { RoleName: 'Claude-router' });
  templateOf({}).allResourcesProperties('AWS::IAM::Role', { RoleName: Match.absent() });
});

it('stops at a host outside the residency', () => {
  expect(() => templateOf({ residency: 'eu' })).toThrow(/EU/);
});

it.each([
  ['destroy', 'Delete'],
  ['retain', 'Retain'],
] as const)('with onDestroy %s, keys and the health table go by %s', (onDestroy, DeletionPolicy) => {
  const template = templateOf({ onDestroy });
  for (const type of ['AWS::SecretsManager::Secret', 'AWS::DynamoDB::GlobalTable']) {
    template.allResources(type, { DeletionPolicy });
  }
});
