import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ClientPolicy } from '../../lib/contract';
import { useGateway, type Setup, type TestGateway } from './harness';
import { expectDenied, setupWith } from './policy-team';
import { BODY, post, STREAMED, textOf } from './raw-client';
import { useWrittenLines } from './written-lines';

let bedrock: Awaited<ReturnType<typeof startBedrock>>;
// Before the gateways are looked through for what is left open.
afterEach(() => bedrock.close());
const startGateway = useGateway();
const { metric, written } = useWrittenLines();
const BLOCKED = 'This is not something that we talk about here.';

/** Bedrock's side of ApplyGuardrail: steps in where a text has a word. */
async function startBedrock(word: string) {
  const asked: { path: string; authorization: string; source: string; text: string }[] = [];
  let isDown = false;
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const { source, content } = JSON.parse(Buffer.concat(parts).toString()) as {
        source: string;
        content: { text: { text: string } }[];
      };
      const text = content.map((each) => each.text.text).join();
      asked.push({ path: incoming.url ?? '', authorization: incoming.headers.authorization ?? '', source, text });
      const intervenes = text.includes(word);
      outgoing.writeHead(isDown ? 400 : 200, { 'content-type': 'application/json', connection: 'close' });
      outgoing.end(
        JSON.stringify({
          action: intervenes ? 'GUARDRAIL_INTERVENED' : 'NONE',
          outputs: intervenes ? [{ text: BLOCKED }] : [],
          usage: { contentPolicyUnits: 1 },
          assessments: [],
        }),
      );
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    env: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: `http://127.0.0.1:${port}` },
    fail: () => void (isDown = true),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const start = async (
  guardrail: Partial<ClientPolicy['guardrail']> = {},
  word = 'forbidden',
  setup: Partial<Setup> = {},
): Promise<TestGateway> => {
  bedrock = await startBedrock(word);
  const policy = { guardrail: { id: 'abc123', version: '7', region: 'eu-central-1', ...guardrail } };
  return startGateway(
    setupWith(policy, { env: bedrock.env, ...setup, config: { telemetry: {}, stateful: true, ...setup.config } }),
  );
};
const saying = (text: string, more = {}) => ({ ...BODY, ...more, messages: [{ role: 'user', content: text }] });

it.each([
  ['a message', {}],
  ['a stream', { stream: true }],
])('what a user may not say is answered by the guardrail’s own words, as a refusal, in %s', async (_what, more) => {
  const gateway = await start();
  const answer = await post(gateway, saying('something forbidden', more));
  expect(answer.status).toBe(200);
  expect(textOf(answer)).toBe(BLOCKED);
  expect(answer.text).toContain('"stop_reason":"refusal"');
  expect(answer.headers.get('x-failover-note')).toBe('stopped by a guardrail');
  expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0 });
  expect(bedrock.asked).toEqual([
    {
      path: '/guardrail/abc123/version/7/apply',
      authorization: expect.stringMatching(/\/eu-central-1\/bedrock\/aws4_request/),
      source: 'INPUT',
      text: 'something forbidden',
    },
  ]);
  expect(metric('GuardrailStops')).toHaveLength(1);
  expect(written().join()).not.toContain('something forbidden');
});

it('every turn of the user and every result of a tool is looked at, and none twice', async () => {
  const gateway = await start();
  const turns = [
    { role: 'user', content: 'first' },
    { role: 'assistant', content: 'forbidden, says the model' },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'result' }] }] },
  ];
  const body = { ...BODY, system: 'forbidden, says the owner', messages: turns };
  expect((await post(gateway, body)).status).toBe(200);
  expect((await post(gateway, body)).status).toBe(200);
  await post(gateway, { ...body, messages: [...turns, { role: 'user', content: 'more' }] });
  expect(bedrock.asked.map(({ text }) => text)).toEqual(['first\nresult', 'more']);
});

it('a long text is looked at in parts that Bedrock takes', async () => {
  const gateway = await start();
  const answer = await post(gateway, saying(`${'long '.repeat(10_000)} forbidden`));
  expect(textOf(answer)).toBe(BLOCKED);
  expect(bedrock.asked.map(({ text }) => text.length)).toEqual([20_000, 20_000, expect.any(Number)]);
});

it.each([
  ['a message', BODY],
  ['a stream', STREAMED],
])('what a model may not say is never begun, in %s', async (_what, body) => {
  const route = { commit: 'complete' } as const;
  const gateway = await start({ output: true }, 'would show', { route });
  const answer = await post(gateway, body, { headers: { 'x-failover-commit': 'first-content' } });
  expect(textOf(answer)).toBe(BLOCKED);
  expect(bedrock.asked.map(({ source }) => source)).toEqual(['INPUT', 'OUTPUT']);
  expect(gateway.counts()['anthropic']).toBe(1);
});

it('while it cannot be asked nothing goes, or everything where that is said', async () => {
  const closed = await start();
  bedrock.fail();
  const refused = await post(closed, BODY);
  expect(refused.status).toBe(503);
  expect(refused.json).toMatchObject({ error: { type: 'api_error', message: expect.stringMatching(/guardrail/) } });
  expect(closed.counts()).toEqual({ anthropic: 0, bedrock: 0 });
  expect(metric('GuardrailFailures')).toHaveLength(1);
  await bedrock.close();
  const open = await start({ whenDown: 'open' });
  bedrock.fail();
  expect((await post(open, BODY)).status).toBe(200);
});

it('batches, which it could not look at, are refused', async () => {
  const gateway = await start();
  await expectDenied(gateway, { requests: [] }, "batches are not for client 'web'", { path: '/v1/messages/batches' });
});

describe('a guardrail for everybody', () => {
  const guardrail = { id: 'all456', version: '1', region: 'eu-central-1' };

  it('looks at the texts of whoever has no policy, and lets no team be without it', async () => {
    bedrock = await startBedrock('forbidden');
    const gateway = await startGateway({ chain: ['anthropic'], env: bedrock.env, config: { guardrail } });
    expect(textOf(await post(gateway, saying('something forbidden')))).toBe(BLOCKED);
    expect((await post(gateway, saying('something else'))).status).toBe(200);
    expect(gateway.counts()).toEqual({ anthropic: 1 });
    expect(bedrock.asked[0]?.path).toBe('/guardrail/all456/version/1/apply');
  });

  it('gives way to one that a team names', async () => {
    const gateway = await start({}, 'forbidden', { config: { guardrail } });
    expect(textOf(await post(gateway, saying('something forbidden')))).toBe(BLOCKED);
    expect(bedrock.asked.map(({ path }) => path)).toEqual(['/guardrail/abc123/version/7/apply']);
  });

  it('for answers, too, needs every route to commit the whole answer', async () => {
    bedrock = await startBedrock('forbidden');
    const config = { guardrail: { ...guardrail, output: true } };
    await expect(startGateway({ chain: ['anthropic'], env: bedrock.env, config })).rejects.toThrow(
      'guardrail.output: routes[0] is without "commit": "complete"',
    );
  });
});
