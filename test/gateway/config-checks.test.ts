import { anthropic, bedrock, problems, route, small } from './small-config';

describe('parts that do not fit together', () => {
  it.each([
    [
      'two hosts with one name',
      { hosts: [anthropic, bedrock, bedrock] },
      'hosts[2].name: "bedrock" is already in hosts[1]',
    ],
    [
      'a chain with an unknown host',
      { routes: [{ chain: ['anthropic', 'bedrok'] }] },
      'routes[0].chain[1]: there is no host "bedrok"; did you mean "bedrock"? The hosts are anthropic, bedrock',
    ],
    [
      'a host twice in a chain',
      { routes: [{ chain: ['bedrock', 'anthropic', 'bedrock'] }] },
      'routes[0].chain[2]: "bedrock" is already in routes[0].chain[0]',
    ],
    [
      'a route after one that takes everything',
      { routes: [route, { ...route, models: ['claude-*'] }] },
      'routes[1]: never reached, because routes[0] matches everything; put it last',
    ],
    [
      'an unknown model',
      { models: ['claude-opus-5-6'] },
      'models[0]: unknown model "claude-opus-5-6"; the closest known ones are claude-opus-5-5',
    ],
    [
      'a model twice',
      { models: ['claude-haiku-4-5', 'claude-haiku-4-5-20251001'] },
      'models: model "claude-haiku-4-5-20251001" is configured twice',
    ],
    [
      'a model no host of its chain has',
      { models: ['claude-opus-5-5', { id: 'x', on: { vertex: 'x' } }] },
      'models[1]: "x" has no equivalent on any host of its chains (anthropic: anthropic, bedrock: bedrock)',
    ],
    [
      'a model no route takes',
      { models: ['claude-opus-5-5', 'claude-haiku-5-5'], routes: [{ ...route, models: ['claude-opus-*'] }] },
      'models[1]: no route takes "claude-haiku-5-5"',
    ],
    [
      'a pattern that fits no model',
      { routes: [{ ...route, models: ['claude-opus-*', 'gpt-*'] }] },
      'routes[0].models[1]: "gpt-*" matches none of the models; they are claude-opus-5-5',
    ],
    [
      'an own id of an unknown model',
      { hosts: [anthropic, { ...bedrock, models: { opus: 'x' } }] },
      'hosts[1].models: "opus" is not one of the models; they are claude-opus-5-5',
    ],
    [
      'ids of a client for a model that is not served',
      { hosts: [anthropic, { ...bedrock, clientModels: { search: { opus: 'arn:x' } } }] },
      'hosts[1].clientModels["search"]: "opus" is not one of the models; they are claude-opus-5-5',
    ],
    [
      'ids of a client that nobody knows',
      {
        clients: [{ name: 'search', apiKeyId: 'k' }],
        hosts: [anthropic, { ...bedrock, clientModels: { serach: { 'claude-opus-5-5': 'arn:x' } } }],
      },
      'hosts[1].clientModels: there is no client "serach"; the clients are search',
    ],
    [
      'a client that is not listed',
      { clients: [{ name: 'ci' }], routes: [{ ...route, clients: ['cl'] }] },
      'routes[0].clients[0]: there is no client "cl"; did you mean "ci"?',
    ],
    [
      'two clients with one name',
      { clients: [{ name: 'ci' }, { name: 'ci' }] },
      'clients[1].name: "ci" is already in clients[0]',
    ],
    [
      'two clients with one key',
      {
        clients: [
          { name: 'a', keySha256: 'A'.repeat(64) },
          { name: 'b', keySha256: 'a'.repeat(64) },
        ],
      },
      'clients[1].keySha256: the same as in clients[0]',
    ],
    [
      'a timer above its deadline',
      { routes: [{ ...route, budget: { preset: 'realtime', idleMs: 60_000 } }] },
      'routes[0].budget.idleMs: 60000 is above the deadline of 30000 ms',
    ],
    [
      'a timer of a host above every deadline',
      {
        hosts: [anthropic, { ...bedrock, timeouts: { firstContentMs: 50_000 } }],
        routes: [{ ...route, budget: 'realtime' }],
      },
      'hosts[1].timeouts.firstContentMs: 50000 is above the deadline of 30000 ms',
    ],
    [
      'headers later than the first content',
      { routes: [{ ...route, budget: { headersMs: 9000, firstContentMs: 8000 } }] },
      'routes[0].budget.headersMs: 9000 is above firstContentMs 8000',
    ],
    [
      'a deadline above its own limit',
      { routes: [{ ...route, budget: { deadlineMs: 90_000 }, maxDeadlineMs: 60_000 }] },
      "routes[0].budget.deadlineMs: 90000 is above the route's maxDeadlineMs of 60000",
    ],
  ])('are explained: %s', (_, parts, expected) => {
    expect(problems(small(parts))).toEqual([expect.stringContaining(expected)]);
  });

  it('are not looked for where a client is named by the front door alone', () => {
    expect(problems(small({ routes: [{ ...route, clients: ['team-a'] }] }))).toEqual([]);
  });

  it('leave a model alone that only one host of its chain has', () => {
    const onlyThere = { id: 'x', on: { bedrock: 'anthropic.x' } };
    expect(problems(small({ models: ['claude-opus-5-5', onlyThere] }))).toEqual([]);
  });

  it.each([
    ['us', 'us-west-2', true],
    ['us', 'ca-central-1', true],
    ['us', 'us-gov-west-1', false],
    ['us', 'eu-west-1', false],
    ['eu', 'eu-central-1', true],
    ['eu', 'us-east-1', false],
    ['jp', 'ap-northeast-1', true],
    ['jp', 'ap-northeast-2', false],
    ['au', 'ap-southeast-4', true],
    ['au', 'ap-southeast-1', false],
    ['apac', 'ap-south-1', true],
    ['us-gov', 'us-gov-west-1', true],
    ['us-gov', 'us-west-1', false],
    ['global', 'sa-east-1', true],
    ['global', 'us-gov-east-1', false],
  ])('include a Bedrock profile and its region: %s in %s is allowed: %s', (profile, region, isAllowed) => {
    expect(problems(small({ hosts: [anthropic, { ...bedrock, profile, region }] }))).toEqual(
      isAllowed ? [] : [expect.stringContaining(`hosts[1].profile: "${profile}" cannot be called from "${region}"`)],
    );
  });

  it('name the profiles a region has', () => {
    const host = { ...bedrock, region: 'eu-west-1' };
    expect(problems(small({ hosts: [anthropic, host] })).join()).toContain('use profile global or eu');
  });
});
