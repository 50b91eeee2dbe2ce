import { BedrockInferenceProfile } from '../../../lib/hosts/bedrock/bedrock-inference-profile';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { Residency } from '../../../lib/router/residency';
import { ACCOUNT, HostStack } from '../hosts/host-stack';

const stackIn = (region: string): HostStack => new HostStack({ env: { account: ACCOUNT, region } });
const eu = Host.bedrock({ region: 'eu-central-1', profile: BedrockProfile.EU });
const vertex = (location?: string, modelIds?: Record<string, string>): Host =>
  Host.vertex({ projectId: 'my-project', projectNumber: '123456789012', location, modelIds });
// Where Claude is not known to have been, its ids have to be given.
const OWN_IDS = { 'claude-opus-5-5': 'claude-opus-5-5' };

it.each<[string, string, Residency, Host[]]>([
  ['EU profile and Google in the EU', 'eu-central-1', Residency.EU, [eu, vertex('eu'), vertex('europe-west1')]],
  [
    'US profile and Google in the US',
    'us-west-2',
    Residency.US,
    [Host.bedrock({ profile: BedrockProfile.US }), vertex('us-east5')],
  ],
  [
    'Tokyo',
    'ap-northeast-1',
    Residency.JP,
    [Host.bedrock({ profile: BedrockProfile.JP }), vertex('asia-northeast1', OWN_IDS)],
  ],
  ['Sydney', 'ap-southeast-2', Residency.AU, [Host.bedrock({ region: 'ap-southeast-4', profile: BedrockProfile.AU })]],
  ['anywhere', 'us-east-1', Residency.ANYWHERE, [eu, vertex()]],
])('%s stays inside', (_, region, residency, chain) => {
  expect(() => stackIn(region).bind(chain, { residency })).not.toThrow();
});

it.each<[string, (stack: HostStack) => Host[], RegExp]>([
  ['global routing', () => [eu, Host.bedrock()], /host 'bedrock' of kind bedrock \(anywhere\)/],
  [
    'a region of another geography',
    () => [eu, Host.bedrock({ region: 'us-east-1', profile: BedrockProfile.US })],
    /\(us\)/,
  ],
  [
    'London, which is not in the EU',
    () => [Host.bedrock({ region: 'eu-west-2', profile: BedrockProfile.EU })],
    /\(eu-west-2\)/,
  ],
  ['Zurich at Google', () => [vertex('europe-west6')], /host 'vertex-europe-west6' of kind vertex \(europe-west6\)/],
  ['Google anywhere', () => [vertex()], /host 'vertex' of kind vertex \(anywhere\)/],
  ["Anthropic's own API", (stack) => [Host.anthropic({ keys: [stack.key()] })], /host 'anthropic' of kind anthropic/],
  ['Claude Platform on AWS', () => [Host.claudePlatformAws({ workspaceId: 'wrkspc_01' })], /kind claude-platform-aws/],
  ['Foundry', (stack) => [Host.foundry({ resource: 'r', keys: [stack.key()] })], /host 'foundry' of kind foundry/],
  [
    'an application profile of the global one',
    (stack) => {
      const own = new BedrockInferenceProfile(stack, 'P', { model: 'claude-opus-5-5' });
      return [Host.bedrock({ profile: BedrockProfile.EU, inferenceProfiles: [own] })];
    },
    /host 'bedrock-eu' of kind bedrock \(anywhere\)/,
  ],
  [
    'an id with another prefix',
    () => [
      Host.bedrock({ profile: BedrockProfile.EU, modelIds: { 'claude-opus-5-5': 'global.anthropic.claude-opus-5-5' } }),
    ],
    /\(anywhere\)/,
  ],
])('%s leaves the EU', (_, make, message) => {
  const stack = stackIn('eu-central-1');
  const chain = make(stack);
  const bind = () => stack.bind(chain, { residency: Residency.EU });
  expect(bind).toThrow(message);
  expect(bind).toThrow(/^'residency' EU is left by .*remove it, or give it a region/);
});

it('a router outside leaves it, whatever its hosts do', () => {
  expect(() => stackIn('us-east-1').bind([eu], { residency: Residency.EU })).toThrow(/the router's own region \(us\)/);
});

it('what only the deployment decides is a warning', () => {
  const stack = new HostStack({});
  stack.bind([eu], { residency: Residency.EU });
  expect(stack.warnings('unverifiedResidency')).toEqual([
    expect.stringContaining('give the stack an env with a region'),
  ]);
});
