import { METRICS, METRICS_NAMESPACE } from '../../lib/contract';
import { costUsd } from '../../lib/catalog/prices';
import { FAULTS } from '../../local/hosts';
import { until } from '../local/hosts/caller';
import { ENV } from './host-setups';
import { GATEWAY_KEY, IMPATIENT, MODEL, useGateway, type Setup, type TestGateway } from './harness';
import { BODY, call, post, STREAMED } from './raw-client';
import { useWrittenLines, type Line } from './written-lines';

const start = useGateway();

const PROMPT = 'a prompt that nobody may ever read';
const COMPLETION = 'same model’s answer';
const asked = (body: object) => ({ ...body, system: PROMPT, messages: [{ role: 'user', content: PROMPT }] });
const SETUP: Setup = {
  chain: ['anthropic', 'bedrock'],
  config: { telemetry: { logs: true, metrics: true } },
  hosts: { anthropic: { timeouts: IMPATIENT } },
};

const { written, lines, logged, metric, sum } = useWrittenLines();

async function requestLines(count: number): Promise<readonly Line[]> {
  await until(() => logged('request').length >= count, 'the request is logged');
  return logged('request');
}

it('writes one line a request and one an attempt of those that were not plain, with what happened', async () => {
  const gateway = await start(SETUP);
  await gateway.host('anthropic').setFault({ kind: 'server-error' });
  await post(gateway, asked(STREAMED));
  const [request] = await requestLines(1);
  expect(request).toMatchObject({
    outcome: 'answered',
    host: 'bedrock',
    isFailover: true,
    attempts: 3,
    trace: 'anthropic:server-error, anthropic:server-error, bedrock:ok',
    model: MODEL,
    client: 'tester',
    stream: true,
    stopReason: 'end_turn',
    usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
    firstContentMs: expect.any(Number),
  });
  const { input_tokens: input, output_tokens: output } = request?.['usage'] as Record<string, number>;
  expect(request?.['costUsd']).toBeCloseTo(costUsd(MODEL, { input_tokens: input, output_tokens: output })!, 12);
  expect(request).not.toHaveProperty('cacheHitRate');
  const attempts = logged('attempt');
  expect(attempts.map(({ host, outcome, status, detail }) => [host, outcome, status, detail])).toEqual([
    ['anthropic', 'server-error', 500, 'anthropic api_error'],
    ['anthropic', 'server-error', 500, 'anthropic api_error'],
    ['bedrock', 'ok', 200, undefined],
  ]);
  expect(new Set([request, ...attempts].map((line) => line?.['requestId'])).size).toBe(1);
  expect(attempts[0]).toMatchObject({ hostRequestId: expect.stringMatching(/^req_01/), key: 'ANTHROPIC_KEY' });
  expect(logged('request')).toHaveLength(1);
});

it("names the door of OpenAI's by which a request came", async () => {
  const gateway = await start(SETUP);
  await call(gateway, { path: '/v1/chat/completions', method: 'POST', body: JSON.stringify(asked({ model: MODEL })) });
  expect(await requestLines(1)).toMatchObject([{ endpoint: 'chat_completions', outcome: 'answered' }]);
});

/** Those that have data only when something happens have tests of their own. */
const SOMETIMES: ReadonlySet<string> = new Set<keyof typeof METRICS>([
  'credentialFailures',
  'billingFailures',
  'cacheHitRate',
  'lastResortAnswers',
  'limited',
  'denied',
  'guardrailStops',
  'guardrailFailures',
  'responseCacheHits',
  'responseCacheFailures',
  'staleAnswers',
]);

it('writes metrics under the names and dimensions of the contract', async () => {
  const gateway = await start(SETUP);
  await post(gateway, asked(BODY));
  await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 30 });
  await post(gateway, asked(STREAMED));
  await gateway.host('bedrock').setFault({ kind: 'invalid-beta' });
  await post(gateway, asked(BODY), { headers: { 'anthropic-beta': 'not-invented-yet-2031-01-01' } });
  await gateway.host('bedrock').setFault({ kind: 'overloaded' });
  await post(gateway, asked(BODY));
  await requestLines(4);
  const seen = new Set(lines().flatMap((line) => Object.keys(line)));
  for (const [key, name] of Object.entries(METRICS)) if (!SOMETIMES.has(key)) expect(seen).toContain(name);
  expect(sum(METRICS.requests)).toBe(4);
  expect(sum(METRICS.failovers)).toBe(2);
  expect(sum(METRICS.exhausted)).toBe(1);
  expect(sum(METRICS.streamDied)).toBe(0);
  expect(logged('adapted')).toHaveLength(1);
  expect(logged('key set aside')).toHaveLength(1);
  // One datapoint an attempt, failed or not.
  expect(metric(METRICS.hostFailures)).toHaveLength(7);
  expect(logged('request').reduce((total, line) => total + Number(line['attempts']), 0)).toBe(7);
  for (const line of metric(METRICS.hostFailures)) expect(Object.keys(gateway.counts())).toContain(line['Host']);
  const { Namespace, Dimensions } = (metric(METRICS.requests)[0]?.['_aws'] as { CloudWatchMetrics: Line[] })
    .CloudWatchMetrics[0]!;
  expect([Namespace, Dimensions]).toEqual([METRICS_NAMESPACE, [['service']]]);
});

it('a stream that dies is counted, and is logged as what it was', async () => {
  const gateway = await start(SETUP);
  await gateway.host('anthropic').setFault({ kind: 'cut' });
  await post(gateway, asked(STREAMED));
  expect(await requestLines(1)).toMatchObject([{ outcome: 'died', host: 'anthropic' }]);
  expect(sum(METRICS.streamDied)).toBe(1);
});

describe('a client that leaves', () => {
  async function leave(gateway: TestGateway, body: object, when: () => boolean): Promise<void> {
    const leaving = new AbortController();
    const answer = post(gateway, asked(body), { signal: leaving.signal }).catch(() => undefined);
    await until(when, 'the host is asked');
    leaving.abort();
    await answer;
  }

  it.each([
    ['stream', STREAMED],
    ['message', BODY],
  ])('before its %s has begun is logged as gone', async (_, body) => {
    const gateway = await start({ ...SETUP, hosts: {} });
    await gateway.host('anthropic').setFault({ kind: 'hang' });
    await leave(gateway, body, () => gateway.calls('anthropic').length > 0);
    expect(await requestLines(1)).toMatchObject([{ outcome: 'client-gone', attempts: 1 }]);
    expect(logged('attempt')).toMatchObject([{ outcome: 'client-gone' }]);
    expect(sum(METRICS.hostFailures)).toBe(0);
  });

  it('in the middle of its stream is logged as gone, and nobody is told that a stream died', async () => {
    const gateway = await start({ ...SETUP, deltaDelayMs: 100, hosts: {} });
    const leaving = new AbortController();
    const response = await fetch(`${gateway.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': GATEWAY_KEY, 'anthropic-version': '2023-06-01' },
      body: JSON.stringify(asked(STREAMED)),
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    leaving.abort();
    expect(await requestLines(1)).toMatchObject([{ outcome: 'client-gone', host: 'anthropic' }]);
    expect(sum(METRICS.streamDied)).toBe(0);
  });
});

describe('never writes a prompt, an answer or a key', () => {
  const SECRETS = [
    ...Object.values(ENV).filter((value) => value !== ENV.AWS_REGION),
    GATEWAY_KEY,
    'a-clients-wrong-key',
  ];
  function expectSilence(): void {
    const all = written().join('\n');
    for (const text of [PROMPT, encodeURIComponent(PROMPT), COMPLETION, 'You asked', 'text_del', ...SECRETS]) {
      expect(all).not.toContain(text);
    }
    expect(logged('fault')).toEqual([]);
  }

  it.each(FAULTS.filter(({ fault }) => fault.kind !== 'slow-first-token'))(
    'when hosts fail so: $label',
    async ({ fault }) => {
      const gateway = await start({
        ...SETUP,
        chain: ['anthropic', 'bedrock-invoke', 'vertex'],
        hosts: { anthropic: { timeouts: IMPATIENT }, 'bedrock-invoke': { timeouts: IMPATIENT } },
      });
      await gateway.host('anthropic').setFault(fault);
      await gateway.host('bedrock-invoke').setFault(fault);
      const headers = { 'anthropic-beta': 'not-invented-yet-2031-01-01' };
      for (const body of [BODY, STREAMED]) {
        const answer = post(gateway, asked({ ...body, context_management: {} }), { headers });
        // What is broken inside an event is the client's to find.
        await answer.catch((error: unknown) => expect(error).toBeInstanceOf(SyntaxError));
      }
      const requests = await requestLines(2);
      expect(requests.reduce((total, line) => total + Number(line['attempts']), 0)).toBeGreaterThan(1);
      expectSilence();
    },
  );

  it('when the request is at fault', async () => {
    const gateway = await start({ ...SETUP, config: { ...SETUP.config, stateful: true } });
    await post(gateway, `{"model":"${PROMPT}","messages":["${PROMPT}"]}`);
    await post(gateway, `{"messages": ${PROMPT}`);
    await post(gateway, { ...asked(BODY), max_tokens: PROMPT, tools: PROMPT });
    await post(gateway, asked(BODY), { headers: { 'x-api-key': 'a-clients-wrong-key' } });
    await post(gateway, PROMPT, { path: `/v1/${encodeURIComponent(PROMPT)}` });
    await call(gateway, { method: 'GET', path: '/v1/files' });
    await requestLines(1);
    expectSilence();
  });
});

it('writes nothing when it is told to', async () => {
  const gateway = await start({ ...SETUP, config: { telemetry: { logs: false, metrics: false } } });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  await post(gateway, STREAMED);
  expect(written()).toEqual([]);
});

it('counts attempts without a usable credential, which the stack gives notice of', async () => {
  const gateway = await start(SETUP);
  await gateway.host('anthropic').setFault({ kind: 'expired-credential' });
  await post(gateway, asked(STREAMED));
  await requestLines(1);
  expect(sum(METRICS.credentialFailures)).toBe(1);
});

it('counts attempts that were refused for money, which the stack gives notice of', async () => {
  const gateway = await start(SETUP);
  await gateway.host('anthropic').setFault({ kind: 'billing' });
  await post(gateway, asked(STREAMED));
  await requestLines(1);
  expect(sum(METRICS.billingFailures)).toBe(1);
});

it('counts no failover when a fallback was meant to begin, nor when the first host stands in for it', async () => {
  const gateway = await start({ ...SETUP, route: { trickle: 1 } });
  await post(gateway, asked(BODY));
  await gateway.host('bedrock').setFault({ kind: 'refused' });
  await post(gateway, asked(BODY));
  expect(await requestLines(2)).toMatchObject([
    { host: 'bedrock', isFailover: false, trace: 'bedrock:ok' },
    { host: 'anthropic', isFailover: false, trace: 'bedrock:connection, bedrock:connection, anthropic:ok' },
  ]);
  expect(sum(METRICS.failovers)).toBe(0);
});
