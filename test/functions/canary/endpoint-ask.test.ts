import { checkHost } from '../../../lambda/functions/canary/checks/check-host';
import { createEndpointAsk } from '../../../lambda/functions/canary/checks/endpoint-ask';
import { systemClock } from '../../../lambda/runtime/system-clock';
import { DOOR_SHAPE, ENDPOINT_HOST, type CanaryEndpoint, type CanaryShape } from '../../../lib/contract';
import { ENV } from '../../e2e/host-setups';
import { json, recordingServer } from '../../hosts/recording-server';
import { HAIKU } from './hosts';
import { KEY, startKeyedGateway, type KeyedGateway } from './keyed-gateway';

let gateway: KeyedGateway;
beforeEach(async () => void (gateway = await startKeyedGateway()));
afterEach(() => gateway.close());

const askThrough = (endpoint: Partial<CanaryEndpoint> = {}) =>
  createEndpointAsk(
    { url: gateway.url, auth: 'api-key', apiKeyId: 'abc123', ...endpoint },
    { ...ENV, AWS_ENDPOINT_URL: gateway.apiGateway.url },
  );
const check = (ask: ReturnType<typeof askThrough>, shape: CanaryShape = 'stream') =>
  checkHost(
    { host: ENDPOINT_HOST, model: HAIKU, shape },
    { ask, models: gateway.hosts.asking.models, clock: systemClock, slowMs: 5000 },
  );

it('goes through the endpoint with the key that API Gateway has, which is read once', async () => {
  const ask = askThrough();
  for (const shape of ['plain', 'stream', 'count-tokens'] as const) {
    const result = await check(ask, shape);
    expect(result).toMatchObject({ host: '(endpoint)', outcome: 'ok', trace: 'anthropic:ok' });
    expect(JSON.stringify(result)).not.toContain(KEY);
  }
  expect(gateway.apiGateway.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /apikeys/abc123?includeValue=true',
  ]);
  expect(gateway.apiGateway.requests[0]!.headers.authorization).toContain('/us-east-1/apigateway/aws4_request');
});

it("asks as OpenAI's clients do where it is told to, and knows an answer of theirs from any other", async () => {
  const ask = askThrough();
  const usage = { input_tokens: expect.any(Number) as number, output_tokens: 1 };
  expect(await check(ask, DOOR_SHAPE)).toMatchObject({ outcome: 'ok', trace: 'anthropic:ok', usage });
  const front = await recordingServer(json({ object: 'list', data: [] }, 200));
  expect(await check(askThrough({ url: front.url }), DOOR_SHAPE)).toMatchObject({
    outcome: 'wrong-answer',
    detail: 'the answer is not a Chat Completion',
  });
  await front.close();
  for (const name of ['anthropic', 'bedrock'] as const) await gateway.hosts.host(name).setFault({ kind: 'overloaded' });
  expect(await check(ask, DOOR_SHAPE)).toMatchObject({ outcome: 'outage', status: 529 });
});

it('a failover behind it is an answer', async () => {
  await gateway.hosts.host('anthropic').setFault({ kind: 'refused' });
  expect(await check(askThrough())).toMatchObject({
    outcome: 'ok',
    trace: expect.stringMatching(/anthropic:connection.*bedrock:ok/),
  });
});

it('no host left is what the last one said', async () => {
  for (const name of ['anthropic', 'bedrock'] as const) await gateway.hosts.host(name).setFault({ kind: 'overloaded' });
  expect(await check(askThrough())).toMatchObject({ outcome: 'outage', status: 529 });
});

it('a key that is refused is found, and read anew for the next try', async () => {
  gateway.apiGateway.reply = json({ id: 'abc123', value: 'an-old-key' });
  const ask = askThrough();
  expect(await check(ask)).toMatchObject({ outcome: 'credential', status: 401, detail: 'authentication_error' });
  gateway.apiGateway.reply = json({ id: 'abc123', value: KEY });
  expect(await check(ask)).toMatchObject({ outcome: 'ok' });
});

it('a key that cannot be read is found', async () => {
  gateway.apiGateway.reply = json({ message: 'Invalid API Key identifier specified' }, 404);
  expect(await check(askThrough())).toMatchObject({
    outcome: 'credential',
    detail: "the canary's gateway key cannot be read: API Gateway answered 404",
  });
});

it.each([
  [429, { message: 'Too Many Requests' }, 'throttled'],
  [403, { message: 'Forbidden' }, 'credential'],
  [502, { message: 'Internal server error' }, 'outage'],
])('status %i of API Gateway itself is found', async (status, body, outcome) => {
  const front = await recordingServer(json(body, status));
  try {
    expect(await check(askThrough({ url: front.url }))).toMatchObject({ outcome, status });
  } finally {
    await front.close();
  }
});

it('an address where nobody listens is a network path', async () => {
  const closed = await recordingServer();
  await closed.close();
  expect(await check(askThrough({ url: closed.url }))).toMatchObject({ outcome: 'network', detail: 'ECONNREFUSED' });
});

it('with AWS credentials, it signs for the API', async () => {
  const front = await recordingServer(json({ message: 'Forbidden' }, 403));
  try {
    await check(askThrough({ url: `${front.url}/prod`, auth: 'iam' }));
    const [request] = front.requests;
    expect(request!.path).toBe('/prod/v1/messages');
    expect(request!.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 .*\/us-east-1\/execute-api\/aws4_request/);
    expect(request!.headers).not.toHaveProperty('x-api-key');
  } finally {
    await front.close();
  }
});
