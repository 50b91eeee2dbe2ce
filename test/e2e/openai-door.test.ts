import OpenAI from 'openai';
import { GATEWAY_KEY, MODEL, useGateway, type TestGateway } from './harness';
import { HOST_NAMES } from './host-setups';

const start = useGateway();

const connect = ({ url }: TestGateway, apiKey = GATEWAY_KEY): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0, logLevel: 'off' });

const HELLO = { model: MODEL, messages: [{ role: 'user' as const, content: 'Hello' }] };
const WEATHER = {
  ...HELLO,
  messages: [{ role: 'user' as const, content: 'Weather in Paris?' }],
  tools: [
    {
      type: 'function' as const,
      function: {
        name: 'get_weather',
        description: 'The weather in a city',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    },
  ],
};

async function streamed(client: OpenAI, ask: typeof HELLO) {
  return client.chat.completions.stream({ ...ask, stream_options: { include_usage: true } }).finalChatCompletion();
}

describe.each(HOST_NAMES)("OpenAI's SDK, served by %s", (name) => {
  it('gets an answer, and the same answer as a stream with its usage', async () => {
    const gateway = await start({ chain: [name] });
    const client = connect(gateway);
    const whole = await client.chat.completions.create(HELLO);
    const stream = await streamed(client, HELLO);
    expect(whole.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { role: 'assistant', content: expect.stringContaining('“Hello”'), refusal: null },
    });
    expect(whole.usage?.total_tokens).toBeGreaterThan(1);
    expect(stream.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(stream.usage).toEqual(whole.usage);
  });

  it('has a tool called, and gives its result back', async () => {
    const gateway = await start({ chain: [name] });
    const client = connect(gateway);
    const whole = await client.chat.completions.create(WEATHER);
    const stream = await streamed(client, WEATHER);
    const [call] = whole.choices[0]?.message.tool_calls ?? [];
    expect(whole.choices[0]?.finish_reason).toBe('tool_calls');
    expect(call).toMatchObject({
      type: 'function',
      function: { name: 'get_weather', arguments: '{"city":"sample city"}' },
    });
    const parsed = (arguments_: string | undefined) => JSON.parse(arguments_ ?? '') as unknown;
    const [again] = stream.choices[0]?.message.tool_calls ?? [];
    expect(again?.type === 'function' && parsed(again.function.arguments)).toEqual({ city: 'sample city' });
    const answered = await client.chat.completions.create({
      ...WEATHER,
      messages: [
        ...WEATHER.messages,
        { role: 'assistant', content: null, tool_calls: [call!] },
        { role: 'tool', tool_call_id: call!.id, content: 'Sunny' },
      ],
    });
    expect(answered.choices[0]?.message.content).toContain('The tool has answered');
  });

  it('has a tool called that it insists on, though it asks for thought as well', async () => {
    const gateway = await start({ chain: [name] });
    const ask = { ...WEATHER, tool_choice: 'required' as const, reasoning_effort: 'high' as const };
    const { choices } = await connect(gateway).chat.completions.create(ask);
    expect(choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
  });

  it('throws an error where its stream breaks off, and a complete one comes from the next host', async () => {
    const next = name === 'anthropic' ? 'foundry' : 'anthropic';
    const gateway = await start({ chain: [name, next], hosts: { [name]: { retry: { quickRetries: 0 } } } });
    await gateway.host(name).setFault({ kind: 'error-in-stream', afterEvents: 3 });
    const client = connect(gateway);
    await expect(streamed(client, HELLO)).rejects.toBeInstanceOf(OpenAI.APIError);
    const whole = await client.chat.completions.create(HELLO);
    expect(whole.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: expect.stringMatching(/would show\.$/) },
    });
  });

  it('is answered by it when the first host is overloaded, streamed and whole', async () => {
    const first = name === 'anthropic' ? 'foundry' : 'anthropic';
    const gateway = await start({ chain: [first, name] });
    await gateway.host(first).setFault({ kind: 'overloaded' });
    const client = connect(gateway);
    const { data, response } = await client.chat.completions.create(HELLO).withResponse();
    expect(response.headers.get('x-failover-host')).toBe(name);
    expect(data.choices[0]?.message.content).toContain('“Hello”');
    expect((await streamed(client, HELLO)).choices[0]?.message.content).toContain('“Hello”');
  });
});

const asked = (gateway: TestGateway): unknown =>
  JSON.parse(new TextDecoder().decode(gateway.calls('anthropic')[0]!.body));

describe("OpenAI's SDK", () => {
  it('has its conversation cached unless it says no', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    await connect(gateway).chat.completions.create(HELLO);
    const cache_control = { type: 'ephemeral' };
    expect(asked(gateway)).toMatchObject({ max_tokens: 128_000, messages: [{ content: [{ cache_control }] }] });
    const without = await start({ chain: ['anthropic'] });
    await connect(without).chat.completions.create(HELLO, { headers: { 'x-failover-cache': 'off' } });
    expect(JSON.stringify(asked(without))).not.toContain('cache_control');
  });

  it('hears which fields were dropped, whole and streamed', async () => {
    const client = connect(await start({ chain: ['anthropic'] }));
    for (const stream of [false, true]) {
      const ask = client.chat.completions.create({ ...HELLO, stream, temperature: 0.2, seed: 7 });
      const response = await ask.asResponse();
      expect(response.headers.get('x-failover-dropped')).toBe('seed, temperature');
      await response.text();
    }
  });

  it('gets its structured output parsed', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    };
    const { choices } = await connect(gateway).chat.completions.create({
      ...HELLO,
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema, strict: true } },
    });
    expect(JSON.parse(choices[0]?.message.content ?? '')).toEqual({ city: 'sample city' });
  });

  it('has errors of its own classes, with their field and code', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const client = connect(gateway);
    const { completions } = client.chat;
    const wrong = await completions.create({ ...HELLO, n: 2 }).catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(OpenAI.BadRequestError);
    expect(wrong).toMatchObject({ status: 400, param: 'n', type: 'invalid_request_error' });
    const unknown = await completions.create({ ...HELLO, model: 'gpt-9' }).catch((error: unknown) => error);
    expect(unknown).toBeInstanceOf(OpenAI.NotFoundError);
    expect(unknown).toMatchObject({ code: 'model_not_found', param: 'model' });
    const stranger = connect(gateway, 'wrong').chat.completions.create(HELLO);
    await expect(stranger).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it('is told when to come back where every host is busy', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 30 });
    const error = await connect(gateway)
      .chat.completions.create(HELLO)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    const { headers } = error as InstanceType<typeof OpenAI.RateLimitError>;
    expect(headers?.get('x-should-retry')).toBe('true');
    expect(Number(headers?.get('retry-after'))).toBeGreaterThan(0);
  });

  it('finds the models in its own form, and other clients find them in theirs', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const client = connect(gateway);
    const models = (await client.models.list()).data;
    expect(models[0]).toEqual({ id: MODEL, object: 'model', created: expect.any(Number), owned_by: 'anthropic' });
    expect(await client.models.retrieve(MODEL)).toEqual(models[0]);
    await expect(client.models.retrieve('gpt-9')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    const theirs = await fetch(`${gateway.url}/v1/models`, { headers: { 'x-api-key': GATEWAY_KEY } });
    expect(await theirs.json()).toMatchObject({ data: [{ type: 'model', id: MODEL }, {}], has_more: false });
  });

  it('keeps its connection by comments while the host is slow to begin', async () => {
    const gateway = await start({ chain: ['anthropic'], route: { budget: { pingAfterMs: 50 } } });
    await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 300 });
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${GATEWAY_KEY}` },
      body: JSON.stringify({ ...HELLO, stream: true }),
    });
    const lines = (await answer.text()).split('\n\n');
    expect(lines[0]).toBe(': ping');
    expect(lines.slice(-2)).toEqual(['data: [DONE]', '']);
  });
});

it("OpenAI's SDK is answered by another model where its client agrees to that: a round trip of both translations", async () => {
  const gateway = await start({
    chain: ['anthropic', 'openai'],
    config: { steering: ['last-resort'] },
    route: { chain: ['anthropic'], lastResort: [{ host: 'openai', model: 'gpt-5.2' }] },
  });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  const tools = WEATHER.tools;
  const ask = { ...WEATHER, tool_choice: 'required' as const, parallel_tool_calls: false };
  const { data, response } = await connect(gateway).chat.completions.create(ask).withResponse();
  expect(response.headers.get('x-failover-model')).toBe('gpt-5.2');
  expect(data).toMatchObject({ model: 'gpt-5.2', choices: [{ finish_reason: 'tool_calls' }] });
  expect(JSON.parse(new TextDecoder().decode(gateway.calls('openai')[0]!.body))).toMatchObject({
    messages: [{ role: 'user', content: 'Weather in Paris?' }],
    tools,
    tool_choice: 'required',
    parallel_tool_calls: false,
  });
});
