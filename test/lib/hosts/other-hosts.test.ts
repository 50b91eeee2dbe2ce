import { Template } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { Host } from '../../../lib/hosts/host';
import { MessagesAuth } from '../../../lib/hosts/messages/messages-auth';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { HostStack } from './host-stack';

const VERTEX = { projectId: 'my-project', projectNumber: '123456789012' };
const LLAMA = 'us.meta.llama4-maverick-17b-instruct-v1:0';

interface Link {
  readonly host: Host;
  readonly model: string;
}
const bind = (stack: HostStack, links: readonly Link[]) =>
  stack.bind([], {
    chains: [
      {
        at: 'chain',
        hosts: [Host.bedrock()],
        others: { fallbacks: [], lastResort: links, onRefusal: [], message: '' },
      },
    ],
  });
const configs = (make: (stack: HostStack) => Link[]) => {
  const stack = new HostStack();
  const [, ...others] = bind(stack, make(stack)).hosts;
  return others.map(({ config }) => JSON.parse(JSON.stringify(stack.resolve(config))));
};
const secret = (id: string) => ({ secretArn: { Ref: expect.stringMatching(new RegExp(`^${id}Secret`)) } });

describe('what the router is told of a host of other models', () => {
  it('is where the keys are kept, for OpenAI and for servers like it', () => {
    const [own, like, open] = configs((stack) => [
      { host: Host.openai({ keys: [stack.key()] }), model: 'gpt' },
      { host: Host.openaiCompatible({ baseUrl: 'https://api.mistral.ai/v1', keys: [stack.key('M')] }), model: 'm' },
      { host: Host.openaiCompatible({ baseUrl: 'http://models.internal:8000/v1' }), model: 'qwen' },
    ]);
    expect(own).toEqual({ name: 'openai', kind: 'openai', keys: [secret('Key')] });
    expect(like).toEqual({
      name: 'openai-compatible-api-mistral-ai',
      kind: 'openai',
      endpoint: 'https://api.mistral.ai/v1',
      keys: [secret('M')],
    });
    expect(open).toEqual({
      name: 'openai-compatible-models-internal',
      kind: 'openai',
      endpoint: 'http://models.internal:8000/v1',
    });
  });

  it('is a key of Azure OpenAI, or the secret of an Entra application', () => {
    const [byKey, byEntra] = configs((stack) => {
      const entra = { tenantId: 't-1', clientId: 'c-1', secret: stack.key('Entra') };
      return [
        { host: Host.azureOpenai({ resource: 'r', keys: [stack.key()] }), model: 'deployment' },
        { host: Host.azureOpenai({ name: 'entra', resource: 'r', entra }), model: 'deployment' },
      ];
    });
    expect(byKey).toEqual({ name: 'azure-openai', kind: 'azure-openai', resource: 'r', keys: [secret('Key')] });
    expect(byEntra.entra).toEqual({ tenantId: 't-1', clientId: 'c-1', secret: secret('Entra') });
    expect(byEntra.keys).toBeUndefined();
  });

  it('is the identity of a Vertex host for Gemini', () => {
    const [gemini] = configs(() => [{ host: Host.gemini(VERTEX), model: 'google/gemini-3' }]);
    const [vertex] = new HostStack().bind([Host.vertex(VERTEX)]).hosts;
    expect(gemini).toEqual({ ...vertex!.config, models: undefined, name: 'gemini', kind: 'vertex-gemini' });
  });

  it('is how a server of Anthropic Messages lets it in, and what it lacks', () => {
    const [bearer, signed, open] = configs((stack) => [
      {
        host: Host.messages({
          baseUrl: 'https://gateway.example.com',
          auth: MessagesAuth.bearer([stack.key()]),
          headers: { 'cf-aig-authorization': stack.key('Cf') },
          lacks: [],
        }),
        model: 'any',
      },
      {
        host: Host.messages({
          name: 'agentcore',
          baseUrl: 'https://agentcore.example.com',
          auth: MessagesAuth.signature({ service: 'bedrock-agentcore', region: 'us-east-1' }),
        }),
        model: 'any',
      },
      {
        host: Host.messages({
          name: 'vllm',
          baseUrl: 'http://10.0.0.7:8000',
          auth: MessagesAuth.none(),
          lacks: ['structured_outputs'],
        }),
        model: 'qwen',
      },
    ]);
    expect(bearer).toEqual({
      name: 'messages',
      kind: 'messages',
      endpoint: 'https://gateway.example.com',
      auth: 'bearer',
      keys: [secret('Key')],
      headers: { 'cf-aig-authorization': secret('Cf') },
      lacks: [],
    });
    expect(signed.auth).toEqual({ sigv4: 'bedrock-agentcore', region: 'us-east-1' });
    expect(open).toMatchObject({ auth: 'none', lacks: ['structured_outputs'] });
  });

  it('is what the router accepts, for every kind', () => {
    const hosts = configs((stack) => {
      const keys = [stack.key()];
      return [
        { host: Host.openai({ keys }), model: 'gpt' },
        { host: Host.azureOpenai({ resource: 'r', keys }), model: 'gpt' },
        { host: Host.gemini({ ...VERTEX, location: 'europe-west1' }), model: 'google/gemini-3' },
        { host: Host.bedrockModel({ region: 'us-west-2' }), model: LLAMA },
        { host: Host.messages({ baseUrl: 'https://example.com', auth: MessagesAuth.apiKey(keys) }), model: 'any' },
      ];
    });
    const lastResort = hosts.map(({ name }) => ({ host: name, model: 'any' }));
    const all = [{ name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] }, ...hosts];
    const routes = [{ chain: ['anthropic'], lastResort }];
    const json = JSON.stringify({ hosts: all, models: ['claude-opus-5-5'], routes });
    const arn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:key-a1B2c3';
    const { hosts: read } = parseConfig(json.replaceAll(/\{"Ref":"KeySecret[^"]*"\}/g, `"${arn}"`));
    expect(read.map(({ name }) => name)).toEqual([
      'anthropic',
      'openai',
      'azure-openai',
      'gemini-europe-west1',
      'bedrock-models-us-west-2',
      'messages',
    ]);
  });
});

describe('what the router may do', () => {
  const statements = (...models: string[]) => {
    const stack = new HostStack();
    const host = Host.bedrockModel({ region: 'us-east-1' });
    bind(
      stack,
      models.map((model) => ({ host, model })),
    );
    const all = stack.statements() as { readonly Action: unknown; readonly Resource: unknown }[];
    return all.filter(({ Resource }) => !JSON.stringify(Resource).includes('anthropic'));
  };

  it('is invoking the model that a last resort names, and neither more models nor the counting of tokens', () => {
    expect(statements('openai.gpt-oss-120b-1:0')).toEqual([
      {
        Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
        Effect: 'Allow',
        Resource: 'arn:aws:bedrock:us-east-1::foundation-model/openai.gpt-oss-120b-1:0',
      },
    ]);
  });

  it('is invoking through the profile alone, where the model has one', () => {
    const [profile, models] = statements(LLAMA);
    expect(profile).toMatchObject({
      Resource: `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${LLAMA}`,
    });
    expect(models).toMatchObject({
      Resource: 'arn:aws:bedrock:us-*::foundation-model/meta.llama4-maverick-17b-instruct-v1:0',
      Condition: { StringEquals: { 'bedrock:InferenceProfileArn': expect.stringContaining(LLAMA) } },
    });
  });

  it('is reading each of its secrets', () => {
    const stack = new HostStack();
    const host = Host.messages({
      baseUrl: 'https://example.com',
      auth: MessagesAuth.bearer([new ProviderKey(stack, 'Key')]),
      headers: { 'x-tenant': new ProviderKey(stack, 'Header') },
    });
    bind(stack, [{ host, model: 'any' }]);
    const read = stack.statements().filter((each) => JSON.stringify(each).includes('GetSecretValue'));
    expect(JSON.stringify(read)).toMatch(/KeySecret.*HeaderSecret/);
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/Bearer/);
  });
});

it.each<[string, (stack: HostStack) => Link, RegExp]>([
  ['no key', () => ({ host: Host.openai({ keys: [] }), model: 'gpt' }), /host 'openai': 'keys' must have at least one/],
  [
    'neither key nor application',
    () => ({ host: Host.azureOpenai({ resource: 'r' }), model: 'gpt' }),
    /host 'azure-openai': give either 'keys' or 'entra', got neither/,
  ],
  [
    'a URL in place of a resource',
    (stack) => ({ host: Host.azureOpenai({ resource: 'https://r', keys: [stack.key()] }), model: 'gpt' }),
    /'resource' must be the name of the Azure resource alone/,
  ],
  [
    'an ARN in place of a model',
    () => ({ host: Host.bedrockModel(), model: 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.meta' }),
    /'model' must be Bedrock's id of a model or of a system profile/,
  ],
  [
    'a profile of another geography',
    () => ({ host: Host.bedrockModel(), model: 'eu.meta.llama3-2-1b-instruct-v1:0' }),
    /"eu" cannot be called from "us-east-1"/,
  ],
  [
    'plain http to the internet',
    () => ({ host: Host.messages({ baseUrl: 'http://example.com', auth: MessagesAuth.none() }), model: 'any' }),
    /'baseUrl' is plain http to 'example.com', which is no private network; use https/,
  ],
  [
    'a password in an address',
    (stack) => ({
      host: Host.openaiCompatible({ baseUrl: 'https://me:secret@example.com', keys: [stack.key()] }),
      model: 'any',
    }),
    /'baseUrl' must be an http or https URL without credentials(?!.*secret@)/,
  ],
  [
    'a feature that there is not',
    () => ({
      host: Host.messages({ baseUrl: 'https://example.com', auth: MessagesAuth.none(), lacks: ['tools'] }),
      model: 'any',
    }),
    /'lacks' has the unknown feature 'tools'; the features are web_search, /,
  ],
  [
    'a geography that there is not',
    (stack) => ({ host: Host.openai({ keys: [stack.key()], servedIn: 'europe' }), model: 'gpt' }),
    /'servedIn' must be one of eu, us, jp, au, got 'europe'/,
  ],
])('synth stops at %s', (_, make, message) => {
  const stack = new HostStack();
  const link = make(stack);
  expect(() => bind(stack, [link])).toThrow(message);
});
