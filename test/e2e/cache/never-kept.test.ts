import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, answers } from '../../fixtures/answers/read-answers';
import { MODEL } from '../harness';
import { BODY, post, STREAMED } from '../raw-client';
import { useCache } from './caching';

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

describe('a stream that breaks off', () => {
  let host: Server;
  let reply = '';
  beforeEach(async () => {
    host = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(reply, () => response.destroy());
      });
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
  });
  afterEach(() => void host.closeAllConnections());
  afterEach(() => void host.close());

  const { sse } = answer('tool-use');
  const events = sse.trimEnd().split('\n\n');
  const stopsBefore = events.findIndex((event) => event.startsWith('event: message_delta'));
  const cuts = Array.from({ length: stopsBefore }, (_, count) => count);

  test('is never kept, wherever it does', async () => {
    const endpoint = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    const gateway = await start({}, { hosts: { anthropic: { endpoint, retry: { quickRetries: 0 } } } });
    for (const count of cuts) {
      reply = events
        .slice(0, count)
        .map((event) => `${event}\n\n`)
        .join('');
      for (const body of [STREAMED, BODY]) await post(gateway, body).catch(() => undefined);
    }
    expect(cuts.length).toBeGreaterThan(5);
    expect(gateway.table.asked).not.toContain('PutItem');
  });
});

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
