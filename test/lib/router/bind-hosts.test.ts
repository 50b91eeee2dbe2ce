import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { FoundryHosting } from '../../../lib/hosts/foundry/foundry-host-props';
import { HostStack } from '../hosts/host-stack';

const east = Host.bedrock({ region: 'us-east-1' });
const west = Host.bedrock({ region: 'us-west-2' });
const platform = Host.claudePlatformAws({ workspaceId: 'wrkspc_01', region: 'us-west-2' });
const vertex = Host.vertex({ projectId: 'my-project', projectNumber: '123456789012' });

describe('models', () => {
  it('that nobody knows stop synth with the closest ones', () => {
    expect(() => new HostStack().bind([east], { models: ['claude-opus-5-6'] })).toThrow(
      /unknown model 'claude-opus-5-6'; the closest known ones are claude-opus-5-5,.*'modelIds'/,
    );
  });

  it('that the table does not have are taken from the hosts that name them', () => {
    const next = Host.bedrock({ region: 'us-east-1', modelIds: { 'claude-next': 'us.anthropic.claude-next' } });
    const { models } = new HostStack().bind([next], { models: ['claude-next'] });
    expect(models).toEqual([{ id: 'claude-next', on: {} }]);
  });

  it('without an equivalent on any host stop synth', () => {
    expect(() => new HostStack().bind([east, vertex], { models: ['claude-mythos-5-2'] })).toThrow(
      /'claude-mythos-5-2' has no equivalent on any host of its chains \(bedrock-us-east-1: bedrock, vertex: vertex\)/,
    );
  });

  it('without an equivalent on one host are a warning that names it', () => {
    const stack = new HostStack();
    stack.bind([platform, east], { models: ['claude-opus-5-5', 'claude-mythos-5-2'] });
    expect(stack.warnings('noEquivalent')).toEqual([
      expect.stringContaining(
        "'chain': 'claude-mythos-5-2' has no equivalent on bedrock-us-east-1, so that only claude-platform-aws can serve it",
      ),
    ]);
  });

  it('may have a chain of their own on hosts that have them', () => {
    const stack = new HostStack();
    const chains = [
      { at: 'routes[0].chain', hosts: [platform], models: ['claude-mythos-*'] },
      { at: 'chain', hosts: [east, west] },
    ];
    const { hosts } = stack.bind([], { chains, models: ['claude-opus-5-5', 'claude-mythos-5-2'] });
    expect(hosts.map(({ config }) => config.name)).toEqual([
      'claude-platform-aws',
      'bedrock-us-east-1',
      'bedrock-us-west-2',
    ]);
    expect(stack.warnings('noEquivalent')).toEqual([]);
  });

  it.each([
    [['claude-haiku-4-5', 'claude-haiku-4-5-20251001'], /"claude-haiku-4-5-20251001" is configured twice/],
    [[], /'models' must have at least one model/],
  ])('%j stop synth', (models, message) => {
    expect(() => new HostStack().bind([east], { models })).toThrow(message);
  });

  it('that a route or a host names and the router does not have stop synth', () => {
    const chains = [{ at: 'routes[0].chain', hosts: [east], models: ['gpt-*'] }];
    expect(() => new HostStack().bind([], { chains })).toThrow(/'gpt-\*' matches none of the models/);
    const stray = Host.bedrock({ modelIds: { 'claude-opus-5': 'x' } });
    expect(() => new HostStack().bind([stray])).toThrow(/'modelIds' has 'claude-opus-5', which is not one of/);
  });
});

describe('chains', () => {
  it('share a host without it being bound twice', () => {
    const chains = [
      { at: 'routes[0].chain', hosts: [west, east] },
      { at: 'chain', hosts: [east, vertex] },
    ];
    const { hosts } = new HostStack().bind([], { chains });
    expect(hosts.map(({ config }) => config.name)).toEqual(['bedrock-us-west-2', 'bedrock-us-east-1', 'vertex']);
  });

  it.each<[string, Host[], RegExp]>([
    ['without hosts', [], /'chain' must have at least one host/],
    ['with a host twice', [east, west, east], /'chain' has host 'bedrock-us-east-1' twice/],
    ['with a name twice', [east, Host.bedrock({ region: 'us-east-1' })], /two hosts have the name 'bedrock-us-east-1'/],
  ])('%s stop synth', (_, chain, message) => {
    expect(() => new HostStack().bind(chain)).toThrow(message);
  });
});

describe('one outage for the whole chain', () => {
  const warnings = (make: (stack: HostStack) => Host[], stack = new HostStack()): readonly unknown[] => {
    stack.bind(make(stack));
    return stack.warnings('sharedFailureDomain');
  };
  const us = Host.bedrock({ region: 'us-east-1', profile: BedrockProfile.US });

  it.each<[string, (stack: HostStack) => Host[], string]>([
    [
      'one region',
      () => [east, us],
      "(bedrock-us-east-1, bedrock-us-east-1-us) share the failure domain 'aws:us-east-1'",
    ],
    ['Anthropic twice', (stack) => [Host.anthropic({ keys: [stack.key()] }), platform], "failure domain 'anthropic'"],
    [
      'Anthropic, and Foundry run by Anthropic',
      (stack) => [Host.anthropic({ keys: [stack.key('A')] }), Host.foundry({ resource: 'r', keys: [stack.key('F')] })],
      "failure domain 'anthropic'",
    ],
    ['a single host', () => [vertex], "failure domain 'google'"],
  ])('%s is a warning that names it', (_, make, text) => {
    expect(warnings(make)).toEqual([expect.stringContaining(text)]);
  });

  it('says so too when the region is only known at deployment', () => {
    const chain = [Host.bedrock(), Host.bedrock({ profile: BedrockProfile.US })];
    expect(warnings(() => chain, new HostStack({}))).toEqual([expect.stringContaining("aws, the stack's region")]);
  });

  it.each<[string, (stack: HostStack) => Host[]]>([
    ['two regions', () => [east, west]],
    ['two vendors', () => [east, us, vertex]],
    ['Anthropic twice and Bedrock', (stack) => [Host.anthropic({ keys: [stack.key()] }), platform, east]],
    [
      'Anthropic, and Foundry run by Azure',
      (stack) => {
        const foundry = { resource: 'r', keys: [stack.key('F')], hosting: FoundryHosting.AZURE };
        return [Host.anthropic({ keys: [stack.key('A')] }), Host.foundry(foundry)];
      },
    ],
  ])('%s are none', (_, make) => {
    expect(warnings(make)).toEqual([]);
  });
});
