import type { Fault } from '../../local/hosts';
import { HOST_NAMES, type HostName } from './host-setups';
import { IMPATIENT, useGateway, type TestGateway } from './harness';
import { BODY, failoverHeaders, post, STREAMED } from './raw-client';
import { ASKS, SDKS } from './sdks';

const start = useGateway();
const CHAIN = ['anthropic', 'bedrock'] as const;

async function down(primary: Fault, fallback: Fault): Promise<TestGateway> {
  const gateway = await start({ chain: CHAIN });
  await gateway.host('anthropic').setFault(primary);
  await gateway.host('bedrock').setFault(fallback);
  return gateway;
}

describe.each([
  ['stream', STREAMED],
  ['message', BODY],
])('asked for a %s with every host down', (_, body) => {
  it('the client gets the primary’s own error, as the primary wrote it', async () => {
    const gateway = await down({ kind: 'overloaded' }, { kind: 'server-error' });
    const { status, headers, text } = await post(gateway, body);
    expect(status).toBe(529);
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    expect(text).toBe(JSON.stringify({ type: 'error', error, request_id: headers.get('request-id') }));
    expect(headers.get('request-id')).toMatch(/^req_01/);
    expect(headers.get('content-type')).toBe('application/json');
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 2 });
  });

  it('is told to come back when the first host may be back', async () => {
    const gateway = await down({ kind: 'rate-limited', retryAfter: 40 }, { kind: 'rate-limited', retryAfter: 20 });
    const { status, headers } = await post(gateway, body);
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(20);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(15);
    expect(headers.get('x-should-retry')).toBe('true');
  });

  it('is told not to come back by itself when nobody will be back soon', async () => {
    const gateway = await down({ kind: 'billing' }, { kind: 'not-found-model' });
    const { status, headers, json } = await post(gateway, body);
    expect(status).toBe(502);
    const message = "the gateway's account at host 'anthropic' is not in good standing";
    expect(json).toMatchObject({ error: { type: 'api_error', message } });
    expect(headers.get('x-should-retry')).toBe('false');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('gets the primary’s error again, without anybody being asked, while all of them are cooling', async () => {
    const gateway = await down({ kind: 'rate-limited', retryAfter: 40 }, { kind: 'rate-limited', retryAfter: 50 });
    const first = await post(gateway, body);
    const second = await post(gateway, body);
    expect(second.json).toEqual(first.json);
    expect(failoverHeaders(second)).toEqual({
      host: null,
      attempts: '0',
      trace: 'anthropic:skipped-rate-limited, bedrock:skipped-rate-limited',
    });
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 1 });
  });

  it('is served again as soon as a host that was merely overloaded is back', async () => {
    const gateway = await start({ chain: ['anthropic', 'vertex'] });
    await gateway.host('anthropic').setFault({ kind: 'overloaded', times: 1 });
    await gateway.host('vertex').setFault({ kind: 'overloaded' });
    expect((await post(gateway, body)).status).toBe(529);
    const answer = await post(gateway, body);
    expect(answer.status).toBe(200);
    expect(failoverHeaders(answer).host).toBe('anthropic');
  });

  it.each([
    ['hangs', { kind: 'hang' }, 504, 'timeout_error'],
    ['refuses the connection', { kind: 'refused' }, 529, 'overloaded_error'],
    ['answers with a web page', { kind: 'html' }, 529, 'overloaded_error'],
    // A 401 would say that the client's key is wrong.
    ['refuses our key', { kind: 'expired-credential' }, 502, 'api_error'],
  ] as const)('gets an error in Anthropic’s form when the only host %s', async (_name, fault, status, type) => {
    const gateway = await start({ chain: ['anthropic'], hosts: { anthropic: { timeouts: IMPATIENT } } });
    await gateway.host('anthropic').setFault(fault);
    const answer = await post(gateway, body);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({
      type: 'error',
      error: { type, message: expect.stringContaining("'anthropic'") },
    });
    expect(answer.headers.get('request-id')).toMatch(/.+/);
  });
});

const TYPED: readonly (readonly [HostName, Fault, Partial<Record<HostName, number>>, number])[] = HOST_NAMES.flatMap(
  (name) => [
    [name, { kind: 'rate-limited', retryAfter: 30 }, {}, 429] as const,
    [name, { kind: 'server-error' }, {}, 500] as const,
    [name, { kind: 'overloaded' }, { bedrock: 500, 'bedrock-invoke': 500 }, 529] as const,
  ],
);

describe.each(Object.entries(SDKS))('%s', (_, sdk) => {
  const errorOf = async (asked: Promise<unknown>) =>
    asked.then(
      () => 'no error',
      (error: unknown) => error,
    );

  it.each(TYPED)('throws its own error class when %s fails with %j', async (name, fault, except, status) => {
    const gateway = await start({ chain: [name] });
    await gateway.host(name).setFault(fault);
    const client = sdk.connect(gateway.url);
    const type = status === 429 ? sdk.errors.RateLimitError : sdk.errors.InternalServerError;
    for (const error of [await errorOf(client.create(ASKS.text)), await errorOf(client.stream(ASKS.text))]) {
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ status: except[name] ?? status, requestID: expect.stringMatching(/.+/) });
    }
  });

  it.each(HOST_NAMES)('throws BadRequestError for a request that %s refuses', async (name) => {
    const gateway = await start({ chain: [name, ...(name === 'anthropic' ? [] : (['anthropic'] as const))] });
    const client = sdk.connect(gateway.url);
    const empty = { max_tokens: 5, messages: [] };
    const error = await errorOf(client.create(empty));
    expect(error).toBeInstanceOf(sdk.errors.BadRequestError);
    expect(error).toMatchObject({ message: expect.stringContaining('at least one message is required') });
    expect(await errorOf(client.stream(empty))).toBeInstanceOf(sdk.errors.BadRequestError);
  });

  it('throws AuthenticationError for a wrong gateway key and NotFoundError for a model nobody has', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    expect(await errorOf(sdk.connect(gateway.url, 'wrong').create(ASKS.text))).toBeInstanceOf(
      sdk.errors.AuthenticationError,
    );
    expect(await errorOf(sdk.connect(gateway.url).stream(ASKS.text, 'claude-nobody-1'))).toBeInstanceOf(
      sdk.errors.NotFoundError,
    );
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });
});
