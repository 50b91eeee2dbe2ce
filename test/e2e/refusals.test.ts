import { MODEL, type Setup, type TestGateway, useGateway } from './harness';
import type { HostName } from './host-setups';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED, textOf } from './raw-client';

const start = useGateway();
const MILDER = 'claude-haiku-4-5-20251001';

const gatewayOf = (host: HostName, over: Partial<Setup> = {}): Promise<TestGateway> =>
  start({
    chain: [host],
    config: { steering: ['last-resort'] },
    route: { chain: [host], onRefusal: [MILDER] },
    ...over,
  });

const ask = (gateway: TestGateway, body: typeof BODY | typeof STREAMED, headers = {}): ReturnType<typeof post> =>
  post(gateway, { ...body, messages: [{ role: 'user', content: `Hello sim:refused-by=${MODEL}` }] }, { headers });

describe.each(['bedrock-invoke', 'vertex'] as const)('what a model refuses at %s', (host) => {
  it.each([
    ['streamed', STREAMED],
    ['whole', BODY],
  ])('goes to the model that the route names, %s, and the answer says so', async (_form, body) => {
    const answer = await ask(await gatewayOf(host), body);
    expect(answer.status).toBe(200);
    if (body === STREAMED) expectCompleteStream(answer);
    expect(answer.headers.get('x-failover-model')).toBe(MILDER);
    expect(answer.text).toContain(`"model":"${MILDER}"`);
    expect(textOf(answer)).toContain('You asked');
  });

  it.each<[string, Partial<Setup>, Record<string, string>]>([
    ['without such a route', { route: { chain: [host] } }, {}],
    ['for a client that may not get another model', { config: {} }, {}],
    ['for a request that declines', {}, { 'x-failover-last-resort': 'no' }],
  ])('stays a refusal %s', async (_who, over, headers) => {
    const answer = await ask(await gatewayOf(host, over), STREAMED, headers);
    expect(answer.text).toContain('"stop_reason":"refusal"');
    expect(answer.headers.get('x-failover-model')).not.toBe(MILDER);
    expect(failoverHeaders(answer).trace).toBe(`${host}:ok`);
  });
});

it("stays a refusal at Anthropic's own API, which has its own fallbacks", async () => {
  const answer = await ask(await gatewayOf('anthropic'), BODY);
  expect(answer.text).toContain('"stop_reason":"refusal"');
  expect(answer.text).toContain(`"model":"${MODEL}"`);
});
