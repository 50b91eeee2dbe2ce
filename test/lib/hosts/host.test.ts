import { Duration } from 'aws-cdk-lib';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { BedrockInferenceProfile } from '../../../lib/hosts/bedrock/bedrock-inference-profile';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { BedrockDoor } from '../../../lib/hosts/bedrock/bedrock-host-props';
import { FoundryHosting } from '../../../lib/hosts/foundry/foundry-host-props';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { HostStack } from './host-stack';

const VERTEX = { projectId: 'my-project', projectNumber: '123456789012' };
const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:anthropic-a1B2c3';

const configs = (make: (stack: HostStack) => Host[]) => {
  const stack = new HostStack();
  const { hosts } = stack.bind(make(stack));
  return hosts.map(({ config }) => JSON.parse(JSON.stringify(stack.resolve(config))));
};

describe('what the router is told', () => {
  it('is where the keys are kept, and never a key', () => {
    const [host] = configs((stack) => [
      Host.anthropic({
        keys: [new ProviderKey(stack, 'First'), new ProviderKey(stack, 'Second', { field: 'apiKey' })],
      }),
    ]);
    expect(host).toEqual({
      name: 'anthropic',
      kind: 'anthropic',
      keys: [
        { secretArn: { Ref: expect.stringMatching(/^FirstSecret/) } },
        { secretArn: { Ref: expect.stringMatching(/^SecondSecret/) }, field: 'apiKey' },
      ],
    });
  });

  it('is the Bedrock region, profile and door, and the ARN of an application profile for its model', () => {
    const arn = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
    const [plain, own] = configs((stack) => [
      Host.bedrock(),
      Host.bedrock({
        region: 'eu-west-1',
        profile: BedrockProfile.EU,
        door: BedrockDoor.INVOKE,
        inferenceProfiles: [
          BedrockInferenceProfile.fromProfileArn(stack, 'P', { profileArn: arn, model: 'claude-opus-5-5' }),
        ],
      }),
    ]);
    expect(plain).toEqual({ name: 'bedrock', kind: 'bedrock', region: 'us-east-1', profile: 'global' });
    expect(own).toEqual({
      name: 'bedrock-eu-west-1-eu',
      kind: 'bedrock',
      region: 'eu-west-1',
      profile: 'eu',
      door: 'invoke',
      models: { 'claude-opus-5-5': arn },
    });
  });

  it('is the audience of the Google pool, made from number, pool and provider', () => {
    const [host] = configs(() => [Host.vertex({ ...VERTEX, poolId: 'pool-1', providerId: 'provider-1' })]);
    expect(host).toEqual({
      name: 'vertex',
      kind: 'vertex',
      project: 'my-project',
      location: 'global',
      federation: {
        audience:
          '//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/pool-1/providers/provider-1',
      },
    });
  });

  it('is milliseconds, whatever the durations were given in', () => {
    const [host] = configs(() => [
      Host.bedrock({
        endpoint: 'https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com',
        timeouts: { headers: Duration.seconds(5), idle: Duration.minutes(1) },
        retry: { quickRetries: 0, rateLimitMaxWait: Duration.seconds(1) },
        breaker: { errorRate: 0.5, open: Duration.minutes(1), rampStage: Duration.seconds(30) },
      }),
    ]);
    expect(host).toMatchObject({
      endpoint: 'https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com',
      timeouts: { headersMs: 5000, idleMs: 60_000 },
      retry: { quickRetries: 0, rateLimitWaitMaxMs: 1000 },
      breaker: { errorRate: 0.5, openMs: 60_000, rampStageMs: 30_000 },
    });
  });

  it('is what the router accepts, for every kind of host', () => {
    const hosts = configs((stack) => {
      const keys = [stack.key()];
      return [
        Host.anthropic({ keys, modelIds: { 'claude-opus-5-5': 'claude-opus-5-5-fast' } }),
        Host.bedrock({ door: BedrockDoor.MESSAGES }),
        Host.bedrock({ region: 'eu-west-1', profile: BedrockProfile.EU }),
        Host.vertex({ ...VERTEX, serviceAccount: 'router@my-project.iam.gserviceaccount.com' }),
        Host.vertex({ ...VERTEX, location: 'europe-west1', retry: { quickRetries: 10 } }),
        Host.foundry({ resource: 'my-resource', keys, hosting: FoundryHosting.AZURE, breaker: { minRequests: 1 } }),
        Host.claudePlatformAws({ workspaceId: 'wrkspc_01' }),
      ];
    });
    const chain = hosts.map(({ name }) => name);
    const json = JSON.stringify({ hosts, models: ['claude-opus-5-5'], routes: [{ chain }] });
    const deployed = json.replaceAll(/\{"Ref":"KeySecret[^"]*"\}/g, `"${ARN}"`);
    expect(parseConfig(deployed).hosts.map(({ kind }) => kind)).toEqual([
      'anthropic',
      'bedrock',
      'bedrock',
      'vertex',
      'vertex',
      'foundry',
      'claude-platform-aws',
    ]);
    expect(chain).toContain('vertex-europe-west1');
  });
});

describe('a wrong value stops synth with the value and what is allowed', () => {
  it.each<[string, (stack: HostStack) => Host, RegExp]>([
    ['a name', () => Host.bedrock({ name: 'Bedrock_1' }), /lower case letters, digits and dashes, got 'Bedrock_1'/],
    ['no key', () => Host.anthropic({ keys: [] }), /host 'anthropic': 'keys' must have at least one key; add/],
    ['a region', () => Host.bedrock({ region: 'virginia' }), /'region' must be an AWS region.*, got 'virginia'/],
    [
      'a profile of another geography',
      () => Host.bedrock({ region: 'us-west-2', profile: BedrockProfile.EU }),
      /"eu" cannot be called from "us-west-2", only from eu-\*; change the region or use profile global or us/,
    ],
    ['a project number', () => Host.vertex({ ...VERTEX, projectNumber: 'my-project' }), /digits only; see: gcloud/],
    ['a project', () => Host.vertex({ ...VERTEX, projectId: 'My Project' }), /'projectId' must be .*got 'My Project'/],
    ['a location', () => Host.vertex({ ...VERTEX, location: 'EU' }), /'location' must be global, us, eu or a region/],
    [
      'a location without the model',
      () => Host.vertex({ ...VERTEX, location: 'europe-west2' }),
      /host 'vertex-europe-west2': 'location' europe-west2 is not known to serve claude-opus-5-5; take global, us, eu or one of .*europe-west1.*or give the host the models' ids there by 'modelIds'/,
    ],
    ['a pool', () => Host.vertex({ ...VERTEX, poolId: 'a'.repeat(33) }), /'poolId' must be 4 to 32 lower case/],
    ['a provider', () => Host.vertex({ ...VERTEX, providerId: 'aws' }), /'providerId' must be 4 to 32.*got 'aws'/],
    ['an account', () => Host.vertex({ ...VERTEX, serviceAccount: 'me' }), /e-mail address of a service account/],
    ['a workspace', () => Host.claudePlatformAws({ workspaceId: 'main' }), /wrkspc_\.\.\., got 'main'/],
    [
      'a Foundry resource',
      (stack) => Host.foundry({ resource: 'r.services.ai.azure.com', keys: [stack.key()] }),
      /name of the Foundry resource alone/,
    ],
    ['a number of retries', () => Host.bedrock({ retry: { quickRetries: 11 } }), /from 0 to 10, got 11/],
    ['a share', () => Host.bedrock({ breaker: { errorRate: 10 } }), /such as 0\.1 for 10 %, got 10/],
    [
      'a time',
      () => Host.bedrock({ timeouts: { idle: Duration.minutes(15) } }),
      /'timeouts\.idle' must be .* 840000 milliseconds, got 900000 milliseconds/,
    ],
    [
      'an ARN that says nothing of its model',
      () => Host.bedrock({ modelIds: { 'claude-opus-5-5': 'arn:aws:bedrock:us-east-1:1:provisioned-model/x' } }),
      /'modelIds' has an ARN for 'claude-opus-5-5'.*BedrockInferenceProfile\.fromProfileArn/,
    ],
    [
      'an application profile of another region',
      (stack) =>
        Host.bedrock({
          inferenceProfiles: [
            new BedrockInferenceProfile(stack, 'P', { model: 'claude-opus-5-5', region: 'eu-west-1' }),
          ],
        }),
      /exists in 'eu-west-1' and cannot be called from 'us-east-1'/,
    ],
    [
      'an application profile of another model',
      (stack) =>
        Host.bedrock({ inferenceProfiles: [new BedrockInferenceProfile(stack, 'P', { model: 'claude-opus-5' })] }),
      /'claude-opus-5', which is not one of the router's models; they are claude-opus-5-5/,
    ],
  ])('%s', (_, make, message) => {
    const stack = new HostStack();
    const chain = [make(stack)];
    expect(() => stack.bind(chain)).toThrow(message);
    expect(() => stack.bind(chain)).toThrow(/at construct path "Stack"$/);
  });

  it('an endpoint with credentials, without repeating them', () => {
    const bind = () => new HostStack().bind([Host.bedrock({ endpoint: 'https://me:hunter2@example.com' })]);
    expect(bind).toThrow(/'endpoint' must be an http or https URL without credentials/);
    expect(bind).not.toThrow(/hunter2/);
  });
});

it('a profile nobody has seen for a model is worth a warning with the command that tells', () => {
  const stack = new HostStack();
  stack.bind([Host.bedrock({ region: 'ap-southeast-2', profile: BedrockProfile.AU })]);
  expect(stack.warnings('unconfirmedProfile')).toEqual([
    expect.stringContaining('aws bedrock list-inference-profiles --region ap-southeast-2'),
  ]);
});
