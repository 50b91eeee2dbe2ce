import { Template } from 'aws-cdk-lib/assertions';
import type { ClientPolicyProps } from '../../../lib';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../../lib/hosts/host';
import { EffortLevel } from '../../../lib/router/governance/client-policy';
import { Residency } from '../../../lib/router/residency';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import { ACCOUNT, newStack, routerIn, statementsOf } from './router-stack';

const EU = Host.bedrock({ region: 'eu-central-1', profile: BedrockProfile.EU });
const routerWith = (policy: ClientPolicyProps) => {
  const stack = newStack();
  return routerIn(stack, { chain: [EU, Host.bedrock()], clients: [{ name: 'web', policy }] });
};

it('the router is told what a client may use', () => {
  const { clients } = routerWith({
    models: ['claude-haiku-*'],
    hosts: [EU.name],
    geographies: [Residency.EU],
    effort: EffortLevel.LOW,
    maxTokens: 1000,
    files: false,
  })._bound.config;
  expect(clients?.[0]).toMatchObject({
    policy: {
      models: ['claude-haiku-*'],
      hosts: [EU.name],
      geographies: ['eu'],
      effort: 'low',
      maxTokens: 1000,
      files: false,
    },
  });
});

it.each<[ClientPolicyProps, string]>([
  [{ hosts: ['bedrok'] }, "'policy.hosts': there is no host 'bedrok'; the hosts are bedrock-eu-central-1-eu, bedrock"],
  [{ models: ['claude-opus-4-1'] }, "'policy.models': there is no model 'claude-opus-4-1'; the models are"],
  [{ models: ['gpt-*'] }, "'policy.models': there is no model 'gpt-*'"],
  [{ geographies: [Residency.JP] }, 'leaves the client no host; the hosts serve in: bedrock-eu-central-1-eu (eu)'],
  [{ geographies: [Residency.EU], hosts: ['bedrock'] }, 'leaves the client no host'],
  [{ geographies: [Residency.ANYWHERE] }, "has Residency.ANYWHERE, which is no limit; leave 'geographies' out"],
  [{ maxTokens: 0.5 }, "'policy.maxTokens' is 0.5; it must be a whole number from 1"],
  [{ mcpServers: ['https://a.b/c'] }, "'policy.mcpServers' has 'https://a.b/c'; it must be the name of a server"],
])('%j stops synth', (policy, problem) => {
  expect(() => routerWith(policy)).toThrow(problem);
});

it('limits by the minute and at a time are the router’s own, and it may count them in the table', () => {
  const stack = newStack();
  const limits = { tokensPerMinute: 100_000, requestsPerMinute: 60, concurrent: 5 };
  const router = routerIn(stack, { clients: [{ name: 'web', limits }] });
  expect(router._bound.config.clients?.[0]).toMatchObject({ limits });
  const actions = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(actions).toContain('dynamodb:UpdateItem');
  const wrong = { tokensPerMinute: 0 };
  expect(() => routerIn(newStack(), { clients: [{ name: 'web', limits: wrong }] })).toThrow(
    "client 'web': 'limits.tokensPerMinute' is 0; it must be a whole number from 1",
  );
});

it('turns are for shapes whose processes serve many requests', () => {
  const stack = newStack();
  const props = { shape: RouterShape.webFunction({ fairQueue: { concurrent: 50 } }) };
  expect(routerIn(stack, props as object)._bound.config.fairQueue).toEqual({ concurrent: 50 });
  expect(routerIn(newStack())._bound.config.fairQueue).toBeUndefined();
  const wrong = { shape: RouterShape.webFunction({ fairQueue: { concurrent: 0 } }) };
  expect(() => routerIn(newStack(), wrong as object)).toThrow("'fairQueue.concurrent' is 0; it must be a whole number");
});

it('a router may ask the guardrails of its clients, and nothing else of them', () => {
  const stack = newStack();
  const arn = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:guardrail/abc123`;
  const guardrails = [
    { guardrail: arn, version: '3', failOpen: true },
    { guardrail: 'def456', version: 'DRAFT' },
  ];
  const clients = guardrails.map((guardrail, index) => ({ name: `team-${index}`, policy: { guardrail } }));
  const router = routerIn(stack, { clients });
  expect(router._bound.config.clients?.slice(0, 2).map(({ policy }) => policy?.guardrail)).toEqual([
    { id: 'abc123', version: '3', region: 'eu-central-1', whenDown: 'open' },
    { id: 'def456', version: 'DRAFT', region: 'us-east-1' },
  ]);
  const found = statementsOf(Template.fromStack(stack), 'Router').filter(
    ({ Action }) => Action === 'bedrock:ApplyGuardrail',
  );
  const inPartition = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, rest]] });
  expect(found).toEqual([
    {
      Action: 'bedrock:ApplyGuardrail',
      Effect: 'Allow',
      Resource: [
        inPartition(`:bedrock:eu-central-1:${ACCOUNT}:guardrail/abc123`),
        inPartition(`:bedrock:us-east-1:${ACCOUNT}:guardrail/def456`),
      ],
    },
  ]);
});

it.each([
  [{ guardrail: 'Abc', version: '1' }, "'policy.guardrail.guardrail' is 'Abc'; it must be an id"],
  [{ guardrail: 'abc', version: 'one' }, "'policy.guardrail.version' is 'one'; it must be a number, or DRAFT"],
  [{ guardrail: 'abc', version: '1', output: true }, "set 'commit' to Commit.COMPLETE"],
])('a guardrail %j stops synth', (guardrail, problem) => {
  expect(() => routerWith({ guardrail })).toThrow(problem);
});

it('a router’s own guardrail is for everybody, may be asked, and needs whole answers where it looks at them', () => {
  const stack = newStack();
  const router = routerIn(stack, { guardrail: { guardrail: 'all456', version: '1' } });
  expect(router._bound.config.guardrail).toMatchObject({ id: 'all456', version: '1', region: 'us-east-1' });
  const granted = statementsOf(Template.fromStack(stack), 'Router').filter(
    ({ Action }) => Action === 'bedrock:ApplyGuardrail',
  );
  expect(JSON.stringify(granted)).toContain('guardrail/all456');
  const early = { guardrail: 'all456', version: '1', output: true };
  expect(() => routerIn(newStack(), { guardrail: early })).toThrow("'guardrail.output' needs every route");
});
