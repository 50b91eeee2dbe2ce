import { answer, answers } from '../../fixtures/answers/read-answers';
import { MODEL } from '../harness';
import { BODY, post, STREAMED } from '../raw-client';
import { useCache } from './caching';
import { useOwnHost } from './own-host';

// Before the gateways, which prove that nothing is left.
const host = useOwnHost();
const start = useCache();
const status = ({ headers }: { headers: Headers }) => headers.get('x-failover-cache');
const asks = (content: unknown, fields: object = {}) => ({ ...BODY, messages: [{ role: 'user', content }], ...fields });

test.each<[string, object]>([
  ['a web search', asks('Hello', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] })],
  ['a tool of a kind that nobody knows yet', asks('Hello', { tools: [{ type: 'dreaming_20270101', name: 'dream' }] })],
  ['code that a host runs', asks('Hello', { tools: [{ type: 'code_execution_20250825', name: 'code_execution' }] })],
  ['a file', asks([{ type: 'document', source: { type: 'file', file_id: 'file_1' } }])],
  ['a place elsewhere', asks([{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }])],
  ['a container', asks('Hello', { container: 'container_1' })],
  ['an MCP server', asks('Hello', { mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'a' }] })],
  ['a field that nobody knows yet', asks('Hello', { previous_response: 'msg_1' })],
  ['a body of more than 4 MB', asks('x'.repeat(4 * 1024 * 1024))],
])('a request with %s is never looked up and never kept', async (_, body) => {
  const gateway = await start();
  const answered = await post(gateway, body);
  expect(status(answered)).toBe('none');
  expect(gateway.table.asked).toEqual([]);
});

test.each<[string, object]>([
  ['that reached its limit', { ...BODY, max_tokens: 1 }],
  ['that is a refusal', asks(`sim:refused-by=${MODEL}`)],
])('an answer %s is not kept', async (_, body) => {
  const gateway = await start();
  for (const stream of [false, true]) {
    expect(status(await post(gateway, { ...body, stream }))).toBe('miss');
    expect(status(await post(gateway, { ...body, stream }))).toBe('miss');
  }
  expect(gateway.table.asked).not.toContain('PutItem');
});

test('an error is not kept', async () => {
  const gateway = await start();
  await gateway.host('anthropic').setFault({ kind: 'prompt-too-long' });
  expect((await post(gateway, BODY)).status).toBe(400);
  await gateway.host('anthropic').setFault();
  expect((await post(gateway, BODY)).status).toBe(200);
  expect(gateway.counts()).toEqual({ anthropic: 2 });
});

test("another model's answer and the owner's own words are not kept", async () => {
  const gateway = await start(
    {},
    {
      chain: ['anthropic', 'openai'],
      route: { chain: ['anthropic'], lastResort: [{ host: 'openai', model: 'gpt-5.2' }], message: 'We are back soon.' },
      config: { steering: ['last-resort'] },
    },
  );
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  expect((await post(gateway, BODY)).headers.get('x-failover-model')).toBe('gpt-5.2');
  await gateway.host('openai').setFault({ kind: 'server-error' });
  expect((await post(gateway, BODY)).headers.get('x-failover-host')).toBe('none');
  expect(gateway.table.asked).not.toContain('PutItem');
});

test('a stream that breaks off is never kept, wherever it does', async () => {
  const { setup, say } = host();
  const events = answer('tool-use').sse.trimEnd().split('\n\n');
  const stopsBefore = events.findIndex((event) => event.startsWith('event: message_delta'));
  const gateway = await start({}, setup);
  for (let count = 0; count < stopsBefore; count++) {
    const begun = events.slice(0, count).map((event) => `${event}\n\n`);
    say(begun.join(''), { breaksOff: true });
    for (const body of [STREAMED, BODY]) await post(gateway, body).catch(() => undefined);
  }
  expect(stopsBefore).toBeGreaterThan(5);
  expect(gateway.table.asked).not.toContain('PutItem');
});

test.each(['pause_turn', 'max_tokens', 'refusal', 'model_context_window_exceeded', 'a reason that is yet to come'])(
  'an answer that ends by %s is never kept, whole or as a stream',
  async (reason) => {
    const { setup, say } = host();
    say(answer('text').sse.replace('"stop_reason":"end_turn"', `"stop_reason":"${reason}"`));
    const gateway = await start({}, setup);
    for (const body of [STREAMED, BODY]) expect(status(await post(gateway, body))).toBe('miss');
    expect(gateway.table.asked).not.toContain('PutItem');
  },
);

test('every answer that is on record and is not whole, or not of the model alone, is known as such', async () => {
  const { keptAnswer } = await import('../../../lambda/gateway/cache/kept-answer');
  const circumstances = { at: 0, dropped: [], adapted: false };
  const kept = answers.filter(({ message }) =>
    keptAnswer(new TextEncoder().encode(JSON.stringify(message)), circumstances),
  );
  expect(kept.map(({ name }) => name).sort()).toEqual(
    ['cache-usage', 'citations', 'redacted-thinking', 'stop-sequence', 'text', 'thinking', 'tool-use'].sort(),
  );
  const large =
    '{"type":"message","stop_reason":"tool_use","content":[{"type":"tool_use","input":{"id":9007199254740993}}]}';
  expect(keptAnswer(new TextEncoder().encode(large), circumstances)).toBeUndefined();
});
