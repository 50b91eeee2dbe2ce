import { createHost } from '../../../lambda/hosts/create-host';
import { resolveModels } from '../../../lib/catalog/resolve';
import type { HostConfig } from '../../../lib/contract';
import { readAll } from '../../../lambda/engine/bytes';
import type { HostCall } from '../../../lambda/engine/host';
import { SIMULATED_SESSION } from '../../../local/hosts/aws/aws-side';
import { SimulatedClock } from '../../../local/virtual/simulated-clock';
import { VirtualTransport } from '../../../local/virtual/virtual-transport';
import { SimulatedPlace } from './simulated-place';

const MODEL = 'claude-sonnet-5-5';
const BEDROCK = {
  kind: 'bedrock',
  name: 'bedrock',
  region: 'us-east-1',
  endpoint: 'http://bedrock.simulated',
} as const satisfies HostConfig;
const { accessKeyId, secretAccessKey } = SIMULATED_SESSION;
const ENV = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };

function setUp(config: HostConfig = BEDROCK) {
  const clock = new SimulatedClock(Date.UTC(2026, 10, 21));
  const place = new SimulatedPlace(config, clock);
  const transport = new VirtualTransport(new Map([['bedrock.simulated', place]]));
  const host = createHost(config, {
    models: resolveModels([MODEL]),
    env: ENV,
    clock,
    transport,
    hasOthers: false,
    pseudonym: () => '',
  });
  return { clock, place, host };
}

function call(endpoint: HostCall['endpoint'], stream: boolean): HostCall {
  const body = { model: MODEL, max_tokens: 100, messages: [{ role: 'user', content: 'Hello sim:bytes=280' }], stream };
  const bytes = Buffer.from(JSON.stringify(body));
  return {
    endpoint,
    model: MODEL,
    client: undefined,
    stream,
    body,
    bytes,
    headers: {},
    adaptation: undefined,
    key: undefined,
  };
}

/** The answer's text and how long it took, in virtual time. */
async function ask({ clock, host }: ReturnType<typeof setUp>, asked: HostCall): Promise<{ text: string; ms: number }> {
  const began = clock.now();
  let result: { text: string; ms: number } | undefined;
  const answered = host.open(asked, new AbortController().signal).then(async ({ body }) => {
    const text = Buffer.from(await readAll(body, Infinity)).toString();
    result = { text, ms: clock.now() - began };
  });
  await clock.runUntil(began + 60_000);
  await answered;
  return result!;
}

test('an adapter gets its answer in virtual time', async () => {
  const { text, ms } = await ask(setUp(), call('messages', true));
  expect(text).toContain('event: message_stop');
  expect(ms).toBe(3000);
});

test("AWS's SDK gets its answers there too, whole and as a stream", async () => {
  const counted = await ask(setUp(), call('count_tokens', false));
  expect(JSON.parse(counted.text)).toEqual({ input_tokens: expect.any(Number) });
  expect(counted.ms).toBe(300);
  const streamed = await ask(setUp({ ...BEDROCK, door: 'invoke' }), call('messages', true));
  expect(streamed.text).toContain('event: message_stop');
  expect(streamed.ms).toBe(3000);
  // The SDK has to be loaded and transformed first.
}, 60_000);

test('a refusal comes after its headers, and a hanging host is left when the caller has had enough', async () => {
  const simulation = setUp();
  simulation.place.setFault({ kind: 'not-found-model' });
  expect(await ask(simulation, call('messages', true))).toEqual({
    text: '{"message":"The provided model identifier is invalid."}',
    ms: 300,
  });
  simulation.place.setFault({ kind: 'hang' });
  const caller = new AbortController();
  simulation.clock.timer(5000, () => caller.abort());
  const left = simulation.host.open(call('messages', true), caller.signal);
  await Promise.all([
    expect(left).rejects.toThrow('aborted'),
    simulation.clock.runUntil(simulation.clock.now() + 10_000),
  ]);
});
