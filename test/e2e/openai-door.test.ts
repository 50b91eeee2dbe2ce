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
