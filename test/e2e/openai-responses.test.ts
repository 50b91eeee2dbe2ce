import OpenAI from 'openai';
import type { ResponseInput, ResponseStreamEvent, Tool } from 'openai/resources/responses/responses';
import { GATEWAY_KEY, MODEL, type TestGateway, useGateway } from './harness';
import { HOST_NAMES } from './host-setups';

const start = useGateway();

const connect = ({ url }: TestGateway, apiKey = GATEWAY_KEY): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0, logLevel: 'off' });

const HELLO = { model: MODEL, input: 'Hello' };
const PARAMETERS = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const TOOLS: Tool[] = [
  { type: 'function', name: 'get_weather', description: 'The weather in a city', parameters: PARAMETERS, strict: true },
];
const QUESTION: ResponseInput = [{ role: 'user', content: 'Weather in Paris?' }];
const WEATHER = { model: MODEL, input: QUESTION, tools: TOOLS };

describe.each(HOST_NAMES)("OpenAI's SDK asks for a response of %s", (name) => {
  it('and gets an answer, and the same answer as a stream', async () => {
    const client = connect(await start({ chain: [name] }));
    const whole = await client.responses.create(HELLO);
    const stream = await client.responses.stream(HELLO).finalResponse();
    expect(whole).toMatchObject({ object: 'response', status: 'completed', error: null, store: false });
    expect(whole.output_text).toContain('“Hello”');
    expect(whole.usage?.total_tokens).toBeGreaterThan(1);
    expect(stream.output_text).toBe(whole.output_text);
    expect(stream.usage).toEqual(whole.usage);
  });

  it('has a tool called, and gives its result back', async () => {
    const client = connect(await start({ chain: [name] }));
    const whole = await client.responses.create(WEATHER);
    const stream = await client.responses.stream(WEATHER).finalResponse();
    for (const { output } of [whole, stream]) {
      const call = output.find(({ type }) => type === 'function_call');
      expect(call).toMatchObject({ name: 'get_weather', arguments: '{"city":"sample city"}', status: 'completed' });
    }
    const call = whole.output.find((item) => item.type === 'function_call')!;
    const result = { type: 'function_call_output' as const, call_id: call.call_id, output: 'Sunny' };
    const answered = await client.responses.create({
      ...WEATHER,
      input: [...QUESTION, ...whole.output, result] as ResponseInput,
    });
    expect(answered.output_text).toContain('The tool has answered');
  });

  it('is answered by it when the first host is overloaded', async () => {
    const first = name === 'anthropic' ? 'foundry' : 'anthropic';
    const gateway = await start({ chain: [first, name] });
    await gateway.host(first).setFault({ kind: 'overloaded' });
    const { data, response } = await connect(gateway).responses.create(HELLO).withResponse();
    expect(response.headers.get('x-failover-host')).toBe(name);
    expect(data.output_text).toContain('“Hello”');
    expect((await connect(gateway).responses.stream(HELLO).finalResponse()).output_text).toContain('“Hello”');
  });

  it('throws where its stream breaks off, and tells those who only read', async () => {
    const gateway = await start({ chain: [name] });
    await gateway.host(name).setFault({ kind: 'error-in-stream', afterEvents: 3 });
    await expect(connect(gateway).responses.stream(HELLO).finalResponse()).rejects.toBeInstanceOf(OpenAI.APIError);
    const last = await fetch(`${gateway.url}/v1/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${GATEWAY_KEY}` },
      body: JSON.stringify({ ...HELLO, stream: true }),
    });
    const events = (await last.text()).trim().split('\n\n').slice(-2);
    expect(events.map((event) => /^event: (.*)$/m.exec(event)?.[1])).toEqual(['error', 'response.failed']);
  });
});

describe("OpenAI's SDK, asking for responses", () => {
  it('gets structured output parsed', async () => {
    const client = connect(await start({ chain: ['anthropic'] }));
    const format = { type: 'json_schema' as const, name: 'place', schema: PARAMETERS, strict: true };
    const { output_text } = await client.responses.create({ ...HELLO, text: { format } });
    expect(JSON.parse(output_text)).toEqual({ city: 'sample city' });
  });

  it('sees every event of a stream in the documented order, numbered', async () => {
    const client = connect(await start({ chain: ['anthropic'] }));
    const events: ResponseStreamEvent[] = [];
    for await (const event of await client.responses.create({ ...HELLO, stream: true })) events.push(event);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    const kinds = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(kinds).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it("keeps Claude's thinking from turn to turn, signed as it was", async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const ask = { ...WEATHER, reasoning: { effort: 'high' as const, summary: 'auto' as const } };
    const first = await connect(gateway).responses.stream(ask).finalResponse();
    expect(first.output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call']);
    expect(first.output[0]).toMatchObject({ summary: [{ type: 'summary_text', text: expect.stringMatching(/./) }] });
    const call = first.output.find((item) => item.type === 'function_call')!;
    const result = { type: 'function_call_output' as const, call_id: call.call_id, output: 'Sunny' };
    await connect(gateway).responses.create({ ...ask, input: [...QUESTION, ...first.output, result] as ResponseInput });
    const sent = JSON.parse(new TextDecoder().decode(gateway.calls('anthropic')[1]!.body)) as {
      messages: { content: unknown }[];
    };
    expect(sent.messages[1]).toMatchObject({
      role: 'assistant',
      content: [
        { type: 'thinking', signature: expect.stringMatching(/./) },
        { type: 'text' },
        { type: 'tool_use', id: call.call_id },
      ],
    });
  });

  it.each<[string, Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming>, string]>([
    ['previous_response_id', { previous_response_id: 'resp_1' }, 'keeps no responses'],
    ['conversation', { conversation: 'conv_1' }, 'keeps no conversations'],
    ['background', { background: true }, 'keeps no responses'],
  ])('is told that there is no memory: %s', async (param, fields, message) => {
    const gateway = await start({ chain: ['anthropic'] });
    const error = await connect(gateway)
      .responses.create({ ...HELLO, ...fields })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ status: 400, param, message: expect.stringContaining(message) });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it('finds no response that it asks for later', async () => {
    const client = connect(await start({ chain: ['anthropic'] }));
    const error = await client.responses.retrieve('resp_1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.NotFoundError);
    expect(error).toMatchObject({ message: expect.stringContaining('keeps no responses') });
  });

  it('hears what was dropped, and that it is not stored', async () => {
    const client = connect(await start({ chain: ['anthropic'] }));
    const ask = {
      ...WEATHER,
      store: true,
      service_tier: 'auto' as const,
      tools: [...TOOLS, { type: 'web_search' as const }],
    };
    const { data, response } = await client.responses.create(ask).withResponse();
    expect(response.headers.get('x-failover-dropped')).toBe('tools.web_search, service_tier, store');
    expect(data).toMatchObject({ store: false });
  });

  it('hears of a refusal as it would of an OpenAI model’s', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const input = `Hello sim:refused-by=${MODEL}`;
    const client = connect(gateway);
    for (const response of [
      await client.responses.create({ ...HELLO, input }),
      await client.responses.stream({ ...HELLO, input }).finalResponse(),
    ]) {
      expect(response).toMatchObject({
        status: 'completed',
        output: [{ type: 'message', content: [{ type: 'refusal', refusal: expect.stringMatching(/./) }] }],
      });
    }
  });

  it('goes on to another model that it names', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    await gateway.host('anthropic').setFault({ kind: 'overloaded', times: 1 });
    const ask = { ...HELLO, fallbacks: ['claude-haiku-4-5'] } as typeof HELLO;
    expect((await connect(gateway).responses.create(ask)).model).toBe('claude-haiku-4-5-20251001');
  });
});
