import type { FoundryHostConfig } from '../../lib/contract';
import { call, frozen, host, MESSAGE, never, transport } from './host-under-test';
import { recordingServer, type RecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer();
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const config = (over: Partial<FoundryHostConfig> = {}): FoundryHostConfig => ({
  kind: 'foundry',
  name: 'azure',
  endpoint: server.url,
  resource: 'res',
  keys: [{ env: 'KEY_B' }],
  ...over,
});

test("sends the client's bytes to Foundry's path with our key", async () => {
  const headers = { 'anthropic-version': '2026-10-21', 'anthropic-beta': 'a, b', authorization: 'Bearer client-key' };
  await host(config()).open(call(undefined, { headers }), never());
  expect(server.requests[0]).toMatchObject({
    method: 'POST',
    path: '/anthropic/v1/messages',
    body: Buffer.from(JSON.stringify(MESSAGE)),
    headers: { 'x-api-key': 'sk-ant-api03-bbbb', 'anthropic-version': '2026-10-21', 'anthropic-beta': 'a,b' },
  });
  expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
});

test("the model is the deployment's name, replaced in place", async () => {
  const body = frozen({ ...MESSAGE, model: 'claude-haiku-4-5-20251001' });
  await host(config()).open(call(body, { model: body.model, stream: true }), never());
  expect(server.requests[0]?.body.toString()).toBe(
    `{"stream":true,${JSON.stringify({ ...body, model: 'claude-haiku-4-5' }).slice(1)}`,
  );
  await host(config({ models: { [body.model]: 'my-deployment' } })).open(call(body, { model: body.model }), never());
  expect(server.requests[1]?.body.toString()).toBe(JSON.stringify({ ...body, model: 'my-deployment' }));
});

test('leaves out what only Anthropic itself takes, and says so', async () => {
  const body = frozen({ ...MESSAGE, service_tier: 'auto', metadata: { user_id: 'u' } });
  const answer = await host(config()).open(call(body), never());
  const { service_tier: _, ...sent } = body;
  expect(JSON.parse(server.requests[0]?.body.toString() ?? '')).toEqual(sent);
  expect(answer.dropped).toEqual(['service_tier']);
});

test('a deployment hosted on Azure lags behind, and is spared what it has refused', async () => {
  const azure = host(config({ hosting: 'azure' }));
  expect([azure.schema, host(config()).schema]).toEqual(['lagging', 'current']);
  expect([azure.lacks('web_search', 'claude-opus-5-5'), host(config()).lacks('web_search', 'claude-opus-5-5')]).toEqual(
    [true, false],
  );
  const adaptation = { dropBetas: ['b'], dropFields: ['metadata'] };
  const body = frozen({ ...MESSAGE, metadata: { user_id: 'u' } });
  const answer = await azure.open(call(body, { adaptation, headers: { 'anthropic-beta': 'a,b' } }), never());
  expect(JSON.parse(server.requests[0]?.body.toString() ?? '')).toEqual(MESSAGE);
  expect(server.requests[0]?.headers['anthropic-beta']).toBe('a');
  expect(answer.dropped).toEqual(['metadata', 'b']);
});
