import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { Steering } from '../../../lib/router/client';
import { ENV, type RouterConfig } from '../../../lib/contract';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { Commit, LatencyBudget } from '../../../lib/router/router-props';
import { ACCOUNT, deployed, functionNamed, newStack, routerIn, routerTemplate, statementsOf } from './router-stack';

const variables = (template: Template): Record<string, unknown> =>
  functionNamed(template, 'Router').Environment.Variables;

/** As the deployed router reads it: by its own parser, which refuses what it does not understand. */
const configOf = (props: Partial<FailoverRouterProps> = {}): RouterConfig =>
  parseConfig(deployed(variables(routerTemplate(props))[ENV.CONFIG]));

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `team-with-a-name-${index}` }));

describe('the configuration', () => {
  it('says to the router what the props said', () => {
    const bedrock = Host.bedrock({ region: 'eu-central-1' });
    const config = configOf({
      chain: [bedrock],
      routes: [
        {
          clients: ['batch'],
          models: ['claude-haiku-*'],
          chain: [bedrock],
          budget: LatencyBudget.BATCH,
          maxDeadline: Duration.minutes(10),
          trickle: 0.5,
        },
      ],
      clients: [
        { name: 'batch', apiKeyId: 'a1b2c3', may: [Steering.SKIP] },
        { name: 'web', keySha256: 'a'.repeat(64) },
      ],
      budget: LatencyBudget.REALTIME,
      commit: Commit.COMPLETE,
      trickle: 0.01,
    });
    expect(config.hosts).toEqual([
      { name: 'bedrock-eu-central-1', kind: 'bedrock', region: 'eu-central-1', profile: 'global' },
    ]);
    expect(config.models).toEqual(['claude-opus-5-5', 'claude-haiku-5-5']);
    expect(config.routes).toEqual([
      {
        models: ['claude-haiku-*'],
        clients: ['batch'],
        chain: ['bedrock-eu-central-1'],
        budget: 'batch',
        commit: 'complete',
        trickle: 0.5,
        maxDeadlineMs: 600_000,
      },
      { chain: ['bedrock-eu-central-1'], budget: 'realtime', commit: 'complete', trickle: 0.01 },
    ]);
    expect(config.clients).toEqual([
      { name: 'batch', apiKeyId: 'a1b2c3', may: ['skip'] },
      { name: 'web', keySha256: 'a'.repeat(64) },
      { name: 'deployment-probe', may: ['only'] },
    ]);
  });

  it('names the secrets of keys, and never their values', () => {
    const text = JSON.stringify(variables(routerTemplate())[ENV.CONFIG]);
    expect(text).toContain('secretArn');
    expect(text).not.toContain('REPLACE_ME');
  });

  it('lets routes name clients that only the front door knows', () => {
    const chain = [Host.bedrock()];
    expect(configOf({ chain, routes: [{ clients: ['batch'], chain }] }).clients).toEqual([
      { name: 'batch' },
      { name: 'deployment-probe', may: ['only'] },
    ]);
  });
});

describe('a configuration that the environment has no room for', () => {
  const large = (): Template => routerTemplate({ clients: many(100) });

  it('goes into a parameter, and the environment says which', () => {
    const template = large();
    const [[id, parameter]] = Object.entries(template.findResources('AWS::SSM::Parameter')) as [
      [string, { Properties: { Value: unknown; Tier: string } }],
    ];
    expect(parseConfig(deployed(parameter.Properties.Value)).clients).toHaveLength(101);
    expect(parameter.Properties.Tier).toBe('Intelligent-Tiering');
    expect(variables(template)).toMatchObject({ [ENV.CONFIG_PARAMETER]: { Ref: id } });
    expect(variables(template)).not.toHaveProperty(ENV.CONFIG);
  });

  it('may be read by the router, and no other', () => {
    const template = large();
    const [id] = Object.keys(template.findResources('AWS::SSM::Parameter'));
    const [statement, ...more] = statementsOf(template, 'RouterRole').filter(({ Action }) =>
      String(Action).startsWith('ssm:'),
    );
    expect(more).toEqual([]);
    expect(statement?.['Action']).toBe('ssm:GetParameter');
    expect(deployed(statement?.['Resource'])).toBe(`arn:filled-in:ssm:us-east-1:${ACCOUNT}:parameter/filled-in`);
    expect(JSON.stringify(statement)).toContain(JSON.stringify({ Ref: id }));
  });

  it('has another parameter for another content, so that a version that is rolled back to finds its own', () => {
    const ids = [100, 101].flatMap((count) =>
      Object.keys(routerTemplate({ clients: many(count) }).findResources('AWS::SSM::Parameter')),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a small configuration', () => {
  it('stays in the environment even with every secret at its longest', () => {
    const stack = newStack();
    const keys = Array.from({ length: 8 }, (_, index) => new ProviderKey(stack, `Key${index}`));
    routerIn(stack, { chain: [Host.anthropic({ keys }), Host.bedrock()] });
    Template.fromStack(stack).resourceCountIs('AWS::SSM::Parameter', 0);
  });
});

describe('a wrong value stops synth:', () => {
  const chain = [Host.bedrock()];
  it.each<[string, Partial<FailoverRouterProps>, RegExp]>([
    [
      'a route that leaves nothing',
      { routes: [{ chain }] },
      /'routes\[0\]' takes every request, so that 'chain' is never used/,
    ],
    ['a route for every model', { routes: [{ models: ['*'], chain }] }, /'routes\[0\]' takes every request/],
    [
      'a client nobody knows',
      { clients: [{ name: 'web' }], routes: [{ clients: ['wbe'], chain }] },
      /no client 'wbe'; the clients are web/,
    ],
    [
      'a gateway key that is not hashed',
      { clients: [{ name: 'web', keySha256: 'sk-ant' }] },
      /client 'web': 'keySha256' must be 64 hex digits/,
    ],
    [
      'one key for two clients',
      {
        clients: [
          { name: 'a', keySha256: 'a'.repeat(64) },
          { name: 'b', keySha256: 'A'.repeat(64) },
        ],
      },
      /clients 'a' and 'b' have the same 'keySha256'/,
    ],
    ['a route for no client', { routes: [{ clients: [], chain }] }, /'routes\[0\].clients' is empty/],
    ['no client at all', { clients: [] }, /'clients' is empty/],
    ['a client given twice', { clients: [{ name: 'web' }, { name: 'web' }] }, /'web' is given twice/],
    [
      "the probe's own name",
      { clients: [{ name: 'deployment-probe' }] },
      /'deployment-probe' is the name of the stack's own probe/,
    ],
    [
      'a deadline beyond the function',
      { routes: [{ clients: ['a'], chain, maxDeadline: Duration.minutes(20) }] },
      /'routes\[0\].maxDeadline' must be 1 millisecond to 14 minutes, got 1200000 ms/,
    ],
    [
      'a trickle in percent',
      { routes: [{ clients: ['a'], chain, trickle: 5 }] },
      /'routes\[0\].trickle' must be a share from 0 to 1, got 5/,
    ],
    ['a trickle below nothing', { trickle: -0.1 }, /'trickle' must be a share from 0 to 1, got -0.1/],
    [
      'a timer beyond its deadline',
      { chain: [Host.bedrock({ timeouts: { idle: Duration.minutes(1) } })], budget: LatencyBudget.REALTIME },
      /'timeouts.idle' is 60000 ms, above the 30000 ms/,
    ],
    [
      'timers in the wrong order',
      { chain: [Host.bedrock({ timeouts: { headers: Duration.seconds(9), firstContent: Duration.seconds(5) } })] },
      /'timeouts.headers' is 9000 ms, above 'timeouts.firstContent' of 5000 ms/,
    ],
  ])('%s', (_, props, message) => {
    expect(() => routerTemplate({ chain, ...props })).toThrow(message);
  });
});
