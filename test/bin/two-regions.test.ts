import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { checkConfig } from '../../bin/check-config';
import type { FailoverConfig } from '../../bin/failover-config';
import { configOfRegion, nearFirst } from '../../bin/regions/config-of-region';
import { gatewayStacks } from '../../bin/regions/gateway-stacks';
import { StackConfigError } from '../../bin/stack-config-error';
import { vertexAccess } from '../../bin/vertex-access';
import { regions as counted } from '../../docs/prices.json';
import config from '../../failover.config';

const TWO: FailoverConfig = {
  ...config,
  account: '123456789012',
  pageEmails: ['on-call@example.com'],
  regions: ['us-east-1', 'us-west-2'],
  domain: { name: 'claude.example.com', zone: 'example.com', zoneId: 'Z1' },
};

const stacksOf = (change: Partial<FailoverConfig> = {}) => gatewayStacks(new App(), checkConfig({ ...TWO, ...change }));
const hostsOf = (change: Partial<FailoverConfig> = {}): string[][] =>
  stacksOf(change).map(({ gateway }) => gateway.router.hostNames);

const problems = (change: object): readonly string[] => {
  try {
    checkConfig({ ...TWO, ...change });
  } catch (error) {
    if (error instanceof StackConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('a configuration of two regions', () => {
  const stacks = stacksOf();
  const [first, second] = stacks.map((stack) => Template.fromStack(stack)) as [Template, Template];

  it('is two stacks, whose names say which region, and one name for clients', () => {
    expect(stacks.map(({ stackName }) => stackName)).toEqual(['ClaudeFailover-us-east-1', 'ClaudeFailover-us-west-2']);
    expect(stacks.map(({ gateway }) => gateway.url)).toEqual(Array(2).fill('https://claude.example.com'));
  });

  it('keeps keys of hosts and teams in the first, and replicas of them under the same names in the second', () => {
    for (const name of ['ClaudeFailover/anthropic-1', 'ClaudeFailover/team/default']) {
      first.hasResourceProperties('AWS::SecretsManager::Secret', {
        Name: name,
        ReplicaRegions: [{ Region: 'us-west-2' }],
      });
      expect(JSON.stringify(second.toJSON())).toContain(`:secretsmanager:us-west-2:123456789012:secret:${name}`);
    }
    second.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  it('reminds of the age of keys only where they are kept', () => {
    const reminders = (template: Template) => JSON.stringify(template.toJSON()).includes('KeyReminder');
    expect([reminders(first), reminders(second)]).toEqual([true, false]);
  });

  it('gives a team one key for both', () => {
    const value = { 'Fn::Join': Match.anyValue() };
    for (const template of [first, second]) template.hasResourceProperties('AWS::ApiGateway::ApiKey', { Value: value });
  });

  it('is looked at from as many places as docs/cost.md counts', () => {
    first.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: Match.objectLike({ Regions: Array(counted.checkedFrom).fill(Match.anyValue()) }),
    });
  });

  it('names nothing of the other region where a request goes through, but hosts of the chain and their rights', () => {
    const path =
      /RestApi|ApiGateway::(Method|Resource|Stage|Deployment|Authorizer|ApiKey|UsagePlan|DomainName|BasePath)|DynamoDB|Lambda::(Alias|Version|Permission)/;
    for (const [template, other] of [
      [first, 'us-west-2'],
      [second, 'us-east-1'],
    ] as const) {
      for (const [id, resource] of Object.entries(template.toJSON().Resources as Record<string, { Type: string }>)) {
        const isFunction = /^Gateway(Router|AuthKeyAuthorizer)(Function|Role)/.test(id);
        if (!isFunction && !path.test(resource.Type)) continue;
        const text = JSON.stringify(resource);
        expect(text).not.toContain(`ClaudeFailover-${other}`);
        expect(text).not.toContain(`${other}.claude`);
        // Bedrock there is a host like any other.
        const elsewhere = text.replaceAll(
          /bedrock:[^"]*|bedrock-[a-z0-9-]+|(region|name)\\\\?":\\\\?"[^"]*|"aws:RequestedRegion":[^\]}]*/g,
          '',
        );
        expect([id, elsewhere.includes(other)]).toEqual([id, false]);
      }
    }
  });

  it('has each canary ask half as often, for half the money', () => {
    expect(configOfRegion(TWO, 0).canary).toEqual({ intervalMinutes: 2, dailyBudgetUsd: 0.0645 });
    expect(configOfRegion({ ...TWO, canary: false }, 0).canary).toBe(false);
    expect(configOfRegion({ ...TWO, canary: { intervalMinutes: 1 } }, 1).canary).toMatchObject({ intervalMinutes: 1 });
    second.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(2 minutes)' });
  });
});

it('begins each region with its own Bedrock among those of the chain', () => {
  expect(hostsOf()).toEqual([
    ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2-us'],
    ['anthropic', 'bedrock-us-west-2-us', 'bedrock-us-east-1'],
  ]);
});

it('leaves hosts that are in no region where they are', () => {
  const of = (host: string): string | undefined => /us-\w+-\d/.exec(host)?.[0];
  const chain = ['us-east-1 a', 'anthropic', 'us-west-2 b', 'vertex', 'us-west-2 c'];
  expect(nearFirst(chain, of, 'us-west-2')).toEqual([
    'us-west-2 b',
    'anthropic',
    'us-west-2 c',
    'vertex',
    'us-east-1 a',
  ]);
  expect(nearFirst(chain, of, 'eu-west-1')).toEqual(chain);
});

it('takes the order that a region is given', () => {
  const own = { region: 'us-west-2', chain: ['bedrock-us-east-1', 'anthropic'] };
  expect(hostsOf({ regions: ['us-east-1', own] })[1]).toEqual(['bedrock-us-east-1', 'anthropic']);
  const wrong = { region: 'us-west-2', chain: ['bedrok-us-east-1'] };
  expect(() => hostsOf({ regions: ['us-east-1', wrong] })).toThrow(
    'chain of region us-west-2[0]: there is no host "bedrok-us-east-1"; did you mean "bedrock-us-east-1"?',
  );
});

it('goes by latency, or to the primary that is named', () => {
  const records = (routing: string) =>
    stacksOf({ domain: { ...TWO.domain!, routing, checkSeconds: 10, bakeMinutes: 5 } }).map((stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::Route53::RecordSet'))
        .map(({ Properties }) => Properties.Region ?? Properties.Failover)
        .filter(Boolean),
    );
  expect(records('latency')).toEqual([['us-east-1'], ['us-west-2']]);
  expect(records('us-west-2')).toEqual([['SECONDARY'], ['PRIMARY']]);
});

it('has Google let in the roles of both regions, and no other', () => {
  const google = { projectId: 'my-project', projectNumber: '123456789012' };
  const chain = [...TWO.chain, { host: 'vertex' } as const];
  expect(vertexAccess(checkConfig({ ...TWO, google, chain })).roleNames).toEqual([
    'ClaudeFailover-us-east-1-router',
    'ClaudeFailover-us-east-1-canary',
    'ClaudeFailover-us-west-2-router',
    'ClaudeFailover-us-west-2-canary',
  ]);
  const [first, second] = stacksOf({ google, chain }).map((stack) => Template.fromStack(stack));
  first!.hasResourceProperties('AWS::IAM::Role', { RoleName: 'ClaudeFailover-us-east-1-router' });
  second!.hasResourceProperties('AWS::IAM::Role', { RoleName: 'ClaudeFailover-us-west-2-canary' });
});

it('looks the zone up where its id is not given, in the account that is', () => {
  const app = new App();
  gatewayStacks(app, checkConfig({ ...TWO, domain: { name: 'claude.example.com', zone: 'example.com' } }));
  expect(app.synth().manifest.missing).toMatchObject([
    { provider: 'hosted-zone', props: { domainName: 'example.com', account: '123456789012', region: 'us-east-1' } },
  ]);
});

it.each([
  [{ domain: undefined }, 'domain: missing; two regions need { name, zone }, the name that leads to both'],
  [{ regions: undefined }, "domain: leads to two regions; give 'regions' too, or leave it out"],
  [{ regions: ['us-east-1'] }, "regions: got us-east-1; give two different ones, or 'region' for one"],
  [{ regions: ['us-east-1', 'us-east-1'] }, 'regions: got us-east-1, us-east-1; give two different ones'],
  [{ region: 'us-east-1' }, "region: stands beside 'regions', which has two; leave one of them out"],
  [
    { domain: { ...TWO.domain, zone: 'example.org' } },
    'domain.name: claude.example.com is not in the zone example.org',
  ],
  [
    { account: undefined, domain: { ...TWO.domain, zoneId: undefined } },
    'domain.zoneId: missing; without it the zone is',
  ],
  [{ domain: { ...TWO.domain, routing: 'us-west-1' } }, 'domain.routing: got "us-west-1"; did you mean "us-west-2"?'],
  [{ domain: { ...TWO.domain, checkSeconds: 20 } }, 'domain.checkSeconds: got 20; must be 10 or 30'],
  [{ regions: ['us-east-1', 'mars'] }, 'regions[1]: got "mars"; must be an AWS region'],
])('refuses %j', (change, problem) => {
  expect(problems(change).join('\n')).toContain(problem);
});
