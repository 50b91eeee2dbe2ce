import { NestedStack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ENV } from '../../../lib/contract';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import { functionNamed } from '../router/router-stack';
import { gatewayIn, gatewayTemplate, newStack } from './gateway-stack';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_RESOURCES = 500;
const MOST_OUTPUTS = 200;
const MOST_BYTES = 1_000_000;

const teams = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `team-${n}`, rateLimit: 5 }));

it('a hundred teams fit into the stack of the gateway, and their names and key ids into a parameter', () => {
  const template = gatewayTemplate({ auth: ClientAuth.apiKeys({ teams: teams(100) }) });
  expect(Object.keys(template.toJSON().Resources).length).toBeLessThanOrEqual(MOST_RESOURCES);
  expect(functionNamed(template, 'GatewayRouter').Environment.Variables).toHaveProperty(ENV.CONFIG_PARAMETER);
});

it('a thousand teams fit into nested stacks, and their names and key ids into an object with its values', () => {
  const stack = newStack();
  gatewayIn(stack, { auth: ClientAuth.apiKeys({ teams: teams(1_000), nestedStacks: 10 }) });
  const nested = stack.node.findAll().filter((child) => child instanceof NestedStack);
  const templates = [stack, ...nested].map((each) => Template.fromStack(each).toJSON());
  expect(nested).toHaveLength(20);
  for (const template of templates) {
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(MOST_RESOURCES);
    expect(Object.keys(template.Outputs ?? {}).length).toBeLessThanOrEqual(MOST_OUTPUTS);
    expect(JSON.stringify(template).length).toBeLessThanOrEqual(MOST_BYTES);
  }
  const variables = functionNamed(Template.fromStack(stack), 'GatewayRouter').Environment.Variables;
  expect(variables).toHaveProperty(ENV.CONFIG_OBJECT);
  const values = Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter'));
  // A value that is another stack's output needs 10 bytes once it is there; two parameters for the router, two for the canary.
  expect(values).toHaveLength(4);
}, 180_000);

it('a team stays where it is when others come and go', () => {
  const homes = [teams(20), teams(30)].map((all) => {
    const stack = newStack();
    gatewayIn(stack, { auth: ClientAuth.apiKeys({ teams: all, nestedStacks: 3 }) });
    return stack.node
      .findAll()
      .filter((child) => child.node.id === 'Key' && /team-\d+\/Key$/.test(child.node.path))
      .map(({ node }) => node.path);
  });
  expect(homes[1]).toEqual(expect.arrayContaining(homes[0]!));
});

it.each([
  [
    'more teams than a stack takes',
    { teams: teams(121) },
    /would have 121 teams.*at most 120 fit.*'nestedStacks'.*'keySha256'/,
  ],
  ['too few nested stacks', { teams: teams(200), nestedStacks: 1 }, /nested stacks would have 200 teams.*at most 160/],
  [
    'a wrong number of nested stacks',
    { teams: teams(1), nestedStacks: 1.5 },
    /'nestedStacks'.* is 1\.5; .*from 0 to 20/,
  ],
])('%s stop synth, with the figures and what to do', (_, props, message) => {
  expect(() => gatewayTemplate({ auth: ClientAuth.apiKeys(props) })).toThrow(message);
});
