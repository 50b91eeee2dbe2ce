import { BedrockInferenceProfile } from '../../../lib/hosts/bedrock/bedrock-inference-profile';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { HostStack } from './host-stack';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const MODEL = 'anthropic.claude-opus-5-5';
const profileArn = (region: string, profile: string, model = MODEL): string =>
  `arn:aws:bedrock:${region}:111122223333:inference-profile/${profile}.${model}`;
const modelArn = (region: string, model = MODEL): string => `arn:aws:bedrock:${region}::foundation-model/${model}`;
const allow = (actions: string | string[], resource: string | string[], equals?: object, like?: object): object => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
  ...((equals ?? like) && {
    Condition: { ...(equals && { StringEquals: equals }), ...(like && { StringLike: like }) },
  }),
});
const countTokens = (region: string): object => allow('bedrock:CountTokens', modelArn(region));

const statementsFor = (...chain: Host[]): readonly object[] => {
  const stack = new HostStack();
  stack.bind(chain);
  return stack.statements();
};

it('a global profile needs its three statements, each bound to the source region or to none', () => {
  const arn = profileArn('us-west-2', 'global');
  const here = { 'aws:RequestedRegion': 'us-west-2' };
  expect(statementsFor(Host.bedrock({ region: 'us-west-2' }))).toEqual([
    allow(INVOKE, arn, here),
    allow(INVOKE, modelArn('us-west-2'), { ...here, 'bedrock:InferenceProfileArn': arn }),
    allow(INVOKE, modelArn(''), { 'aws:RequestedRegion': 'unspecified', 'bedrock:InferenceProfileArn': arn }),
    countTokens('us-west-2'),
  ]);
});

it.each([
  [BedrockProfile.US, 'us-east-1', [modelArn('us-*')]],
  [BedrockProfile.US, 'ca-central-1', [modelArn('us-*'), modelArn('ca-central-1')]],
  [BedrockProfile.EU, 'eu-central-1', [modelArn('eu-*')]],
  [BedrockProfile.JP, 'ap-northeast-1', [modelArn('ap-northeast-1'), modelArn('ap-northeast-3')]],
  [BedrockProfile.AU, 'ap-southeast-2', [modelArn('ap-southeast-2'), modelArn('ap-southeast-4')]],
])(
  'the profile %s from %s allows the model in that geography only, and only through the profile',
  (profile, region, models) => {
    const arn = profileArn(region, profile);
    expect(statementsFor(Host.bedrock({ region, profile }))).toEqual([
      allow(INVOKE, arn),
      allow(INVOKE, models.length === 1 ? models[0]! : models, { 'bedrock:InferenceProfileArn': arn }),
      countTokens(region),
    ]);
  },
);

it('an application profile is allowed by its own ARN, and no longer the profile it copies', () => {
  const application = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
  const stack = new HostStack();
  const profile = BedrockInferenceProfile.fromProfileArn(stack, 'Profile', {
    profileArn: application,
    model: 'claude-opus-5-5',
    profile: BedrockProfile.US,
  });
  stack.bind([Host.bedrock({ region: 'us-east-1', inferenceProfiles: [profile] })]);
  expect(stack.statements()).toEqual([
    allow(INVOKE, application),
    allow(INVOKE, modelArn('us-*'), { 'bedrock:InferenceProfileArn': application }),
    countTokens('us-east-1'),
  ]);
});

it('an application profile of the global one has all three statements in terms of its own ARN', () => {
  const application = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
  const stack = new HostStack();
  const imported = { profileArn: application, model: 'claude-opus-5-5' };
  BedrockInferenceProfile.fromProfileArn(stack, 'Profile', imported).grantInvoke(stack.role);
  const here = { 'aws:RequestedRegion': 'eu-west-1' };
  expect(stack.statements()).toEqual([
    allow(INVOKE, application, here),
    allow(INVOKE, modelArn('eu-west-1'), { ...here, 'bedrock:InferenceProfileArn': application }),
    allow(INVOKE, modelArn(''), { 'aws:RequestedRegion': 'unspecified', 'bedrock:InferenceProfileArn': application }),
    countTokens('eu-west-1'),
  ]);
});

it('several source regions share statements that name them all, each with its model and nothing wider', () => {
  const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];
  const here = { 'aws:RequestedRegion': regions };
  const through = { 'bedrock:InferenceProfileArn': profileArn('*', 'global') };
  expect(statementsFor(...regions.map((region) => Host.bedrock({ region })))).toEqual([
    allow(INVOKE, profileArn('*', 'global'), here),
    allow(INVOKE, modelArn('*'), here, through),
    allow(INVOKE, modelArn(''), { 'aws:RequestedRegion': 'unspecified' }, through),
    allow('bedrock:CountTokens', modelArn('*'), here),
  ]);
});

it('of regions with a common beginning, no statement is for another beginning', () => {
  const hosts = ['eu-central-1', 'eu-west-1'].map((region) => Host.bedrock({ region, profile: BedrockProfile.EU }));
  const arns = JSON.stringify(statementsFor(...hosts)).match(/arn:[^"]*/g) ?? [];
  expect(arns.filter((arn) => !arn.startsWith('arn:aws:bedrock:eu-'))).toEqual([]);
});

it('a geographic profile of several source regions is named in each, and its models only where it may route to', () => {
  const regions = ['us-east-1', 'ca-central-1'];
  const hosts = regions.map((region) => Host.bedrock({ region, profile: BedrockProfile.US }));
  expect(statementsFor(...hosts)).toEqual([
    allow(
      INVOKE,
      regions.map((region) => profileArn(region, 'us')),
    ),
    allow(INVOKE, [modelArn('us-*'), modelArn('ca-central-1')], undefined, {
      'bedrock:InferenceProfileArn': profileArn('*', 'us'),
    }),
    allow('bedrock:CountTokens', modelArn('*'), { 'aws:RequestedRegion': regions }),
  ]);
});

it('an id of its own is allowed as it stands: through the profile of its prefix, or on demand in the region', () => {
  const profile = profileArn('us-east-1', 'us', 'anthropic.claude-x');
  const next = { region: 'us-east-1', modelIds: { 'claude-opus-5-5': 'us.anthropic.claude-x' } };
  expect(statementsFor(Host.bedrock(next))).toContainEqual(
    allow(INVOKE, modelArn('us-*', 'anthropic.claude-x'), { 'bedrock:InferenceProfileArn': profile }),
  );
  const onDemand = { region: 'us-east-1', modelIds: { 'claude-opus-5-5': 'anthropic.claude-x' } };
  expect(statementsFor(Host.bedrock(onDemand))).toEqual([
    allow(INVOKE, modelArn('us-east-1', 'anthropic.claude-x')),
    countTokens('us-east-1'),
  ]);
});

it('has no wildcard over models, and over regions only with a condition on the profile or the region', () => {
  const hosts = [BedrockProfile.GLOBAL, BedrockProfile.US].flatMap((profile) =>
    ['us-east-1', 'us-east-2'].map((region) => Host.bedrock({ region, profile })),
  );
  const eu = Host.bedrock({ region: 'eu-north-1', profile: BedrockProfile.EU });
  const wild = statementsFor(...hosts, eu).filter((statement) => JSON.stringify(statement).includes('*'));
  expect(wild.length).toBeGreaterThan(0);
  for (const statement of wild) {
    expect(JSON.stringify(statement)).not.toMatch(/\*(?!::foundation-model\/|:111122223333:inference-profile\/)/);
    expect(JSON.stringify(statement)).toMatch(/"aws:RequestedRegion":|"bedrock:InferenceProfileArn":/);
  }
});

it('a stack for any region and account grants in its own', () => {
  const stack = new HostStack({});
  stack.bind([Host.bedrock()]);
  const [profile] = stack.statements();
  expect(JSON.stringify(profile)).toContain('{"Ref":"AWS::Region"}');
  expect(profile).toMatchObject({ Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } } });
});

it('Claude Platform on AWS may create and count in its workspace, nothing else', () => {
  expect(statementsFor(Host.claudePlatformAws({ workspaceId: 'wrkspc_01', region: 'us-west-2' }))).toEqual([
    allow(
      ['aws-external-anthropic:CreateInference', 'aws-external-anthropic:CountTokens'],
      'arn:aws:aws-external-anthropic:us-west-2:111122223333:workspace/wrkspc_01',
    ),
  ]);
});
