import type { BedrockHostConfig } from '../../lib/contract';
import type { HostCall } from '../../lambda/engine/host';
import { expectedAuthorization } from './expected-signature';
import { call, frozen, host, MESSAGE, never, text, transport } from './host-under-test';
import { recordingServer, type RecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer();
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const config = (over: Partial<BedrockHostConfig> = {}): BedrockHostConfig => ({
  kind: 'bedrock',
  name: 'bedrock',
  endpoint: server.url,
  region: 'us-west-2',
  profile: 'us',
  ...over,
});
const open = (over: Partial<HostCall> = {}, body = MESSAGE) => host(config()).open(call(body, over), never());
const sent = (): unknown => JSON.parse(server.requests[0]?.body.toString() ?? '');

test("speaks Anthropic's wire with the profile as the model, signed for Bedrock", async () => {
  server.reply = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end('event: ping\ndata: {"type":"ping"}\n\n');
  };
  const headers = { 'anthropic-version': '2026-10-21', authorization: 'Bearer client-key', 'anthropic-x': 'y' };
  const answer = await open({ headers, stream: true });
  const [request] = server.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/anthropic/v1/messages',
    headers: { 'anthropic-version': '2026-10-21', 'anthropic-x': 'y' },
  });
  expect(sent()).toEqual({ ...MESSAGE, model: 'us.anthropic.claude-opus-5-5', stream: true });
  expect(request && expectedAuthorization(request, 'us-west-2', 'bedrock')).toBe(request?.headers.authorization);
  expect(await text(answer)).toBe('event: ping\ndata: {"type":"ping"}\n\n');
});

test('leaves out advisory fields and refused betas, says which, and never changes the body it was given', async () => {
  const body = frozen({
    ...MESSAGE,
    service_tier: 'auto',
    kept: { unknown: [1] },
    system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral', scope: 'global' } }],
  });
  const headers = { 'anthropic-beta': 'fast-mode-2026-02-01, context-1m-2025-08-07,new-beta-2027-01-01' };
  const answer = await open({ headers }, body);
  const { service_tier: _, ...rest } = body;
  expect(sent()).toEqual({
    ...rest,
    system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral' } }],
    model: 'us.anthropic.claude-opus-5-5',
    stream: false,
  });
  expect(server.requests[0]?.headers['anthropic-beta']).toBe('context-1m-2025-08-07,new-beta-2027-01-01');
  expect(answer.dropped).toEqual(['service_tier', 'system.*.cache_control.scope', 'fast-mode-2026-02-01']);
});

test('what the host has taught is applied: betas, fields and version', async () => {
  const adaptation = {
    dropBetas: ['context-management-2025-06-27'],
    dropFields: ['context_management'],
    version: 'bedrock-2023-05-31',
  };
  const headers = { 'anthropic-version': '2026-10-21', 'anthropic-beta': 'context-management-2025-06-27' };
  const answer = await open({ adaptation, headers }, frozen({ ...MESSAGE, context_management: { edits: [] } }));
  expect(sent()).toEqual({ ...MESSAGE, model: 'us.anthropic.claude-opus-5-5', stream: false });
  expect(server.requests[0]?.headers).toMatchObject({ 'anthropic-version': '2023-06-01' });
  expect(server.requests[0]?.headers).not.toHaveProperty('anthropic-beta');
  expect(answer.dropped).toEqual(['context_management', 'context-management-2025-06-27']);
});

test('the native door is taken for the models that have it, and for no ARN', async () => {
  const paths = async (over: Partial<BedrockHostConfig>, model: string): Promise<string | undefined> => {
    await host(config(over)).open(call({ ...MESSAGE, model }, { model }), never());
    return server.requests.at(-1)?.path.split('/')[1];
  };
  const arn = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdefghijkl';
  expect(await paths({}, 'claude-opus-5-5')).toBe('anthropic');
  expect(await paths({}, 'claude-sonnet-4-6')).toBe('model');
  expect(await paths({ door: 'invoke' }, 'claude-opus-5-5')).toBe('model');
  expect(await paths({ door: 'messages' }, 'claude-sonnet-4-6')).toBe('anthropic');
  expect(await paths({ models: { 'claude-opus-5-5': arn } }, 'claude-opus-5-5')).toBe('model');
});

test('a refused connection is a connection error', async () => {
  const bedrock = host(config());
  await server.close();
  await expect(bedrock.open(call(), never())).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
});
