import type { StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { ACCOUNT, HostStack } from './host-stack';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space does not count. */
const MANAGED_CHARACTERS = 6_144;
const MANAGED_POLICIES = 10;
const INLINE_CHARACTERS = 10_240;

/** Ids as long as those with a date and a version, twenty of them. */
const MODELS = Array.from({ length: 20 }, (_, n) => `claude-sonnet-9-${n + 10}`);
const modelIds = (prefix: BedrockProfile): Record<string, string> =>
  Object.fromEntries(MODELS.map((model) => [model, `${prefix}.anthropic.${model}-20261001-v1:0`]));
const host = (region: string, profile: BedrockProfile): Host =>
  Host.bedrock({ region, profile, modelIds: modelIds(profile) });

const { GLOBAL, US, EU, JP, AU } = BedrockProfile;
const PLACES: readonly (readonly [BedrockProfile, readonly string[]])[] = [
  [US, ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1']],
  [EU, ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3']],
  [JP, ['ap-northeast-1', 'ap-northeast-3']],
  [AU, ['ap-southeast-2']],
];
const places = PLACES.flatMap(([profile, regions]) => regions.map((region) => ({ profile, region })));
const CHAINS = {
  'all of them geographic': places.map(({ region, profile }) => host(region, profile)),
  'all of them global': places.map(({ region }) => host(region, GLOBAL)),
  'half of them global, half geographic': places.map(({ region, profile }, n) =>
    host(region, n % 2 ? profile : GLOBAL),
  ),
};
const STACKS: Readonly<Record<string, StackProps>> = {
  'a known account': { env: { account: ACCOUNT, region: 'us-east-1' } },
  'any account and region': {},
};
const cases = Object.entries(STACKS).flatMap(([where, env]) =>
  Object.entries(CHAINS).map(([which, chain]) => ({ where, which, env, chain })),
);

/** As CloudFormation sends it to IAM. */
function characters(document: object): number {
  const sent = JSON.stringify(document)
    .replaceAll('{"Ref":"AWS::Partition"}', '"aws"')
    .replaceAll('{"Ref":"AWS::AccountId"}', `"${ACCOUNT}"`)
    .replaceAll(/\{"Fn::Join":\["",\[([^\]]*)\]\]\}/g, (_, parts: string) =>
      JSON.stringify((JSON.parse(`[${parts}]`) as string[]).join('')),
    );
  return sent.replaceAll(/\s/g, '').length;
}

it.each(cases)('twelve hosts with twenty models fit into one role, $which, in a stack for $where', ({ env, chain }) => {
  const stack = new HostStack(env);
  stack.bind(chain, { models: MODELS });
  const template = Template.fromStack(stack);
  const sizes = (type: string): number[] =>
    Object.values(template.findResources(type)).map(({ Properties }) => characters(Properties.PolicyDocument));
  const managed = sizes('AWS::IAM::ManagedPolicy');
  const inline = sizes('AWS::IAM::Policy');
  expect(chain).toHaveLength(12);
  expect(managed.length).toBeLessThanOrEqual(MANAGED_POLICIES);
  expect(Math.max(0, ...managed)).toBeLessThanOrEqual(MANAGED_CHARACTERS);
  expect(inline.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(INLINE_CHARACTERS);
});
