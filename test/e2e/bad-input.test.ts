import { onPlainServer } from './on-plain-server';
import { MODEL, useGateway } from './harness';
import { BODY, expectCompleteStream, post, STREAMED } from './raw-client';

const start = useGateway();
const MB = 1024 * 1024;

const sized = (bytes: number) => {
  const body = JSON.stringify(BODY).replace('Hello', '');
  return body.replace('"content":"', `"content":"${'a'.repeat(bytes - body.length)}`);
};
const body = (fields: object) => JSON.stringify({ ...BODY, ...fields });

const WRONG: Readonly<Record<string, readonly [sent: string | Uint8Array, status: number, message: string]>> = {
  'an empty body': ['', 400, 'the request body is empty'],
  'JSON that breaks off': ['{"model":"claude-opus-5-5","secret words', 400, 'not valid JSON'],
  'a list': ['[]', 400, 'must be a JSON object'],
  null: ['null', 400, 'must be a JSON object'],
  'no model': [body({ model: undefined }), 400, 'model: Field required'],
  'a number for the model': [body({ model: 5 }), 400, 'model: Input should be a valid string'],
  'no messages': [body({ messages: undefined }), 400, 'messages: Field required'],
  'text for the messages': [body({ messages: 'Hi' }), 400, 'messages: Input should be a valid array'],
  'text for stream': [body({ stream: 'yes' }), 400, 'stream: Input should be a valid boolean'],
  'a model nobody serves': [body({ model: 'gpt-9' }), 404, "model: 'gpt-9' is not served by this gateway; it serves"],
};
const WRONG_ON_THE_WIRE: typeof WRONG = {
  'bytes that are not UTF-8': [Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), 400, 'not valid UTF-8'],
  'a body of 33 MB': [sized(33 * MB), 413, 'larger than 33554432 bytes'],
  'a body just over the limit': [sized(32 * MB + 1), 413, 'larger than 33554432 bytes'],
};
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  404: 'not_found_error',
  413: 'request_too_large',
};

describe.each(['/v1/messages', '/v1/messages/count_tokens'])('%s', (path) => {
  const refused = async (sent: string | Uint8Array, status: number, message: string): Promise<void> => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'] });
    const answer = await post(gateway, sent, { path });
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({
      type: 'error',
      error: { type: TYPES[status], message: expect.stringContaining(message) },
      request_id: answer.headers.get('request-id'),
    });
    expect(answer.text).not.toContain('secret words');
    expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0 });
    expectCompleteStream(await post(gateway, STREAMED));
  };
  it.each(Object.entries(WRONG))('refuses %s in Anthropic’s form, and takes the next request', (_, wrong) =>
    refused(...wrong),
  );
  onPlainServer.each(Object.entries(WRONG_ON_THE_WIRE))('refuses %s there too', (_, wrong) => refused(...wrong));
});

it.each([
  ['no key', { 'x-api-key': '' }],
  ['a wrong key', { 'x-api-key': 'wrong' }],
  ['a wrong bearer token', { authorization: 'Bearer wrong' }],
  ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
])('refuses a request with %s, and repeats nothing of it', async (_, headers) => {
  const gateway = await start({ chain: ['anthropic'] });
  const answer = await post(gateway, BODY, { headers });
  expect(answer.status).toBe(401);
  expect(answer.json).toMatchObject({ type: 'error', error: { type: 'authentication_error' } });
  expect(answer.text).not.toMatch(/wrong|dXNlc/);
  expect(gateway.counts()).toEqual({ anthropic: 0 });
  expect((await post(gateway, BODY)).status).toBe(200);
});

onPlainServer('takes a body of just the limit', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  expect((await post(gateway, sized(32 * MB))).status).toBe(200);
});

describe('strange values inside a body that is JSON', () => {
  it.each<object>([
    { tools: 'none' },
    { tools: [null, 5, { type: null }] },
    { messages: [null, 'text', { role: 5, content: [null, { type: 'document', source: null }] }] },
    { container: 5, thinking: [], metadata: 'x', output_config: null, inference_geo: {} },
    { messages: [{ role: 'user', content: 'x' }], system: { a: { b: [] } }, mcp_servers: {} },
    { ['__proto__']: { polluted: true }, constructor: 1, toString: null },
  ])('%j never crash the gateway', async (strange) => {
    const gateway = await start({ chain: ['bedrock', 'bedrock-invoke', 'vertex', 'foundry', 'anthropic'] });
    const answer = await post(gateway, { ...BODY, ...strange });
    expect([200, 400]).toContain(answer.status);
    expect(answer.headers.get('request-id')).toMatch(/.+/);
    expectCompleteStream(await post(gateway, STREAMED));
  });

  it('nesting of a thousand levels is passed on', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'] });
    const deep = `${'['.repeat(1000)}${']'.repeat(1000)}`;
    const sent = `{"model":"${MODEL}","max_tokens":9,"messages":[{"role":"user","content":"Hi"}],"metadata":${deep}}`;
    expect((await post(gateway, sent)).status).toBe(200);
  });
});
