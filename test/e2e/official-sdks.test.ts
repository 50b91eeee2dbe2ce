import Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import { ENV, HOST_NAMES } from './host-setups';
import { GATEWAY_KEY, MODEL, useGateway } from './harness';
import { ASKS, SDKS, toolTurn } from './sdks';

const start = useGateway();

describe.each(Object.entries(SDKS))('%s', (_, sdk) => {
  describe.each(HOST_NAMES)('served by %s', (name) => {
    it('gets a message, and the same message as a stream', async () => {
      const gateway = await start({ chain: [name] });
      const client = sdk.connect(gateway.url);
      const message = await client.create(ASKS.text);
      const streamed = await client.stream(ASKS.text);
      expect(message.content).toEqual([{ type: 'text', text: expect.stringContaining('“Hello”') }]);
      expect(message.stop_reason).toBe('end_turn');
      expect({ ...streamed, id: '' }).toEqual({ ...message, id: '' });
      expect(gateway.host(name).answered).toBeGreaterThanOrEqual(2);
    });

    it('has a tool called and gives its result back', async () => {
      const gateway = await start({ chain: [name] });
      const client = sdk.connect(gateway.url);
      const called = await client.create(ASKS.tool);
      const streamed = await client.stream(ASKS.tool);
      expect(called.stop_reason).toBe('tool_use');
      expect(called.content[1]).toMatchObject({ name: 'get_weather', input: { city: 'sample city' } });
      expect(streamed.content).toEqual(called.content);
      const answered = await client.stream(toolTurn(called));
      expect(answered.content[0]).toMatchObject({ text: expect.stringContaining('The tool has answered') });
    });

    it('gets thinking with its signature', async () => {
      const gateway = await start({ chain: [name] });
      const client = sdk.connect(gateway.url);
      const unary = await client.create(ASKS.thinking);
      expect(unary.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
      expect(unary.content[0]).toMatchObject({ signature: expect.stringMatching(/.+/) });
      expect((await client.stream(ASKS.thinking)).content).toEqual(unary.content);
    });

    it('counts tokens', async () => {
      const gateway = await start({ chain: [name] });
      expect(await sdk.connect(gateway.url).countTokens({ messages: ASKS.text.messages })).toBeGreaterThan(0);
      expect(gateway.counts()).toEqual({ [name]: 1 });
    });
  });

  it.each(['bedrock-invoke', 'vertex'] as const)(
    'gets an older model, which knows no new API version, at %s',
    async (name) => {
      const gateway = await start({ chain: [name] });
      const client = sdk.connect(gateway.url);
      expect((await client.stream(ASKS.text, 'claude-haiku-4-5')).model).toBe('claude-haiku-4-5-20251001');
    },
  );

  it('lists the models of the gateway', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    expect(await sdk.connect(gateway.url).models()).toContain(MODEL);
  });

  it('is known by its gateway key, and its API version is the one the host sees', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    await sdk.connect(gateway.url).create(ASKS.text);
    expect(gateway.calls('anthropic')[0]?.headers).toMatchObject({
      'anthropic-version': sdk.apiVersion,
      'x-api-key': ENV.ANTHROPIC_KEY,
    });
  });
});

it.each(HOST_NAMES)('structured output is parsed by the SDK, served by %s', async (name) => {
  const gateway = await start({ chain: [name] });
  const client = new Anthropic({ baseURL: gateway.url, apiKey: GATEWAY_KEY, maxRetries: 0 });
  const format = jsonSchemaOutputFormat({
    type: 'object',
    properties: { city: { type: 'string' }, mood: { enum: ['sunny', 'rainy'] } },
    required: ['city', 'mood'],
    additionalProperties: false,
  } as const);
  const request = { ...ASKS.text, model: MODEL, output_config: { format } };
  const parsed = { city: 'sample city', mood: 'sunny' };
  expect((await client.messages.parse(request)).parsed_output).toEqual(parsed);
  expect((await client.messages.stream(request).finalMessage()).parsed_output).toEqual(parsed);
});
