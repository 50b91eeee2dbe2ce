import { Template } from 'aws-cdk-lib/assertions';
import { BedrockProfile, ClientAuth, Host } from '../../../lib';
import { deployed, functionNamed } from '../router/router-stack';
import { gatewayIn, newStack } from './gateway-stack';

interface Stored {
  readonly hosts: readonly { readonly name: string; readonly clientModels?: Record<string, Record<string, string>> }[];
}

const made = (clientInferenceProfiles: boolean | undefined) => {
  const stack = newStack();
  gatewayIn(stack, {
    chain: [Host.bedrock({ region: 'us-east-1' }), Host.bedrock({ region: 'us-west-2', profile: BedrockProfile.US })],
    models: ['claude-opus-5-5', 'claude-haiku-5-5'],
    auth: ClientAuth.apiKeys({ teams: [{ name: 'search' }, { name: 'nightly' }] }),
    clientInferenceProfiles,
  });
  return Template.fromStack(stack);
};
const configOf = (template: Template, fn: string): string =>
  deployed(functionNamed(template, fn).Environment.Variables.FAILOVER_CONFIG);
const policiesOf = (template: Template, role: string): string =>
  JSON.stringify(
    Object.values({
      ...template.findResources('AWS::IAM::Policy'),
      ...template.findResources('AWS::IAM::ManagedPolicy'),
    }).filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"${role}`)),
  );

describe('a bill for each team', () => {
  const template = made(true);

  it('has a tagged profile for each team and model, in each host’s region', () => {
    const here = Object.values(template.findResources('AWS::Bedrock::ApplicationInferenceProfile'));
    const tags = here.map(({ Properties }) => Properties.Tags);
    const of = (Value: string) => [{ Key: 'claude-failover:client', Value }];
    expect(tags.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual(
      ['nightly', 'nightly', 'search', 'search'].map(of).map((tag) => tag.map(({ Key, Value }) => ({ Key, Value }))),
    );
    const there = Object.values(template.findResources('Custom::BedrockInferenceProfile'));
    expect(there).toHaveLength(4);
    expect(JSON.stringify(there)).toContain('claude-failover:client');
  });

  it('is told to the router, by client and model', () => {
    const functions = JSON.stringify(template.toJSON().Resources);
    for (const host of ['bedrock-us-east-1', 'bedrock-us-west-2-us']) expect(functions).toContain(host);
    const { hosts } = JSON.parse(configOf(template, 'GatewayRouterFunction')) as Stored;
    for (const { clientModels } of hosts) {
      expect(Object.keys(clientModels!)).toEqual(['search', 'nightly']);
      expect(Object.keys(clientModels!.search!)).toEqual(['claude-opus-5-5', 'claude-haiku-5-5']);
    }
  });

  it('lets the router call each of these profiles by name, and the canary none of them', () => {
    const ids = Object.keys(template.findResources('AWS::Bedrock::ApplicationInferenceProfile'));
    const remote = Object.keys(template.findResources('Custom::BedrockInferenceProfile'));
    const router = policiesOf(template, 'GatewayRouterRole');
    const canary = policiesOf(template, 'GatewayCanaryRole');
    expect([...ids, ...remote].filter((id) => !router.includes(id))).toEqual([]);
    expect([...ids, ...remote].filter((id) => canary.includes(id))).toEqual([]);
    expect(router).not.toContain('application-inference-profile/*');
  });
});

it('costs nobody anything who does not ask for it', () => {
  for (const asked of [undefined, false]) {
    const template = made(asked);
    template.resourceCountIs('AWS::Bedrock::ApplicationInferenceProfile', 0);
    template.resourceCountIs('Custom::BedrockInferenceProfile', 0);
    expect(configOf(template, 'GatewayRouterFunction')).not.toContain('clientModels');
  }
});

it('needs clients that have names', () => {
  expect(() => gatewayIn(newStack(), { auth: ClientAuth.iam(), clientInferenceProfiles: true })).toThrow(
    /'clientInferenceProfiles' needs clients that the router knows by name; give 'clients', or teams.*Stack\/Gateway/s,
  );
});
