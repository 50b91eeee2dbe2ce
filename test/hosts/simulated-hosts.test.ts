import { systemClock } from '../../lambda/runtime/system-clock';
import type { HostConfig } from '../../lib/contract';
import { SIMULATED_GOOGLE, startSimulatedHost, type SimulatedHost } from '../../local/hosts';
import { call, frozen, host, MESSAGE, never, text, transport } from './host-under-test';

const BODY = frozen({ ...MESSAGE, max_tokens: 1000 });
const HEADERS = { 'anthropic-version': '2023-06-01' };

const CONFIGS: Record<string, (endpoint: string) => HostConfig> = {
  anthropic: (endpoint) => ({ kind: 'anthropic', name: 'a', endpoint, keys: [{ env: 'KEY_A' }] }),
  foundry: (endpoint) => ({ kind: 'foundry', name: 'f', endpoint, resource: 'r', keys: [{ env: 'KEY_A' }] }),
  'claude-platform-aws': (endpoint) => ({
    kind: 'claude-platform-aws',
    name: 'p',
    endpoint,
    region: 'us-east-1',
    workspaceId: 'wrkspc_1',
  }),
  'bedrock by its Messages door': (endpoint) => ({
    kind: 'bedrock',
    name: 'b',
    endpoint,
    region: 'us-east-1',
    door: 'messages',
  }),
  'bedrock by InvokeModel': (endpoint) => ({
    kind: 'bedrock',
    name: 'b',
    endpoint,
    region: 'us-east-1',
    door: 'invoke',
  }),
  vertex: (endpoint) => ({
    kind: 'vertex',
    name: 'v',
    endpoint,
    project: 'p',
    location: 'global',
    federation: {
      audience: SIMULATED_GOOGLE.audience,
      tokenUrl: `${endpoint}/v1/token`,
    },
  }),
};

let simulated: SimulatedHost;
afterEach(() => simulated.close());
afterAll(() => transport.closeAll());

describe.each(Object.entries(CONFIGS))('%s', (_, config) => {
  const start = async () => {
    const { kind } = config('');
    simulated = await startSimulatedHost({ kind, name: kind, deltaDelayMs: 0 });
    // A signature of another day would not be taken.
    return host(config(simulated.url), { clock: systemClock });
  };

  test('answers whole', async () => {
    const answer = await (await start()).open(call(BODY, { headers: HEADERS }), never());
    const message: unknown = JSON.parse(await text(answer));
    expect(answer.status).toBe(200);
    expect(message).toMatchObject({ type: 'message', role: 'assistant' });
  });

  test("answers as a stream of Anthropic's events", async () => {
    const answer = await (await start()).open(call(BODY, { headers: HEADERS, stream: true }), never());
    const events = [...(await text(answer)).matchAll(/^event: (.*)$/gm)].map(([, event]) => event);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': expect.stringMatching(/^text\/event-stream/) },
    });
    expect([events[0], events.at(-1)]).toEqual(['message_start', 'message_stop']);
    expect(events).toContain('content_block_delta');
  });

  test('counts tokens', async () => {
    const answer = await (await start()).open(call(BODY, { headers: HEADERS, endpoint: 'count_tokens' }), never());
    expect(JSON.parse(await text(answer))).toEqual({ input_tokens: expect.any(Number) as number });
  });

  test('cut off in its stream, rejects', async () => {
    const broken = await start();
    await simulated.setFault({ kind: 'cut', afterEvents: 3 });
    const reading = broken.open(call(BODY, { headers: HEADERS, stream: true }), never()).then(text);
    await expect(reading).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
  });
});
