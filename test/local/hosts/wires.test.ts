import type { HostKind } from '../../../lib/contract';
import { SIMULATED_AWS, SIMULATED_SESSION, type AwsSession } from '../../../local/hosts';
import { KEY, receive, send, signed, soundCall, useHosts, type Call } from './caller';

const start = useHosts();

const NATIVE: Call = {
  path: '/anthropic/v1/messages',
  headers: { 'x-api-key': KEY, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
  body: { model: 'global.anthropic.claude-opus-5-5', max_tokens: 64, messages: [{ role: 'user', content: 'Hello' }] },
};
const without = <T extends object>(all: T, name: string) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)) as T;
const withBody = (call: Call, body: object): Call => ({ ...call, body: { ...call.body, ...body } });
const asModel = (call: Call, model: string): Call => ({
  ...call,
  path: call.path.replace(/\/model\/[^/]+/, `/model/${model}`),
});

type Refusal = readonly [what: string, kind: HostKind, call: Call, status: number, message: string];
const invoke = soundCall('bedrock', false);
const vertex = soundCall('vertex', false);
const first = soundCall('anthropic', false);

const REFUSED: readonly Refusal[] = [
  [
    'a wrong key',
    'anthropic',
    { ...first, headers: { ...first.headers, authorization: 'Bearer x' } },
    401,
    'invalid x-api-key',
  ],
  [
    'no version',
    'anthropic',
    { ...first, headers: without(first.headers, 'anthropic-version') },
    400,
    'anthropic-version: header is required',
  ],
  [
    'a browser origin',
    'anthropic',
    { ...first, headers: { ...first.headers, origin: 'https://x.test' } },
    401,
    'CORS requests are not allowed',
  ],
  [
    'an unknown model',
    'anthropic',
    withBody(first, { model: 'us.anthropic.claude-opus-5-5' }),
    404,
    'model: us.anthropic.claude-opus-5-5',
  ],
  [
    'no max_tokens',
    'anthropic',
    { ...first, body: without(first.body, 'max_tokens') },
    400,
    'max_tokens: Field required',
  ],
  [
    'messages that are no list',
    'anthropic',
    withBody(first, { messages: null }),
    400,
    'messages: Input should be a valid array',
  ],
  [
    'a foreign path',
    'foundry',
    { ...soundCall('foundry', false), path: '/v1/messages' },
    404,
    'The requested API is not supported.',
  ],
  ['no workspace', 'claude-platform-aws', first, 400, 'anthropic-workspace-id: header is required'],
  ['a model in the body', 'bedrock', withBody(invoke, { model: 'x' }), 400, 'model: Extra inputs are not permitted'],
  ['stream in the body', 'bedrock', withBody(invoke, { stream: true }), 400, 'stream: Extra inputs are not permitted'],
  ['an unknown id', 'bedrock', asModel(invoke, 'us.anthropic.gpt'), 400, 'The provided model identifier is invalid.'],
  [
    'an id without a profile',
    'bedrock',
    asModel(invoke, 'anthropic.claude-opus-5-5'),
    400,
    'on-demand throughput isn’t supported',
  ],
  [
    'no version',
    'bedrock',
    { ...invoke, body: without(invoke.body, 'anthropic_version') },
    400,
    'anthropic_version: Field required',
  ],
  [
    'the new version for an old model',
    'bedrock',
    asModel(withBody(invoke, { anthropic_version: '2026-10-21' }), 'us.anthropic.claude-opus-4-6-v1'),
    400,
    'Invalid API version',
  ],
  [
    'a server tool',
    'bedrock',
    withBody(invoke, { tools: [{ type: 'web_search_20250305' }] }),
    400,
    "tools.0: Input tag 'web_search_20250305'",
  ],
  [
    'an old model at the native door',
    'bedrock',
    withBody(NATIVE, { model: 'us.anthropic.claude-opus-4-6-v1' }),
    400,
    'model identifier is invalid',
  ],
  [
    'no signature',
    'bedrock',
    { ...invoke, headers: without(invoke.headers, 'authorization') },
    403,
    'Missing Authentication Token',
  ],
  [
    'a token nobody issued',
    'vertex',
    { ...vertex, headers: { authorization: 'Bearer ya29.x' } },
    401,
    'invalid authentication credentials',
  ],
  [
    "the client's key",
    'vertex',
    { ...vertex, headers: { 'x-api-key': KEY } },
    401,
    'invalid authentication credentials',
  ],
  [
    'a first-party model id',
    'vertex',
    { ...vertex, path: vertex.path.replace('claude-opus-5-5', 'claude-haiku-4-5-20251001') },
    404,
    'was not found',
  ],
  [
    'another location',
    'vertex',
    { ...vertex, path: vertex.path.replace('global', 'us') },
    404,
    'was not found on this server',
  ],
  [
    'a first-party version',
    'vertex',
    withBody(vertex, { anthropic_version: '2023-06-01' }),
    400,
    'Invalid API version',
  ],
  ['web_fetch', 'vertex', withBody(vertex, { tools: [{ type: 'web_fetch_20250910' }] }), 400, 'tools.0'],
];

it.each(REFUSED)('refuses %s on %s', async (_what, kind, call, status, message) => {
  const host = await start(kind);
  const answer = await receive(await send(host, call));
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(message)]);
});

it('takes a body that is not JSON for a bad request, on every kind of host', async () => {
  for (const kind of ['anthropic', 'foundry', 'bedrock', 'vertex'] as const) {
    const host = await start(kind);
    const { path, headers } = soundCall(kind, false);
    const response = await fetch(host.url + path, { method: 'POST', headers, body: '{"max_tokens":' });
    expect(response.status).toBe(400);
  }
});

describe('an AWS signature', () => {
  const CASES = [
    ['for the service and the region', 'bedrock', 'eu-west-1', 200, '"type":"message"'],
    ['for another region', 'bedrock', 'us-east-1', 403, 'valid region'],
    ['for another service', 'bedrock-mantle', 'eu-west-1', 403, "correct service: 'bedrock'"],
  ] as const;

  it.each(CASES)('%s (%s, %s) gives %i at both doors', async (_what, service, region, status, text) => {
    const host = await start('bedrock', { region: 'eu-west-1' });
    for (const call of [invoke, { ...NATIVE, headers: without(NATIVE.headers, 'x-api-key') }]) {
      const answer = await receive(await send(host, await signed(host, call, service, region)));
      expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
    }
  });

  const SECRET = { secretAccessKey: 'another-secret' };
  const FORGED: readonly (readonly [what: string, change: Partial<AwsSession>, type: string, text: string])[] = [
    ['with another secret', SECRET, 'InvalidSignatureException', 'does not match the signature you provided'],
    ['with a key nobody has', { accessKeyId: 'AKIDOTHER' }, 'UnrecognizedClientException', 'security token'],
  ];

  it.each(FORGED)('%s is refused as AWS does, at both doors', async (_what, change, type, text) => {
    const host = await start('bedrock');
    for (const call of [invoke, { ...NATIVE, headers: without(NATIVE.headers, 'x-api-key') }]) {
      const forged = await signed(host, call, 'bedrock', 'us-east-1', { ...SIMULATED_SESSION, ...change });
      const answer = await receive(await send(host, forged));
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining(text)]);
      expect(answer.headers.get('x-amzn-errortype')).toContain(type);
    }
  });

  it.each<[what: string, change: (call: Call) => Call]>([
    ['its body', (call) => withBody(call, { max_tokens: 1 })],
    ['its path', (call) => asModel(call, 'us.anthropic.claude-haiku-5-5')],
    ['its query', (call) => ({ ...call, path: `${call.path}?x=1` })],
    [
      'a signed header',
      (call) => ({
        ...call,
        headers: { ...call.headers, 'x-amz-date': call.headers['x-amz-date']!.replace(/..Z$/, '59Z') },
      }),
    ],
  ])('does not hold when %s is changed behind it', async (_what, change) => {
    const host = await start('bedrock');
    const honest = await signed(host, invoke, 'bedrock', 'us-east-1');
    expect((await send(host, honest)).status).toBe(200);
    const answer = await receive(await send(host, change(honest)));
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([
      403,
      expect.stringContaining('InvalidSignatureException'),
    ]);
  });

  it('is not enough where the role has no right, and AWS says which', async () => {
    const refusal = 'User: arn is not authorized to perform: bedrock:InvokeModel on resource: profile';
    const host = await start('bedrock', { aws: { ...SIMULATED_AWS, refuses: async () => refusal } });
    const answer = await receive(await send(host, await signed(host, invoke, 'bedrock', 'us-east-1')));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, { message: refusal }]);
    expect(answer.headers.get('x-amzn-errortype')).toContain('AccessDeniedException');
  });

  it('opens Claude Platform on AWS, with a workspace', async () => {
    const host = await start('claude-platform-aws');
    const call = { ...first, headers: { ...first.headers, 'anthropic-workspace-id': 'wrkspc_1' } };
    expect((await send(host, call)).status).toBe(401);
    expect((await send(host, await signed(host, call, 'aws-external-anthropic', 'us-east-1'))).status).toBe(200);
  });
});

describe('Bedrock', () => {
  it("streams Anthropic's own events at the native door, under the model's short name", async () => {
    const host = await start('bedrock');
    const answer = await receive(await send(host, withBody(NATIVE, { stream: true })));
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.text).toContain('"model":"claude-opus-5-5"');
    expect(answer.text).toMatch(/event: message_stop\ndata: {"type":"message_stop"}\n\n$/);
  });

  it('hides an unknown operation at the native door under status 200', async () => {
    const host = await start('bedrock');
    const answer = await receive(await send(host, { ...NATIVE, path: '/anthropic/v1/messages/count_tokens' }));
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('UnknownOperationException')]);
  });

  it('counts tokens for foundation model ids only', async () => {
    const host = await start('bedrock');
    const body = { input: { invokeModel: { body: Buffer.from(JSON.stringify(invoke.body)).toString('base64') } } };
    const call = { ...invoke, path: '/model/anthropic.claude-opus-5-5/count-tokens', body };
    expect(JSON.parse((await receive(await send(host, call))).text)).toEqual({ inputTokens: expect.any(Number) });
    expect((await send(host, asModel(call, 'us.anthropic.claude-opus-5-5'))).status).toBe(400);
  });
});

it('serves only the models it was given', async () => {
  const host = await start('anthropic', { models: ['claude-haiku-4-5'] });
  expect((await send(host, withBody(first, { model: 'claude-haiku-4-5' }))).status).toBe(200);
  expect((await send(host, first)).status).toBe(404);
});
