import type { BedrockHostConfig } from '../../lib/contract';
import { resolveModels } from '../../lib/catalog/resolve';
import type { Host } from '../../lambda/engine/host';
import { call, host, MESSAGE, never, text, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

const HOUR = 3_600_000;
const MODEL = 'claude-opus-5-5';
const OTHER = 'claude-sonnet-5-5';
const NO_SUCH_MODEL = { type: 'error', error: { type: 'not_found_error', message: `model: ${MODEL}` } };
const GIVEN = { type: 'message', id: 'msg_bdrk_1' };

let server: RecordingServer;
let now: number;
beforeEach(async () => {
  server = await recordingServer();
  now = Date.UTC(2026, 10, 21, 12);
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

function bedrock(over: Partial<BedrockHostConfig> = {}): Host {
  const config = {
    kind: 'bedrock',
    name: 'bedrock',
    endpoint: server.url,
    region: 'us-west-2',
    profile: 'us',
  } as const;
  const clock = { now: () => now, timer: () => ({ cancel: () => undefined }) };
  return host({ ...config, ...over }, { clock, models: resolveModels([MODEL, OTHER]) });
}
const doors = (): string[] =>
  server.requests.map(({ path }) => (path.startsWith('/anthropic/') ? 'messages' : 'invoke'));

/** What each door answers. */
function answering(messages: readonly [number, object], invoke: readonly [number, object]): void {
  server.reply = (response, request) => {
    const [status, body] = request.path.startsWith('/anthropic/') ? messages : invoke;
    json(body, status)(response, request);
  };
}

test('a model that the native door does not have is asked for at InvokeModel, at once', async () => {
  answering([404, NO_SUCH_MODEL], [200, GIVEN]);
  const answer = await bedrock().open(call(), never());
  expect(answer.status).toBe(200);
  expect(JSON.parse(await text(answer))).toEqual(GIVEN);
  expect(doors()).toEqual(['messages', 'invoke']);
});

test('and is asked for there only, until an hour later', async () => {
  answering([404, NO_SUCH_MODEL], [200, GIVEN]);
  const asked = bedrock();
  for (const wait of [0, HOUR - 1, 1]) {
    now += wait;
    await text(await asked.open(call(), never()));
  }
  expect(doors()).toEqual(['messages', 'invoke', 'invoke', 'messages', 'invoke']);
});

test('one model says nothing of another', async () => {
  answering([404, NO_SUCH_MODEL], [200, GIVEN]);
  const asked = bedrock();
  for (const model of [MODEL, OTHER, MODEL])
    await text(await asked.open(call({ ...MESSAGE, model }, { model }), never()));
  expect(doors()).toEqual(['messages', 'invoke', 'messages', 'invoke', 'invoke']);
});

test('a model that neither door has is not there, and the native door is asked again', async () => {
  answering([404, NO_SUCH_MODEL], [404, { message: 'The provided model identifier was not found.' }]);
  const asked = bedrock();
  for (let times = 0; times < 2; times += 1) expect((await asked.open(call(), never())).status).toBe(404);
  expect(doors()).toEqual(['messages', 'invoke', 'messages', 'invoke']);
});

test('a 404 about one request’s file, and a refusal at the other door, change no door for others', async () => {
  const missing = { type: 'error', error: { type: 'not_found_error', message: 'File not found: file_011C' } };
  answering([404, missing], [400, { message: 'extraneous key [container] is not permitted' }]);
  const asked = bedrock();
  await asked.open(call(), never());
  answering([200, GIVEN], [200, GIVEN]);
  await asked.open(call(), never());
  expect(doors()).toEqual(['messages', 'invoke', 'messages']);
});

test.each([400, 403, 429, 500, 503])(
  'a native door that answers %i has the model: the other is not asked',
  async (status) => {
    answering([status, { message: 'no' }], [200, GIVEN]);
    expect((await bedrock().open(call(), never())).status).toBe(status);
    expect(doors()).toEqual(['messages']);
  },
);

test('a door that the configuration names is the only one', async () => {
  answering([404, NO_SUCH_MODEL], [200, GIVEN]);
  expect((await bedrock({ door: 'messages' }).open(call(), never())).status).toBe(404);
  expect((await bedrock({ door: 'invoke' }).open(call(), never())).status).toBe(200);
  expect(doors()).toEqual(['messages', 'invoke']);
});

test('the connection of the door that had nothing is given back, though it has more to say', async () => {
  const closed = new Promise<void>((resolve) => {
    server.reply = (response, request) => {
      if (!request.path.startsWith('/anthropic/')) return json(GIVEN)(response, request);
      response.on('close', resolve);
      response.writeHead(404, { 'content-type': 'application/json' });
      response.write('{"type":"error"');
    };
  });
  await text(await bedrock().open(call(), never()));
  await closed;
});
