import OpenAI from 'openai';
import { GATEWAY_KEY, MODEL, type TestGateway } from '../harness';
import { BODY, post } from '../raw-client';
import { useCache } from './caching';

const start = useCache();
const connect = ({ url }: TestGateway): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: GATEWAY_KEY, maxRetries: 0, logLevel: 'off' });

const PARAMETERS = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const WEATHER = { name: 'get_weather', description: 'The weather in a city', parameters: PARAMETERS, strict: true };
const user = (content: string) => ({ role: 'user' as const, content });
const CHATS = {
  text: { model: MODEL, messages: [user('Hello')] },
  'a call of a tool': {
    model: MODEL,
    messages: [user('Weather in Paris?')],
    tools: [{ type: 'function' as const, function: WEATHER }],
  },
};
const RESPONSES = {
  text: { model: MODEL, input: [user('Hello')] },
  'a call of a tool': {
    model: MODEL,
    input: [user('Weather in Paris?')],
    tools: [{ type: 'function' as const, ...WEATHER }],
  },
};
const KINDS = ['text', 'a call of a tool'] as const;

describe.each(KINDS)('at the door for chat completions, %s', (kind) => {
  const ask = CHATS[kind];
  test('is given again, whole and as a stream', async () => {
    const gateway = await start();
    const client = connect(gateway);
    const first = await client.chat.completions.create(ask);
    await gateway.kept(1);
    const { data: again, response } = await client.chat.completions.create(ask).withResponse();
    expect(response.headers.get('x-failover-cache')).toBe('hit');
    expect(again.choices).toEqual(first.choices);
    expect(again.usage).toEqual(first.usage);
    const options = { stream_options: { include_usage: true } };
    const streamed = await client.chat.completions.stream({ ...ask, ...options }).finalChatCompletion();
    expect(streamed.choices[0]?.message).toMatchObject({
      content: first.choices[0]?.message.content,
      ...(kind !== 'text' && { tool_calls: [{ function: { arguments: '{"city":"sample city"}' } }] }),
    });
    expect(streamed.usage).toEqual(first.usage);
    expect(gateway.counts()).toEqual({ anthropic: 1 });
  });

  test('that came as a stream is given again as a whole', async () => {
    const gateway = await start();
    const client = connect(gateway);
    const first = await client.chat.completions.stream(ask).finalChatCompletion();
    await gateway.kept(1);
    const again = await client.chat.completions.create(ask);
    expect(again.choices[0]?.message.content).toBe(first.choices[0]?.message.content);
    expect(gateway.counts()).toEqual({ anthropic: 1 });
  });
});

describe.each(KINDS)('at the door for responses, %s', (kind) => {
  const ask = RESPONSES[kind];
  test('is given again, whole and as a stream', async () => {
    const gateway = await start();
    const client = connect(gateway);
    const first = await client.responses.create(ask);
    await gateway.kept(1);
    const { data: again, response } = await client.responses.create(ask).withResponse();
    expect(response.headers.get('x-failover-cache')).toBe('hit');
    const streamed = await client.responses.stream(ask).finalResponse();
    for (const { output, output_text: text, usage } of [again, streamed]) {
      expect([text, usage]).toEqual([first.output_text, first.usage]);
      expect(output.map(({ type }) => type)).toEqual(first.output.map(({ type }) => type));
    }
    expect(gateway.counts()).toEqual({ anthropic: 1 });
  });
});

test('what one door was answered with is not given at another that says it otherwise', async () => {
  const gateway = await start();
  await post(gateway, BODY);
  await gateway.kept(1);
  const { response } = await connect(gateway).chat.completions.create(CHATS.text).withResponse();
  expect(response.headers.get('x-failover-cache')).toBe('miss');
});
