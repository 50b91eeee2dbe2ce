import { FoundryHosting } from '../../../lib/hosts/foundry/foundry-host-props';
import type { Host } from '../../../lib/hosts/host';
import { ChainPreset } from '../../../lib/router/preset';
import { Residency } from '../../../lib/router/residency';
import { ACCOUNT, HostStack } from '../hosts/host-stack';

const VERTEX = { projectId: 'my-project', projectNumber: '123456789012' };
const REGIONS = ['us-east-1', 'us-west-2'];

const names = (make: (stack: HostStack) => Host[]): readonly string[] => {
  const stack = new HostStack();
  const { hosts } = stack.bind(make(stack));
  expect(stack.warnings('sharedFailureDomain')).toEqual([]);
  return hosts.map(({ config }) => config.name);
};

it('AWS-native goes through pools of their own: global, then each geography', () => {
  expect(names(() => ChainPreset.awsNative({ regions: REGIONS }))).toEqual([
    'bedrock-us-east-1',
    'bedrock-us-east-1-us',
    'bedrock-us-west-2-us',
  ]);
});

it('AWS-native takes the global profile where a region has no geography of its own', () => {
  expect(names(() => ChainPreset.awsNative({ regions: ['sa-east-1', 'ap-south-1'] }))).toEqual([
    'bedrock-sa-east-1',
    'bedrock-ap-south-1',
  ]);
});

it('multi-cloud has three vendors', () => {
  const chain = (stack: HostStack): Host[] =>
    ChainPreset.multiCloud({ anthropicKeys: [stack.key()], regions: REGIONS, vertex: VERTEX });
  expect(names(chain)).toEqual(['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2-us', 'vertex']);
});

it('cross-cloud goes through the three clouds, of which none is Anthropic', () => {
  const chain = (stack: HostStack): Host[] => {
    const foundry = { resource: 'r', keys: [stack.key()], hosting: FoundryHosting.AZURE };
    return ChainPreset.crossCloud({ regions: REGIONS, foundry, vertex: VERTEX });
  };
  expect(names(chain)).toEqual(['bedrock-us-east-1', 'bedrock-us-west-2-us', 'foundry', 'vertex']);
});

it('pragmatic has one key beside Bedrock', () => {
  const chain = (stack: HostStack): Host[] =>
    ChainPreset.pragmatic({ regions: ['us-east-1'], anthropicKeys: [stack.key()] });
  expect(names(chain)).toEqual(['bedrock-us-east-1', 'anthropic']);
});

it('cost-optimised never takes a geographic profile, which costs more', () => {
  const stack = new HostStack();
  const { hosts } = stack.bind(ChainPreset.costOptimised({ anthropicKeys: [stack.key()], regions: REGIONS }));
  expect(hosts.map(({ config }) => config)).toEqual([
    expect.objectContaining({ kind: 'anthropic' }),
    expect.objectContaining({ kind: 'bedrock', region: 'us-east-1', profile: 'global' }),
    expect.objectContaining({ kind: 'bedrock', region: 'us-west-2', profile: 'global' }),
  ]);
});

it('Sydney begins in Australia, and may stay there', () => {
  expect(names(() => ChainPreset.sydney())).toEqual([
    'bedrock-ap-southeast-2-au',
    'bedrock-ap-southeast-4-au',
    'bedrock-ap-southeast-2',
  ]);
  expect(names((stack) => ChainPreset.sydney({ anthropicKeys: [stack.key()] })).at(-1)).toBe('anthropic');
  const sydney = new HostStack({ env: { account: ACCOUNT, region: 'ap-southeast-2' } });
  const bind = () => sydney.bind(ChainPreset.sydney({ onlyAustralia: true }), { residency: Residency.AU });
  expect(bind).not.toThrow();
  expect(() => sydney.bind(ChainPreset.sydney(), { residency: Residency.AU })).toThrow(/bedrock-ap-southeast-2'/);
});
