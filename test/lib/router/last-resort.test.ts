import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { ENV } from '../../../lib/contract';
import { Host } from '../../../lib/hosts/host';
import { MessagesAuth } from '../../../lib/hosts/messages/messages-auth';
import { BedrockProfile } from '../../../lib/hosts/bedrock/bedrock-profile';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { Steering } from '../../../lib/router/client';
import { Residency } from '../../../lib/router/residency';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import { deployed, functionNamed, newStack, routerIn } from './router-stack';

const BEDROCK = Host.bedrock();
const LLAMA = { host: Host.bedrockModel(), model: 'meta.llama3-3-70b-instruct-v1:0' };
const AGREES = [{ name: 'chat', may: [Steering.LAST_RESORT] }, { name: 'batch' }];

const routerOf = (props: Partial<FailoverRouterProps>) => {
  const stack = newStack();
  const router = routerIn(stack, { chain: [BEDROCK], clients: AGREES, ...props });
  const warnings = Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => String(entry.data));
  const config = () => {
    const { Environment } = functionNamed(Template.fromStack(stack), 'Router');
    return parseConfig(deployed(Environment.Variables[ENV.CONFIG]));
  };
  return { router, warnings, config };
};

it('tells the router its links, and to what a refusal and a total failure lead', () => {
  const { config, router, warnings } = routerOf({
    lastResort: [LLAMA, { host: BEDROCK, model: 'claude-haiku-5-5' }],
    fallbacks: ['claude-haiku-5-5', 'bedrock/claude-haiku-5-5', `bedrock-models/${LLAMA.model}`],
    onRefusal: ['claude-haiku-5-5'],
    message: 'Out of order.',
  });
  expect(config().routes).toEqual([
    expect.objectContaining({
      chain: ['bedrock'],
      lastResort: [
        { host: 'bedrock-models', model: LLAMA.model },
        { host: 'bedrock', model: 'claude-haiku-5-5' },
      ],
      fallbacks: ['claude-haiku-5-5', 'bedrock/claude-haiku-5-5', `bedrock-models/${LLAMA.model}`],
      onRefusal: ['claude-haiku-5-5'],
      message: 'Out of order.',
    }),
  ]);
  expect(router.hostNames).toEqual(['bedrock', 'bedrock-models']);
  expect(warnings.filter((text) => text.includes('lastResortWithoutConsent'))).toEqual([]);
});

it('a route has the last resort of its router, or one of its own, or none', () => {
  const { config } = routerOf({
    lastResort: [LLAMA],
    message: 'Out of order.',
    routes: [
      { models: ['claude-opus-*'], chain: [BEDROCK] },
      { clients: ['chat'], chain: [BEDROCK], lastResort: [], message: '' },
    ],
  });
  const [inherits, none] = config().routes;
  expect(inherits).toMatchObject({ lastResort: [{ host: 'bedrock-models' }], message: 'Out of order.' });
  expect(none).not.toHaveProperty('lastResort');
  expect(none).not.toHaveProperty('message');
});

it('says so where nobody may be answered by another model', () => {
  const { warnings } = routerOf({
    lastResort: [LLAMA],
    routes: [{ clients: ['batch'], chain: [BEDROCK], message: 'Out of order.' }],
  });
  const missing = warnings.filter((text) => text.includes('cdk-claude-failover:lastResortWithoutConsent'));
  expect(missing).toEqual([expect.stringContaining("the last resort of 'routes[0].chain': none of its clients")]);
});

it.each<[string, Partial<FailoverRouterProps>, RegExp]>([
  [
    'a host of other models in a chain',
    { chain: [BEDROCK, LLAMA.host] },
    /'chain' has host 'bedrock-models' of kind bedrock-models, which does not have Claude; put it into 'lastResort'/,
  ],
  [
    'the same model as a last resort',
    {
      routes: [
        {
          models: ['claude-opus-5-5'],
          chain: [BEDROCK],
          lastResort: [{ host: BEDROCK, model: 'claude-opus-5-5' }],
        },
      ],
    },
    /'routes\[0\].lastResort\[0\]' has model 'claude-opus-5-5', the only one that its route serves/,
  ],
  [
    'a model that a host of Claude does not have',
    { lastResort: [{ host: BEDROCK, model: 'gpt' }] },
    /'lastResort\[0\]' has model 'gpt', which is none of the models that host 'bedrock' \(bedrock\) has/,
  ],
  [
    'a link without a model',
    { lastResort: [{ host: Host.messages({ baseUrl: 'https://a.b', auth: MessagesAuth.none() }), model: ' ' }] },
    /'lastResort\[0\]' has no model; give the id by which host 'messages' is asked for one/,
  ],
  ['a link twice', { lastResort: [LLAMA, LLAMA] }, /'lastResort\[1\]' is the same as 'lastResort\[0\]'; remove one/],
  [
    'a refusal that leads to a model the router does not have',
    { onRefusal: ['claude-opus-5'] },
    /'onRefusal' has 'claude-opus-5', which is not one of the router's models; the closest are claude-opus-5-5/,
  ],
  [
    'a fallback that is no model and no link',
    { fallbacks: ['bedrok/claude-haiku-5-5'] },
    /'fallbacks' has 'bedrok\/claude-haiku-5-5', which is neither one of the router's models nor a host and one of them; the closest are bedrock\/claude-haiku-5-5/,
  ],
  [
    'more fallbacks than a request is given time for',
    { routes: [{ models: ['claude-haiku-*'], chain: [BEDROCK], fallbacks: Array(5).fill('claude-haiku-5-5') }] },
    /'routes\[0\].fallbacks' names 5 models; at most 4 may be given/,
  ],
  [
    'a last resort outside of the residency',
    {
      chain: [Host.bedrock({ profile: BedrockProfile.US })],
      residency: Residency.US,
      lastResort: [{ host: Host.messages({ baseUrl: 'https://a.b', auth: MessagesAuth.none() }), model: 'any' }],
    },
    /'residency' US is left by host 'messages' of kind messages \(anywhere\)/,
  ],
])('synth stops at %s', (_, props, message) => {
  expect(() => routerOf(props)).toThrow(message);
});

it('a server that its owner vouches for stays in its geography', () => {
  const host = Host.messages({ baseUrl: 'https://a.b', auth: MessagesAuth.none(), servedIn: 'us' });
  const chain = [Host.bedrock({ profile: BedrockProfile.US })];
  const lastResort = [{ host, model: 'any' }, LLAMA];
  expect(() => routerOf({ chain, residency: Residency.US, lastResort })).not.toThrow();
});

it("says that Bedrock's Llama goes down with Bedrock, and Azure OpenAI does not", () => {
  const shared = (lastResort: FailoverRouterProps['lastResort']): string =>
    routerOf({ lastResort }).warnings.find((text) => text.includes('sharedFailureDomain')) ?? '';
  expect(shared([LLAMA])).toContain('takes all of them down, and its last resort with them');
  const stack = newStack();
  const entra = { tenantId: 't', clientId: 'c', secret: new ProviderKey(stack, 'Secret') };
  const azure = { host: Host.azureOpenai({ resource: 'r', entra }), model: 'gpt' };
  routerIn(stack, { chain: [BEDROCK], clients: AGREES, lastResort: [LLAMA, azure] });
  const found = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('sharedFailureDomain'));
  expect(found.map(({ entry }) => String(entry.data))).toEqual([expect.not.stringContaining('last resort')]);
});
