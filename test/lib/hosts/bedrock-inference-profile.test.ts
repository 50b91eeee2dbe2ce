import { Template } from 'aws-cdk-lib/assertions';
import {
  BedrockInferenceProfile,
  type BedrockInferenceProfileProps,
} from '../../../lib/hosts/bedrock/bedrock-inference-profile';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { HostStack } from './host-stack';

const SOURCE = (region: string, id: string): string => `arn:aws:bedrock:${region}:111122223333:inference-profile/${id}`;
/** Which stack it is; a reference, as every one here is read. */
const OWNER = { key: 'cdk-claude-failover:stack', value: 'aws' };
const literal = (stack: HostStack): ReturnType<Template['toJSON']> => {
  const json = JSON.stringify(Template.fromStack(stack).toJSON());
  return JSON.parse(
    json.replaceAll(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g, '"arn:aws$1"'),
  );
};
/** A call of the custom resource: JSON, in pieces around the partition. */
const parsed = (call: string | { 'Fn::Join': [string, (string | object)[]] }) => {
  const pieces = typeof call === 'string' ? [call] : call['Fn::Join'][1];
  return JSON.parse(pieces.map((piece) => (typeof piece === 'string' ? piece : 'aws')).join(''));
};
const ofType = (stack: HostStack, type: string) =>
  Object.entries(Object(literal(stack).Resources))
    .map(([id, resource]) => ({ id, ...Object(resource) }))
    .filter((resource) => resource.Type === type);

it('copies the cross-region profile of its model, with tags for cost allocation', () => {
  const stack = new HostStack();
  new BedrockInferenceProfile(stack, 'Opus', {
    model: 'claude-opus-5-5',
    profile: BedrockProfile.US,
    description: 'Opus of the search team',
    tags: { team: 'search' },
  });
  const [profile] = ofType(stack, 'AWS::Bedrock::ApplicationInferenceProfile');
  expect(profile.Properties).toEqual({
    InferenceProfileName: expect.stringMatching(/^([0-9a-zA-Z:.][ _-]?)+$/),
    Description: 'Opus of the search team',
    ModelSource: { CopyFrom: SOURCE('us-east-1', 'us.anthropic.claude-opus-5-5') },
    Tags: [{ Key: 'team', Value: 'search' }],
  });
});

it('takes the place of the model id on a host of its region', () => {
  const stack = new HostStack();
  const profile = new BedrockInferenceProfile(stack, 'Haiku', { model: 'claude-haiku-4-5', name: 'haiku' });
  const { hosts } = stack.bind([Host.bedrock({ inferenceProfiles: [profile] })], {
    models: ['claude-haiku-4-5-20251001', 'claude-opus-5-5'],
  });
  const arn = { 'Fn::GetAtt': [expect.stringMatching(/^Haiku/), 'InferenceProfileArn'] };
  expect(stack.resolve(hosts[0]?.config.models)).toEqual({ 'claude-haiku-4-5-20251001': arn });
  expect(stack.statements()).toContainEqual({
    Effect: 'Allow',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    Resource: expect.arrayContaining(['arn:aws:bedrock:::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0']),
    Condition: {
      StringEquals: {
        'aws:RequestedRegion': 'unspecified',
        'bedrock:InferenceProfileArn': [
          arn,
          expect.stringContaining('inference-profile/global.anthropic.claude-opus-5-5'),
        ],
      },
    },
  });
});

describe('in other regions than the stack', () => {
  const remote = (props: Partial<BedrockInferenceProfileProps> = {}, stack = new HostStack()) => {
    new BedrockInferenceProfile(stack, 'Remote', {
      model: 'claude-opus-5-5',
      profile: BedrockProfile.EU,
      region: 'eu-west-1',
      tags: { team: 'search' },
      ...props,
    });
    return ofType(stack, 'Custom::BedrockInferenceProfile')[0];
  };

  it('is created, tagged and deleted there by the stack', () => {
    const { Properties } = remote();
    const [create, update, remove] = [Properties.Create, Properties.Update, Properties.Delete].map(parsed);
    expect(create).toMatchObject({
      service: '@aws-sdk/client-bedrock',
      action: 'CreateInferenceProfile',
      region: 'eu-west-1',
      parameters: {
        inferenceProfileName: expect.stringMatching(/^([0-9a-zA-Z:.][ _-]?){1,64}$/),
        modelSource: { copyFrom: SOURCE('eu-west-1', 'eu.anthropic.claude-opus-5-5') },
        tags: [{ key: 'team', value: 'search' }, OWNER],
      },
      physicalResourceId: { responsePath: 'inferenceProfileArn' },
    });
    expect(update).toMatchObject({ action: 'TagResource', region: 'eu-west-1' });
    expect(remove).toMatchObject({ action: 'DeleteInferenceProfile', region: 'eu-west-1' });
  });

  it('becomes another one when what it copies changes, and stays the same when its tags do', () => {
    const { id } = remote();
    expect(remote({ tags: { team: 'ads' } }).id).toBe(id);
    expect(remote({ model: 'claude-opus-5' }).id).not.toBe(id);
    expect(remote({ profile: BedrockProfile.GLOBAL }).id).not.toBe(id);
  });

  it('is made with rights to nothing but profiles that carry the tag of its stack, and to copy its source', () => {
    const stack = new HostStack();
    remote({}, stack);
    const policies = ofType(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const profiles = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/*';
    const owner = { Ref: 'AWS::StackId' };
    const requested = { 'aws:RequestTag/cdk-claude-failover:stack': owner };
    const tagged = { 'aws:ResourceTag/cdk-claude-failover:stack': owner };
    expect(policies).toEqual([
      {
        Effect: 'Allow',
        Action: 'bedrock:CreateInferenceProfile',
        Resource: [
          profiles,
          SOURCE('eu-west-1', 'eu.anthropic.claude-opus-5-5'),
          'arn:aws:bedrock:eu-*::foundation-model/anthropic.claude-opus-5-5',
        ],
        Condition: { StringEquals: requested },
      },
      {
        Effect: 'Allow',
        Action: 'bedrock:TagResource',
        Resource: profiles,
        // A profile of an earlier release gets its tag by the update.
        Condition: { StringEquals: requested, StringEqualsIfExists: tagged },
      },
      {
        Effect: 'Allow',
        Action: ['bedrock:DeleteInferenceProfile', 'bedrock:GetInferenceProfile'],
        Resource: profiles,
        Condition: { StringEquals: tagged },
      },
    ]);
  });

  it('serves hosts of any number of regions from one stack, which may itself be for any region', () => {
    const stack = new HostStack({});
    const chain = ['us-east-1', 'us-west-2', 'eu-west-1'].map((region) => {
      const profile = new BedrockInferenceProfile(stack, region, { model: 'claude-opus-5-5', region });
      return Host.bedrock({ region, inferenceProfiles: [profile] });
    });
    const { hosts } = stack.bind(chain);
    const resources = ofType(stack, 'Custom::BedrockInferenceProfile');
    expect(resources).toHaveLength(3);
    expect(hosts.map(({ config }) => stack.resolve(config.models))).toEqual(
      resources.map(({ id }) => ({ 'claude-opus-5-5': { Ref: id } })),
    );
  });
});

it('one that exists already knows its region', () => {
  const profileArn = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
  const imported = { profileArn, model: 'claude-opus-5-5', profile: BedrockProfile.EU };
  const profile = BedrockInferenceProfile.fromProfileArn(new HostStack(), 'Profile', imported);
  expect(profile).toMatchObject({ region: 'eu-west-1', profileId: 'a1b2c3d4e5f6', profile: 'eu' });
});

describe('a wrong value stops synth', () => {
  it.each<[string, BedrockInferenceProfileProps, RegExp]>([
    ['an unknown model', { model: 'claude-opus-6' }, /unknown model "claude-opus-6"; the closest known ones/],
    ['a model Bedrock lacks', { model: 'claude-mythos-5' }, /'claude-mythos-5' is not served by Amazon Bedrock/],
    ['a name', { model: 'claude-opus-5-5', name: 'a--b' }, /'name' must be up to 64 .*, got 'a--b'/],
    [
      'a profile of another geography',
      { model: 'claude-opus-5-5', profile: BedrockProfile.JP, region: 'eu-west-1' },
      /"jp" cannot be called from "eu-west-1"/,
    ],
  ])('%s', (_, props, message) => {
    const stack = new HostStack();
    expect(() => new BedrockInferenceProfile(stack, 'Profile', props)).toThrow(message);
  });

  it('an ARN of another kind', () => {
    const profileArn = SOURCE('us-east-1', 'us.anthropic.claude-opus-5-5');
    const make = () =>
      BedrockInferenceProfile.fromProfileArn(new HostStack(), 'Profile', { profileArn, model: 'claude-opus-5-5' });
    expect(make).toThrow(/'profileArn' must be .*application-inference-profile.*got '.*list-inference-profiles/);
  });
});
