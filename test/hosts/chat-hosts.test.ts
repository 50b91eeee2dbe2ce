import type { HostConfig } from '../../lib/contract';
import { Transport } from '../../lambda/hosts/transport/transport';
import { call, host, MESSAGE, never, text, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer(json({ error: { message: 'no', type: 'server_error', code: null } }, 500));
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const keys = [{ env: 'KEY_A' }];

test.each<[HostConfig, string]>([
  [{ kind: 'openai', name: 'o', keys }, 'https://api.openai.com/v1'],
  [{ kind: 'azure-openai', name: 'a', resource: 'res', keys }, 'https://res.openai.azure.com/openai/v1'],
  [
    { kind: 'vertex-gemini', name: 'g', project: 'p', location: 'europe-west4' },
    'https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/endpoints/openapi',
  ],
  [
    { kind: 'bedrock-models', name: 'b', region: 'us-west-2' },
    'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1',
  ],
])('%j is at its documented address', async (config, address) => {
  const addresses: string[] = [];
  class Noted extends Transport {
    override origin(baseUrl: string) {
      addresses.push(baseUrl);
      return super.origin(server.url);
    }
  }
  await host(config, { transport: new Noted() }).cannotCarry?.({ messages: [] }, 'm');
  expect(addresses).toEqual([address]);
});

test('an application of Entra has a token, once, and a new one when it was refused', async () => {
  const tokens = await recordingServer(json({ access_token: 'entra-token', expires_in: 3600 }));
  const entra = { tenantId: 't', clientId: 'c', secret: { env: 'KEY_B' }, tokenUrl: tokens.url };
  const azure = host({ kind: 'azure-openai', name: 'a', endpoint: server.url, resource: 'r', entra });
  for (let times = 0; times < 2; times++) await azure.open(call(undefined, { model: 'gpt-5' }), never());
  expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(Array(2).fill('Bearer entra-token'));
  expect(tokens.requests).toHaveLength(1);
  expect(Object.fromEntries(new URLSearchParams(tokens.requests[0]!.body.toString()))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'c',
    client_secret: 'sk-ant-api03-bbbb',
    scope: 'https://cognitiveservices.azure.com/.default',
  });
  expect(await azure.refreshCredential(undefined)).toBe(true);
  tokens.reply = json({ error: 'invalid_client', error_description: 'secret sk-ant-api03-bbbb is wrong' }, 401);
  const again = host({ kind: 'azure-openai', name: 'a', endpoint: server.url, resource: 'r', entra });
  const failure = await again.open(call(undefined, { model: 'gpt-5' }), never()).catch(String);
  expect(failure).toContain('host a: Microsoft Entra: refused with status 401: invalid_client');
  expect(failure).not.toContain('bbbb');
  await tokens.close();
});

test.each([
  ['gpt-5.2', { max_completion_tokens: 5 }],
  ['gpt-4.1', { max_completion_tokens: 5, temperature: 0.5 }],
])('%s is asked in the form of its kind', async (model, fields) => {
  const body = {
    model: 'claude-opus-5-5',
    max_tokens: 5,
    temperature: 0.5,
    messages: [{ role: 'user', content: 'hi' }],
  };
  const azure = host({ kind: 'azure-openai', name: 'a', endpoint: server.url, resource: 'r', keys });
  await azure.open(call(body, { model }), never());
  const {
    model: _m,
    messages: _s,
    stream: _t,
    stream_options: _o,
    ...rest
  } = JSON.parse(server.requests[0]!.body.toString());
  expect(rest).toEqual(fields);
  expect(server.requests[0]?.headers['api-key']).toBe('sk-ant-api03-aaaa');
});

test.each([
  ['vLLM', { stop_reason: 'END' }],
  ['SGLang', { matched_stop: 'END' }],
])('at which of the client’s own words the model has stopped is told, where %s tells it', async (_server, said) => {
  const choice = { index: 0, delta: { content: 'Well.' }, finish_reason: 'stop', ...said };
  server.reply = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify({ id: 'c', choices: [choice] })}\n\ndata: [DONE]\n\n`);
  };
  const own = host({ kind: 'openai', name: 'o', endpoint: server.url });
  const asked = call({ ...MESSAGE, stop_sequences: ['END'] }, { model: 'qwen' });
  expect(await text(await own.open(asked, never()))).toContain('"stop_reason":"stop_sequence","stop_sequence":"END"');
  expect(await text(await own.open(call(MESSAGE, { model: 'qwen' }), never()))).toContain('"stop_reason":"end_turn"');
});
