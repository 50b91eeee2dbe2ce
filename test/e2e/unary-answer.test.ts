import { HOST_NAMES, type HostName } from './host-setups';
import { MODEL, useGateway } from './harness';
import { BODY, post } from './raw-client';

const start = useGateway();

const user = (content: unknown) => [{ role: 'user', content }];
const FIRST_PARTY: readonly HostName[] = ['anthropic', 'claude-platform-aws', 'foundry'];

interface Ask {
  readonly body: Readonly<Record<string, unknown>>;
  readonly types: readonly string[];
  readonly hosts?: readonly HostName[];
}
const tool = (name: string, properties: object) => ({ name, input_schema: { type: 'object', properties } });

const ASKS: Readonly<Record<string, Ask>> = {
  text: { body: {}, types: ['text'] },
  'text beyond ASCII': { body: { messages: user('Grüße 再見 🙂 "\\') }, types: ['text'] },
  'a tool call with nested input': {
    body: {
      tools: [
        tool('plan', {
          city: { type: 'string' },
          days: { type: 'integer' },
          price: { type: 'number' },
          stops: { type: 'array', items: { type: 'object', properties: { open: { type: 'boolean' } } } },
          note: { type: 'null' },
        }),
      ],
    },
    types: ['text', 'tool_use'],
  },
  'a tool call without input': { body: { tools: [tool('now', {})] }, types: ['text', 'tool_use'] },
  thinking: {
    body: { max_tokens: 2048, thinking: { type: 'enabled', budget_tokens: 1024 } },
    types: ['thinking', 'text'],
  },
  'thinking before a tool call': {
    body: { thinking: { type: 'adaptive' }, tools: [tool('now', {})] },
    types: ['thinking', 'text', 'tool_use'],
  },
  citations: {
    body: {
      messages: user([
        {
          type: 'document',
          title: 'Colours',
          source: { type: 'text', media_type: 'text/plain', data: 'The grass is green.' },
          citations: { enabled: true },
        },
        { type: 'text', text: 'Which colour?' },
      ]),
    },
    types: ['text', 'text', 'text'],
  },
  'a web search': {
    body: { tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    types: ['server_tool_use', 'web_search_tool_result', 'text'],
    hosts: FIRST_PARTY,
  },
  'an answer cut by max_tokens': { body: { max_tokens: 7 }, types: ['text'] },
  'an answer of 2 MB': { body: { messages: user('sim:bytes=2000000') }, types: ['text'] },
  'an answer in 2,000 events': { body: { messages: user('sim:events=2000') }, types: ['text'] },
};

interface AnswerMessage {
  readonly id: string;
  readonly content: readonly { readonly type: string }[];
}
const withoutId = (message: unknown) => ({ ...(message as AnswerMessage), id: '' });

describe.each(HOST_NAMES)('a message that %s gives as a stream', (name) => {
  const able = Object.entries(ASKS).filter(([, { hosts }]) => hosts?.includes(name) ?? true);

  it.each(able)('is the one it gives directly: %s', async (_, { body, types }) => {
    const gateway = await start({
      chain: [name],
      config: {
        routes: [
          { header: { name: 'x-read', value: 'as it is' }, chain: [name], unaryAsStream: false },
          { chain: [name] },
        ],
      },
    });
    const asked = { ...BODY, ...body, model: MODEL };
    const direct = await post(gateway, asked, { headers: { 'x-read': 'as it is' } });
    const assembled = await post(gateway, asked);
    expect(assembled.status).toBe(200);
    expect((assembled.json as AnswerMessage).content.map(({ type }) => type)).toEqual(types);
    expect(withoutId(assembled.json)).toEqual(withoutId(direct.json));
    // What makes the comparison one: the two were asked for differently.
    const [first, second] = gateway.calls(name).map(({ path, body: sent }) => `${path} ${sent.toString()}`);
    expect(first).not.toMatch(/"stream":true|with-response-stream|streamRawPredict/);
    expect(second).toMatch(/"stream":true|with-response-stream/);
  });
});

it('a message from Anthropic is the one that Anthropic gives without a gateway', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  const direct = await fetch(`${gateway.host('anthropic').url}/v1/messages`, {
    method: 'POST',
    headers: {
      'x-api-key': 'sk-ant-simulated-first-anthropic-key',
      'anthropic-version': '2023-06-01',
      connection: 'close',
    },
    body: JSON.stringify(BODY),
  });
  const answer = await post(gateway, BODY);
  expect(withoutId(answer.json)).toEqual(withoutId(await direct.json()));
  for (const name of ['anthropic-organization-id', 'anthropic-ratelimit-requests-remaining', 'content-type']) {
    expect(answer.headers.get(name)).toBe(direct.headers.get(name));
  }
  expect(answer.headers.get('request-id')).toMatch(/^req_01/);
});
