import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import type { OverrideEntry } from '../../lib/contract';
import { createHealthStore } from '../../lambda/gateway/state/health-store';
import { startHealthTable, type SimulatedTable } from '../../local/health-table/health-table';
import { openServer } from '../../local/loopback/open-server';
import { GATEWAY_KEY, IMPATIENT, MODEL, type Setup, type TestGateway, useGateway } from './harness';
import { ENV, type HostName } from './host-setups';
import { BODY, call, expectCompleteStream, failoverHeaders, post, STREAMED } from './raw-client';
import { useWrittenLines } from './written-lines';

let table: SimulatedTable;
beforeEach(async () => (table = await startHealthTable('health')));
afterEach(() => table.close());
const start = useGateway();

const MILDER = 'claude-haiku-4-5-20251001';
const GPT = 'gpt-5.2';
const lastResort = [
  { host: 'openai', model: GPT },
  { host: 'messages', model: 'qwen3-coder' },
];

/** Claude is down, and two other models are behind it. */
async function down({ route, ...over }: Partial<Setup> = {}): Promise<TestGateway> {
  const chain: HostName[] = ['anthropic', 'openai', 'messages'];
  const config = { steering: ['last-resort', 'commit'] as const };
  const gateway = await start({ chain, config, ...over, route: { chain: ['anthropic'], lastResort, ...route } });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  return gateway;
}
const trace = async (gateway: TestGateway): Promise<string> => failoverHeaders(await post(gateway, BODY)).trace ?? '';

describe('a last resort in trouble', () => {
  it('that is cut never reaches a client who waits for the whole answer', async () => {
    const gateway = await down();
    await gateway.host('openai').setFault({ kind: 'cut', afterEvents: 4 });
    const answer = await post(gateway, STREAMED, { headers: { 'x-failover-commit': 'complete' } });
    expectCompleteStream(answer);
    expect(failoverHeaders(answer).host).toBe('messages');
    expect(answer.text).not.toContain(GPT);
  });

  it('that is slow is waited for with pings, and left for the next', async () => {
    const gateway = await down({
      route: { budget: { pingAfterMs: 100 } },
      hosts: { openai: { timeouts: IMPATIENT } },
    });
    await gateway.host('openai').setFault({ kind: 'slow-first-token', ms: 5000 });
    const answer = await post(gateway, STREAMED);
    expectCompleteStream(answer);
    expect(answer.text).toContain('event: ping');
    expect(answer.text).toContain('"model":"qwen3-coder"');
  });

  const written = useWrittenLines();

  it.each(['streamed', 'whole'] as const)('that refuses its key tells nobody of it, %s', async (form) => {
    const gateway = await down({ config: { steering: ['last-resort'], telemetry: { logs: true, metrics: true } } });
    for (const host of ['openai', 'messages'] as const)
      await gateway.host(host).setFault({ kind: 'expired-credential' });
    const answer = await post(gateway, form === 'streamed' ? STREAMED : BODY);
    expect(answer.status).toBe(529);
    const seen = answer.text + JSON.stringify([...answer.headers]) + written.written().join('\n');
    expect(seen).toContain('messages:credential');
    for (const secret of [ENV.OTHER_KEY, ENV.ANTHROPIC_KEY, GATEWAY_KEY]) expect(seen).not.toContain(secret);
  });
});

const health = async (gateway: TestGateway): Promise<string> =>
  (await call(gateway, { method: 'GET', path: '/health' })).text;

describe('an operator’s word on the host of a last resort', () => {
  it.each<[OverrideEntry['action'], string]>([
    ['drain', 'anthropic:overloaded, openai:skipped-drained, messages:ok'],
    ['drill', 'anthropic:overloaded, openai:connection, openai:connection, messages:ok'],
  ])('%s holds there too', async (action, expected) => {
    const gateway = await down({ table });
    const store = createHealthStore(table.name, { ...ENV, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint });
    const at = Date.now();
    await store.write({ type: 'override', host: 'openai', action, at, until: at + 60_000, by: 'on-call' });
    gateway.skip(5000);
    for (let turn = 0; turn < 500 && !(await health(gateway)).includes('override'); turn += 1) await sleep(5);
    expect(await trace(gateway)).toBe(expected);
    expect(gateway.counts()).toEqual({ anthropic: 1, openai: 0, messages: 1 });
  });
});

const OF_A_HOP = /^(host|connection|content-length)$/;
const clientWith = (key: string) => ({ name: key, keySha256: createHash('sha256').update(key).digest('hex') });

it('two gateways that are each other’s last resort end a request by themselves', async () => {
  let back = '';
  const door = await openServer(
    createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const headers = Object.entries(incoming.headers).filter(([name]) => !OF_A_HOP.test(name));
        const init = { method: 'POST', headers: headers as [string, string][], body: Buffer.concat(chunks) };
        void fetch(`${back}${incoming.url}`, init).then((answer) => {
          outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
          return answer.text().then((text) => outgoing.end(text));
        });
      });
    }),
  );
  const leadingTo = (endpoint: string): Promise<TestGateway> =>
    down({
      hosts: { messages: { endpoint } },
      route: { lastResort: [{ host: 'messages', model: 'claude-haiku-4-5' }] },
      config: { steering: ['last-resort'], clients: [GATEWAY_KEY, ENV.OTHER_KEY].map(clientWith) },
    });
  const second = await leadingTo(door.url);
  const first = await leadingTo(second.url);
  back = first.url;
  const answer = await post(first, BODY);
  expect(answer.status).toBe(529);
  expect(failoverHeaders(answer).trace).toBe('anthropic:overloaded, messages:overloaded');
  expect([first, second].map((gateway) => gateway.counts()['anthropic'])).toEqual([1, 1]);
  await door.close();
});

describe('what a model refuses, where the route has everything', () => {
  const cloud = {
    chain: ['bedrock-invoke', 'openai', 'foundry'] as const,
    config: { steering: ['last-resort'] as const },
  };
  const route: Setup['route'] = {
    chain: ['bedrock-invoke'],
    onRefusal: [MILDER],
    fallbacks: [`bedrock-invoke/${MILDER}`],
    lastResort: [{ host: 'openai', model: GPT }],
    message: 'Out of order.',
  };
  const refusedBy = (model: string): object => ({
    ...STREAMED,
    messages: [{ role: 'user', content: `Hello sim:refused-by=${model}` }],
  });

  it('goes to the model that is named for that, and to no last resort', async () => {
    const gateway = await start({ ...cloud, route });
    const answer = await post(gateway, refusedBy(MODEL));
    expect(answer.text).toContain(`"model":"${MILDER}"`);
    expect(gateway.counts()['openai']).toBe(0);
  });

  it('stays refused by a last resort, which is one model and not two', async () => {
    const gateway = await start({ ...cloud, route });
    await gateway.host('bedrock-invoke').setFault({ kind: 'unavailable' });
    const answer = await post(gateway, refusedBy(GPT));
    expectCompleteStream(answer);
    expect(answer.text).toContain('"stop_reason":"refusal"');
    expect(failoverHeaders(answer).trace).toMatch(/openai:ok$/);
  });
});

describe("the owner's message at OpenAI's door", () => {
  const message = 'Out of order, back soon.';
  const silent = async () => {
    const gateway = await start({ chain: ['anthropic'], config: { steering: ['last-resort'] }, route: { message } });
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    const { url } = gateway;
    return new OpenAI({ baseURL: `${url}/v1`, apiKey: GATEWAY_KEY, maxRetries: 0, logLevel: 'off' });
  };
  const messages = [{ role: 'user' as const, content: 'Hello' }];

  it('is a completion, whole and streamed', async () => {
    const sdk = await silent();
    const whole = await sdk.chat.completions.create({ model: MODEL, messages });
    const stream = await sdk.chat.completions.stream({ model: MODEL, messages }).finalChatCompletion();
    for (const { choices } of [whole, stream]) {
      expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: message } });
    }
  });

  it('is a response, whole and streamed', async () => {
    const sdk = await silent();
    expect((await sdk.responses.create({ model: MODEL, input: 'Hello' })).output_text).toBe(message);
    expect((await sdk.responses.stream({ model: MODEL, input: 'Hello' }).finalResponse()).output_text).toBe(message);
  });
});
