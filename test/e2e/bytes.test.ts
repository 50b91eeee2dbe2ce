import { MODEL, useGateway } from './harness';
import { post } from './raw-client';

const start = useGateway();

const ODD_BODIES: Readonly<Record<string, string>> = {
  'odd whitespace and key order': `{\n\t"max_tokens" :64 , "messages":[ {"content":"Hi","role":"user"} ],\r\n  "model":"${MODEL}"}  \n`,
  'unknown fields': `{"model":"${MODEL}","not_yet_invented":{"a":[1,2.50,-0,1e3]},"max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}`,
  'escapes and large numbers': `{"model":"${MODEL}","max_tokens":64,"messages":[{"role":"user","content":"\\u0041\\/ \\ud83d\\ude00 再見"}],"metadata":{"n":12345678901234567890}}`,
  'a field twice': `{"model":"${MODEL}","max_tokens":1,"max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}`,
};
const streaming = (body: string) => body.replace('{', '{"stream" : true,');

describe.each(Object.entries(ODD_BODIES))('a body with %s', (_, body) => {
  it('reaches Anthropic byte for byte when it asks for a stream', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    expect((await post(gateway, streaming(body))).status).toBe(200);
    expect(gateway.calls('anthropic')[0]?.body.toString()).toBe(streaming(body));
  });

  it('gets nothing but `"stream":true` spliced in when it does not', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    expect((await post(gateway, body)).status).toBe(200);
    const sent = gateway.calls('anthropic')[0]?.body.toString() ?? '';
    expect(sent).toContain('"stream":true,');
    expect(sent.replace('"stream":true,', '')).toBe(body);
  });

  it('reaches Anthropic byte for byte where the route reads unary answers as they are', async () => {
    const gateway = await start({ chain: ['anthropic'], route: { unaryAsStream: false } });
    expect((await post(gateway, body)).status).toBe(200);
    expect(gateway.calls('anthropic')[0]?.body.toString()).toBe(body);
  });

  it('is counted byte for byte', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    expect((await post(gateway, body, { path: '/v1/messages/count_tokens' })).status).toBe(200);
    expect(gateway.calls('anthropic')[0]?.body.toString()).toBe(body);
  });
});

it('turns `"stream":false` into true for a unary answer that is read as a stream', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  const body = `{"model":"${MODEL}", "stream": false ,"max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}`;
  expect((await post(gateway, body)).json).toMatchObject({ type: 'message' });
  expect(gateway.calls('anthropic')[0]?.body.toString()).toBe(body.replace('false', 'true'));
});

it('carries betas that nobody knows, and the API version, to Anthropic', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  const headers = {
    'anthropic-beta': 'not-invented-yet-2031-01-01, other-2030-02-02',
    'anthropic-version': '2026-10-21',
  };
  await post(gateway, ODD_BODIES['unknown fields']!, { headers });
  expect(gateway.calls('anthropic')[0]?.headers).toMatchObject(headers);
});

it('sends an alias of Anthropic’s own to Anthropic as it is, and the full id to the others', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock-invoke'] });
  const body = '{"model":"claude-haiku-4-5","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}';
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  expect((await post(gateway, body)).status).toBe(200);
  expect(gateway.calls('anthropic')[0]?.body.toString()).toBe(body);
  expect(gateway.calls('bedrock-invoke')[0]?.path).toContain('global.anthropic.claude-haiku-4-5-20251001-v1%3A0');
});
