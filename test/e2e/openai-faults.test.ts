import OpenAI from 'openai';
import type { Fault } from '../../local/hosts';
import { GATEWAY_KEY, IMPATIENT, type TestGateway, useGateway } from './harness';

const start = useGateway();
const chain = ['openai', 'azure-openai'] as const;
const FIRST = 'gpt-first';
const SECOND = 'gpt-second';

/** Servers of OpenAI's wire in front and behind: the second model is named by the request. */
async function gatewayWith(fault: Fault | undefined): Promise<TestGateway> {
  const gateway = await start({
    chain,
    config: {
      models: [
        { id: FIRST, on: { openai: FIRST } },
        { id: SECOND, on: { 'azure-openai': SECOND } },
      ],
      routes: [
        { models: [SECOND], chain: ['azure-openai'] },
        { chain: ['openai'], budget: { ...IMPATIENT, deadlineMs: 20_000, pingAfterMs: 10_000 } },
      ],
    },
  });
  if (fault) await gateway.host('openai').setFault(fault);
  return gateway;
}

interface Outcome {
  readonly text: string;
  readonly model: string | undefined;
  readonly usage: unknown;
  readonly error: InstanceType<typeof OpenAI.APIError> | undefined;
}

async function ask({ url }: TestGateway, commit: string): Promise<Outcome> {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: GATEWAY_KEY, maxRetries: 0, logLevel: 'off' });
  const body = { model: FIRST, messages: [{ role: 'user' as const, content: 'Hello' }], fallbacks: [SECOND] };
  try {
    const options = { headers: { 'x-failover-commit': commit } };
    const { choices, model, usage } = await client.chat.completions
      .stream({ ...body, stream_options: { include_usage: true } }, options)
      .finalChatCompletion();
    return { text: choices[0]?.message.content ?? '', model, usage, error: undefined };
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    return { text: '', model: undefined, usage: undefined, error };
  }
}

const WHOLE = /would show\.$/;

/** failoverbench's faults, methodology 0.1: which model answers, or the status of the error that does. */
const FAULTS: [name: string, fault: Fault, expected: string | number, isCommitted: boolean][] = [
  ['S01: 429 with retry-after, once', { kind: 'rate-limited', retryAfter: 1, times: 1 }, FIRST, false],
  ['S02: 429 always', { kind: 'rate-limited', retryAfter: 0 }, SECOND, false],
  ['S03: 500 once', { kind: 'server-error', times: 1 }, FIRST, false],
  ['S04 and S16: 503 always', { kind: 'unavailable' }, SECOND, false],
  ['S05: reset before headers, once', { kind: 'reset', times: 1 }, FIRST, false],
  ['S06: no answer at all', { kind: 'hang' }, SECOND, false],
  ['S07: a first token that is late', { kind: 'slow-first-token', ms: 3000 }, SECOND, false],
  ['S08 and S14: cut in the middle', { kind: 'cut', afterEvents: 6 }, SECOND, true],
  ['S09: silent in the middle', { kind: 'stall', afterEvents: 4 }, SECOND, true],
  ['S10: a malformed chunk', { kind: 'malformed-event', afterEvents: 4 }, SECOND, true],
  ['S11: no end marker', { kind: 'end-without-stop' }, FIRST, false],
  ['S12: the prompt is too long for the model', { kind: 'prompt-too-long' }, SECOND, false],
  ['S13: blocked by the content policy', { kind: 'content-policy' }, 400, false],
];

describe.each(['complete', 'first-content'])('servers of OpenAI’s wire behind its door, commit: %s', (commit) => {
  it.each(FAULTS)('%s', async (_name, fault, expected, isCommitted) => {
    const gateway = await gatewayWith(fault);
    const { text, model, usage, error } = await ask(gateway, commit);
    if (typeof expected === 'number') expect(error?.status).toBe(expected);
    // Half an answer is never told as a whole one.
    else if (!isCommitted || commit === 'complete' || error === undefined) {
      expect(error).toBeUndefined();
      expect(text).toMatch(WHOLE);
      expect(model).toBe(expected);
      expect(usage).toMatchObject({ total_tokens: expect.any(Number) });
    }
    expect(gateway.counts()['openai']).toBeLessThanOrEqual(3);
  });
});

it('S15: while the first model is down the second answers, and the first again when it is back', async () => {
  const gateway = await gatewayWith({ kind: 'unavailable' });
  for (let count = 0; count < 5; count++) expect((await ask(gateway, 'complete')).model).toBe(SECOND);
  expect(gateway.counts()['openai']).toBeLessThan(8);
  await gateway.host('openai').setFault(undefined);
  gateway.skip(60_000);
  const models = new Set<string | undefined>();
  for (let count = 0; count < 20; count++) models.add((await ask(gateway, 'complete')).model);
  expect(models).toContain(FIRST);
  expect((await ask(gateway, 'complete')).error).toBeUndefined();
});
