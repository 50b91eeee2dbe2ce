import type { BedrockHostConfig } from '../../lib/contract';
import type { HostCall } from '../../lambda/engine/host';
import type { MessagesBody } from '../../lambda/wire/anthropic/request/message-request';
import { call, frozen, host, MESSAGE, never, text, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

const HAIKU = frozen<MessagesBody>({ ...MESSAGE, model: 'claude-haiku-4-5' });
const HAIKU_ID = 'claude-haiku-4-5-20251001';

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
  region: 'us-east-1',
  profile: 'us',
  ...over,
});

describe('a client with an application profile of its own', () => {
  const arn = (id: string) => `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/${id}`;
  const own = (over: Partial<BedrockHostConfig> = {}) =>
    host(config({ clientModels: { search: { 'claude-haiku-4-5': arn('search') } }, ...over }));
  const pathFor = async (bedrock: ReturnType<typeof own>, over: Partial<HostCall>): Promise<string | undefined> => {
    server.reply = json({ type: 'message', id: 'msg_bdrk_1' });
    await text(await bedrock.open(call(HAIKU, { model: HAIKU_ID, ...over }), never()));
    return decodeURIComponent(server.requests.at(-1)?.path ?? '');
  };

  test('is asked for by it, whatever name the configuration gives the model', async () => {
    expect(await pathFor(own(), { client: 'search' })).toBe(`/model/${arn('search')}/invoke`);
  });

  test.each([
    ['another client', 'nightly'],
    ['nobody known', undefined],
  ])('%s is served as before', async (_, client) => {
    expect(await pathFor(own(), { client })).toBe('/model/us.anthropic.claude-haiku-4-5-20251001-v1:0/invoke');
    const shared = own({ models: { [HAIKU_ID]: arn('all') } });
    expect(await pathFor(shared, { client })).toBe(`/model/${arn('all')}/invoke`);
  });

  test('counts its tokens by the foundation model, as profiles are refused there', async () => {
    server.reply = json({ inputTokens: 7 });
    await text(await own().open(call(HAIKU, { model: HAIKU_ID, client: 'search', endpoint: 'count_tokens' }), never()));
    expect(server.requests.at(-1)?.path).toBe('/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/count-tokens');
  });

  test('is asked for through InvokeModel, which takes profiles; others through the Messages door', async () => {
    const bedrock = host(config({ clientModels: { search: { 'claude-opus-5-5': arn('opus') } } }));
    server.reply = json({ type: 'message', id: 'msg_bdrk_1' });
    await text(await bedrock.open(call(MESSAGE, { client: 'search' }), never()));
    await text(await bedrock.open(call(MESSAGE, { client: 'nightly' }), never()));
    expect(server.requests.map(({ path }) => decodeURIComponent(path))).toEqual([
      `/model/${arn('opus')}/invoke`,
      '/anthropic/v1/messages',
    ]);
  });
});
