import Anthropic from '@anthropic-ai/sdk';
import { recordingServer, type RecordingServer } from '../hosts/recording-server';
import { GATEWAY_KEY, MODEL, type Setup, type TestGateway, useGateway } from './harness';
import type { HostName } from './host-setups';

const start = useGateway();
const OTHERS = { openai: 'gpt-5.2', messages: 'qwen3-coder', 'vertex-gemini': 'google/gemini-3-pro' } as const;
type Other = keyof typeof OTHERS;

const behind = (host: Other, hosts?: Setup['hosts']): Promise<TestGateway> =>
  start({
    chain: ['anthropic', host] satisfies HostName[],
    config: { steering: ['last-resort'] },
    route: { chain: ['anthropic'], lastResort: [{ host, model: OTHERS[host] }] },
    ...(hosts && { hosts }),
  });
const sdk = ({ url }: TestGateway) => new Anthropic({ baseURL: url, apiKey: GATEWAY_KEY, maxRetries: 0 });

const tool = (name: string): Anthropic.Tool => ({
  name,
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
});
const user = (content: Anthropic.MessageParam['content']): Anthropic.MessageParam => ({ role: 'user', content });

interface Sent {
  readonly messages: { readonly role: string; readonly content: Record<string, unknown>[] | string }[];
  readonly [field: string]: unknown;
}
const sentTo = (gateway: TestGateway, host: HostName): Sent =>
  JSON.parse(gateway.calls(host).at(-1)!.body.toString()) as Sent;
const blocksOf = (sent: Sent, type: string) =>
  sent.messages
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .filter((b) => b['type'] === type);

describe.each(Object.keys(OTHERS) as Other[])(
  'a conversation with thinking and tools, and %s in its middle',
  (host) => {
    it('goes on at Claude with its own thinking, and nothing of the other’s', async () => {
      const gateway = await behind(host);
      const turns = ['Oslo', 'Rome'].map((city) => ['Let me look.', { name: 'weather', input: { city } }]);
      const messages = [user(`The weather, please.\nsim:turns=${JSON.stringify([...turns, ['Rain in both.']])}`)];
      const ask = async (): Promise<Anthropic.Message> => {
        const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
        const params = { model: MODEL, max_tokens: 3000, thinking, tools: [tool('weather')], messages };
        const answer = await sdk(gateway).messages.stream(params).finalMessage();
        const calls = answer.content.filter((block) => block.type === 'tool_use');
        const results = calls.map(({ id }) => ({ type: 'tool_result' as const, tool_use_id: id, content: 'Rain.' }));
        messages.push({ role: 'assistant', content: answer.content }, user(results));
        return answer;
      };

      const [first] = (await ask()).content;
      await gateway.host('anthropic').setFault({ kind: 'overloaded' });
      const second = await ask();
      expect(second).toMatchObject({ model: OTHERS[host], stop_reason: 'tool_use' });
      expect(JSON.stringify(sentTo(gateway, host))).not.toContain(first?.type === 'thinking' ? first.signature : '?');

      await gateway.host('anthropic').setFault();
      gateway.skip(60_000);
      expect(await ask()).toMatchObject({ model: MODEL, stop_reason: 'end_turn' });
      const sent = sentTo(gateway, 'anthropic');
      expect(blocksOf(sent, 'thinking')).toEqual([first]);
      const ids = blocksOf(sent, 'tool_use').map(({ id }) => id);
      expect(ids).toHaveLength(2);
      expect(blocksOf(sent, 'tool_result').map((result) => result['tool_use_id'])).toEqual(ids);
      for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]+$/);
      expect(ids.join()).not.toContain('_sig_');
    });
  },
);

describe('twenty tools', () => {
  const names = Array.from({ length: 19 }, (_, at) => `mcp__server-${at}__do_-_${'x'.repeat(at * 2)}`);
  const longest = `-${'a_'.repeat(31)}9`;
  const asked = { model: MODEL, max_tokens: 100, messages: [user('Hello')] };
  const choice = { type: 'tool' as const, name: longest, disable_parallel_tool_use: true };

  it('with odd names reach another model as they are, and so does the one that it must call', async () => {
    const gateway = await behind('openai');
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    const tools = [...names, longest].map(tool);
    const answer = await sdk(gateway).messages.create({ ...asked, tools, tool_choice: choice });
    expect(answer.content).toMatchObject([{ type: 'tool_use', name: longest, input: { city: expect.any(String) } }]);
    const sent = sentTo(gateway, 'openai');
    expect(sent).toMatchObject({
      tools: tools.map(({ name }) => ({ type: 'function', function: { name } })),
      tool_choice: { type: 'function', function: { name: longest } },
      parallel_tool_calls: false,
    });
  });

  it('of which one has a name that OpenAI does not take pass the link by', async () => {
    const gateway = await behind('openai');
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    const tools = [...names, `${longest}0`].map(tool);
    await expect(sdk(gateway).messages.create({ ...asked, tools })).rejects.toMatchObject({ status: 529 });
    expect(gateway.calls('openai')).toHaveLength(0);
  });
});

describe('what a server of OpenAI’s wire says, as Anthropic’s SDK reads it', () => {
  let server: RecordingServer;
  beforeEach(async () => (server = await recordingServer()));
  afterEach(() => server.close());

  const said = (delta: object, finish_reason: string | null = null, more: object = {}) => ({
    id: 'chatcmpl-1',
    model: 'gpt-5.2',
    choices: [{ index: 0, delta, finish_reason, ...more }],
  });
  const USAGE = { choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } };
  const end = { stop_sequence: null, usage: { input_tokens: 9, output_tokens: 4 } };

  it.each<[string, object[], object]>([
    [
      'nothing at all',
      [said({ content: '' }), said({}, 'stop'), USAGE],
      { content: [], stop_reason: 'end_turn', ...end },
    ],
    [
      'white space alone',
      [said({ content: '\n' }), said({}, 'stop'), USAGE],
      { content: [], stop_reason: 'end_turn', ...end },
    ],
    [
      'a filter in the middle',
      [said({ content: 'First,' }), said({}, 'content_filter'), USAGE],
      { content: [{ type: 'text', text: 'First,' }], stop_reason: 'refusal', ...end },
    ],
    [
      'a refusal in the middle',
      [said({ content: 'First,' }), said({ refusal: ' no.' }), said({}, 'stop'), USAGE],
      { content: [{ text: 'First, no.' }], stop_reason: 'refusal', ...end },
    ],
    [
      'no counters',
      [said({ content: 'Four words in all.' }), said({}, 'stop')],
      { content: [{ text: 'Four words in all.' }], stop_reason: 'end_turn', usage: { output_tokens: 5 } },
    ],
    [
      'counters before its end',
      [{ ...said({ content: 'Hi' }), usage: USAGE.usage }, said({}, 'stop')],
      { content: [{ text: 'Hi' }], stop_reason: 'end_turn', ...end },
    ],
    [
      'one of the client’s stop sequences',
      [said({ content: 'One' }), said({}, 'stop', { stop_reason: 'TWO' }), USAGE],
      { content: [{ text: 'One' }], ...end, stop_reason: 'stop_sequence', stop_sequence: 'TWO' },
    ],
  ])('%s', async (_what, chunks, expected) => {
    server.reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end([...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((d) => `data: ${d}\n\n`).join(''));
    };
    const gateway = await behind('openai', { openai: { endpoint: server.url } });
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    const params = { model: MODEL, max_tokens: 100, stop_sequences: ['TWO'], messages: [user('Hello')] };
    expect(await sdk(gateway).messages.create(params)).toMatchObject(expected);
    expect(await sdk(gateway).messages.stream(params).finalMessage()).toMatchObject(expected);
  });
});
