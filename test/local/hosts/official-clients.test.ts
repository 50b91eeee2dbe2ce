import Anthropic from '@anthropic-ai/sdk';
import type { Message, MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import { AnthropicVertex } from '@anthropic-ai/vertex-sdk';
import { BedrockRuntimeClient, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AwsClient } from 'google-auth-library';
import { SIMULATED_GOOGLE, startSimulatedHost, type AwsSide, type SimulatedHost } from '../../../local/hosts';

const AWS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret', sessionToken: 'not-a-real-session' };

const SIDE: AwsSide = { sessions: [{ ...AWS, arn: `${SIMULATED_GOOGLE.letsIn[0]}/router-function` }] };

type AuthClient = NonNullable<NonNullable<ConstructorParameters<typeof AnthropicVertex>[0]>['authClient']>;
type Request = Omit<MessageCreateParamsNonStreaming, 'model'>;
type Client = { readonly messages: Pick<Anthropic['messages'], 'create' | 'stream'> };

interface Case {
  readonly host: SimulatedHost;
  readonly client: Client;
  readonly model: string;
  readonly messageId: RegExp;
}

const hosts: SimulatedHost[] = [];
async function start(...options: Parameters<typeof startSimulatedHost>): Promise<SimulatedHost> {
  const host = await startSimulatedHost(...options);
  hosts.push(host);
  return host;
}
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
});

/** The exchange as Google's library does it, then the impersonation: no other token opens the host. */
async function googleToken(origin: string): Promise<string> {
  const { audience } = SIMULATED_GOOGLE;
  const subject_token_type = 'urn:ietf:params:aws:token-type:aws4_request';
  const { accessKeyId, secretAccessKey, sessionToken: token } = AWS;
  const aws = new AwsClient({
    audience,
    subject_token_type,
    aws_security_credentials_supplier: {
      getAwsRegion: async () => 'us-east-1',
      getAwsSecurityCredentials: async () => ({ accessKeyId, secretAccessKey, token }),
    },
  });
  const exchanged = await fetch(`${origin}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({
      audience,
      subject_token_type,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      subject_token: await aws.retrieveSubjectToken(),
    }),
  });
  const { access_token } = (await exchanged.json()) as { access_token: string };
  const account = '/v1/projects/-/serviceAccounts/router@p.iam.gserviceaccount.com:generateAccessToken';
  const impersonated = await fetch(`${origin}${account}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ scope: ['https://www.googleapis.com/auth/cloud-platform'], lifetime: '3600s' }),
  });
  return ((await impersonated.json()) as { accessToken: string }).accessToken;
}

const once = { maxRetries: 0 } as const;

const CASES: Record<string, () => Promise<Case>> = {
  anthropic: async () => {
    const host = await start({ kind: 'anthropic', name: 'a', key: 'sk-ant-simulated', deltaDelayMs: 0 });
    const client = new Anthropic({ apiKey: 'sk-ant-simulated', baseURL: host.url, ...once });
    return { host, client, model: 'claude-opus-5-5', messageId: /^msg_01/ };
  },
  foundry: async () => {
    const host = await start({ kind: 'foundry', name: 'f', key: 'azure-key', deltaDelayMs: 0 });
    const client = new Anthropic({ apiKey: 'azure-key', baseURL: `${host.url}/anthropic`, ...once });
    return { host, client, model: 'claude-opus-5-5', messageId: /^msg_01/ };
  },
  'bedrock, InvokeModel': async () => {
    const host = await start({ kind: 'bedrock', name: 'b', region: 'us-west-2', deltaDelayMs: 0, aws: SIDE });
    const client = new AnthropicBedrock({
      baseURL: host.url,
      awsRegion: 'us-west-2',
      awsAccessKey: AWS.accessKeyId,
      awsSecretKey: AWS.secretAccessKey,
      awsSessionToken: AWS.sessionToken,
      ...once,
    });
    return { host, client, model: 'global.anthropic.claude-opus-5-5', messageId: /^msg_bdrk_01/ };
  },
  vertex: async () => {
    const google = { ...SIMULATED_GOOGLE, ...SIDE };
    const host = await start({ kind: 'vertex', name: 'v', deltaDelayMs: 0, google });
    const authorization = `Bearer ${await googleToken(host.url)}`;
    const stub: Pick<AuthClient, 'getRequestHeaders'> = {
      getRequestHeaders: async () => new Headers({ authorization }),
    };
    const authClient = stub as AuthClient;
    const client = new AnthropicVertex({
      baseURL: `${host.url}/v1`,
      region: 'global',
      projectId: 'p',
      authClient,
      ...once,
    });
    return { host, client, model: 'claude-haiku-4-5@20251001', messageId: /^msg_vrtx_01/ };
  },
};

const user = (content: string) => [{ role: 'user' as const, content }];
const WEATHER = {
  name: 'get_weather',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' }, days: { type: 'integer' } } },
};
const REQUESTS: Record<string, Request> = {
  text: { max_tokens: 1024, messages: user('Hello') },
  'tool use': { max_tokens: 1024, messages: user('Weather in Paris?'), tools: [WEATHER] },
  thinking: { max_tokens: 4096, messages: user('Think'), thinking: { type: 'enabled', budget_tokens: 1024 } },
  citations: {
    max_tokens: 1024,
    messages: [
      {
        role: 'user',
        content: [
          {
            type: 'document',
            source: { type: 'text', media_type: 'text/plain', data: 'The grass is green. The sky is blue.' },
            citations: { enabled: true },
          },
          { type: 'text', text: 'What colour is the grass?' },
        ],
      },
    ],
  },
};

const typesOf = (message: Message) => message.content.map(({ type }) => type);
/** Through JSON, because the client hides its parsing buffer in a non-enumerable property. */
const shown = (message: Message) => JSON.parse(JSON.stringify(message.content)) as unknown;

describe.each(Object.keys(CASES))('%s, called by its official client', (name) => {
  it.each(Object.keys(REQUESTS))('streams the same %s that it gives unstreamed', async (what) => {
    const { client, model, messageId, host } = await CASES[name]!();
    const request = { model, ...REQUESTS[what]! };
    const unary = await client.messages.create(request);
    const streamed = await client.messages.stream(request).finalMessage();
    expect(shown(streamed)).toEqual(shown(unary));
    expect(streamed.usage).toEqual(unary.usage);
    expect(streamed.stop_reason).toBe(unary.stop_reason);
    expect(unary.id).toMatch(messageId);
    expect(host.answered).toBe(2);
  });

  it('answers with thinking and with a tool call that fits the schema', async () => {
    const { client, model } = await CASES[name]!();
    const tools = await client.messages.stream({ model, ...REQUESTS['tool use']! }).finalMessage();
    const thinking = await client.messages.stream({ model, ...REQUESTS['thinking']! }).finalMessage();
    expect(typesOf(tools)).toEqual(['text', 'tool_use']);
    expect(tools.stop_reason).toBe('tool_use');
    expect(tools.content[1]).toMatchObject({ name: 'get_weather', input: { city: 'sample city', days: 1 } });
    expect(typesOf(thinking)).toEqual(['thinking', 'text']);
    expect(thinking.content[0]).toMatchObject({ signature: expect.stringMatching(/.+/) });
  });

  it('answers the tool result with text, on whichever host the tool was called', async () => {
    const { client, model } = await CASES[name]!();
    const turn = await client.messages.create({
      model,
      max_tokens: 1024,
      tools: [WEATHER],
      messages: [
        ...user('Weather in Paris?'),
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_bdrk_01x', name: 'get_weather', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_bdrk_01x', content: 'Sunny' }] },
      ],
    });
    expect(typesOf(turn)).toEqual(['text']);
    expect(turn.stop_reason).toBe('end_turn');
  });
});

it('gives the same text on every host', async () => {
  const texts = await Promise.all(
    Object.values(CASES).map(async (make) => {
      const { client, model } = await make();
      return shown(await client.messages.create({ model, ...REQUESTS['text']! }));
    }),
  );
  expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(1);
});

it('streams through the AWS SDK, and ends with the invocation metrics', async () => {
  const host = await start({ kind: 'bedrock', name: 'b', deltaDelayMs: 0, aws: SIDE });
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: host.url,
    credentials: AWS,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
  const { body } = await client.send(
    new InvokeModelWithResponseStreamCommand({
      modelId: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
      body: JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 64, messages: user('Hello') }),
    }),
  );
  const events: { readonly type: string }[] = [];
  for await (const { chunk } of body ?? [])
    events.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()) as { type: string });
  client.destroy();
  expect(events.map(({ type }) => type)).not.toContain('ping');
  expect(events[0]).toMatchObject({ type: 'message_start', message: { id: expect.stringMatching(/^msg_bdrk_/) } });
  expect(events.at(-1)).toMatchObject({
    type: 'message_stop',
    'amazon-bedrock-invocationMetrics': { inputTokenCount: 3, outputTokenCount: expect.any(Number) },
  });
  expect(host.requests[0]?.path).toContain('application-inference-profile%2Fabc123/invoke-with-response-stream');
});

it('searches the web when the tool is offered, and cites what it found', async () => {
  const { client, model } = await CASES['anthropic']!();
  const request = {
    model,
    max_tokens: 1024,
    messages: user('News?'),
    tools: [{ type: 'web_search_20250305' as const, name: 'web_search' as const }],
  };
  const streamed = await client.messages.stream(request).finalMessage();
  expect(typesOf(streamed)).toEqual(['server_tool_use', 'web_search_tool_result', 'text']);
  expect(streamed.content[2]).toMatchObject({ citations: [{ type: 'web_search_result_location' }] });
  expect(streamed.usage.server_tool_use).toEqual({ web_search_requests: 1, web_fetch_requests: 0 });
  expect(shown(streamed)).toEqual(shown(await client.messages.create(request)));
});

it('counts tokens alike through the anthropic and the vertex client', async () => {
  const [first, second] = [await CASES['anthropic']!(), await CASES['vertex']!()];
  const anthropic = first.client as Anthropic;
  const vertex = second.client as AnthropicVertex;
  const counted = await anthropic.messages.countTokens({ model: first.model, messages: user('Hello there') });
  expect(counted.input_tokens).toBeGreaterThan(0);
  expect(await vertex.messages.countTokens({ model: second.model, messages: user('Hello there') })).toEqual(counted);
});
