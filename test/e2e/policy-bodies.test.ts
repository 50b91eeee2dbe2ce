import type { ClientPolicy } from '../../lib/contract';
import { MODEL, useGateway, type TestGateway } from './harness';
import { expectDenied, setupWith } from './policy-team';
import { BODY, call, post } from './raw-client';

const startGateway = useGateway();
const HAIKU = 'claude-haiku-4-5';
const MAX = BODY.max_tokens;
const start = (policy: ClientPolicy): Promise<TestGateway> => startGateway(setupWith(policy));

describe('a team with limits on what it asks for', () => {
  const SEARCH = { type: 'web_search_20250305', name: 'web_search' };
  const CODE = { type: 'code_execution_20250825', name: 'code_execution' };
  const mcp = (url: unknown) => ({ mcp_servers: [{ type: 'url', name: 'mcp', url }] });

  it.each<[string, ClientPolicy, object, RegExp]>([
    [
      'a tool of the host',
      { tools: ['web_search'] },
      { tools: [SEARCH, CODE] },
      /tools\.1\.type: 'code_execution_20250825' .* web_search$/,
    ],
    ['any tool of the host', { tools: [] }, { tools: [SEARCH] }, /it may use no tools of the host$/],
    [
      'an unknown tool',
      { tools: ['web_search'] },
      { tools: [{ type: 'web_searching_2', name: 'a' }] },
      /tools\.0\.type/,
    ],
    [
      'more tokens',
      { maxTokens: MAX - 1 },
      {},
      /^max_tokens: '1024' is more than client 'web' may ask for, which is 1023$/,
    ],
    [
      'more effort',
      { effort: 'medium' },
      { output_config: { effort: 'high' } },
      /'high' .* it may ask for low, medium$/,
    ],
    ['an effort that nobody knows', { effort: 'max' }, { output_config: { effort: 'ultra' } }, /'ultra' is not for/],
    [
      'a file by its id',
      { files: false },
      withBlock({ type: 'document', source: { type: 'file', file_id: 'file_1' } }),
      /^messages: a file by its id/,
    ],
    [
      'a file for a container',
      { files: false },
      withBlock({ type: 'container_upload', file_id: 'file_1' }),
      /^messages: a file/,
    ],
    [
      'a file in the result of a tool',
      { files: false },
      withBlock({
        type: 'tool_result',
        tool_use_id: 't',
        content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }],
      }),
      /a file by its id/,
    ],
    [
      'another MCP server',
      { mcpServers: ['*.example.com'] },
      mcp('https://mcp.example.org/x'),
      /'mcp\.example\.org' is not for client 'web'; it may use \*\.example\.com$/,
    ],
    [
      'an MCP server that looks like one',
      { mcpServers: ['mcp.example.com'] },
      mcp('https://mcp.example.com@evil.example.org/'),
      /no plain https URL/,
    ],
    [
      'an MCP server behind a backslash',
      { mcpServers: ['mcp.example.com'] },
      mcp('https://mcp.example.com\\@evil.example.org/'),
      /no plain https URL/,
    ],
  ])('is refused %s', async (_what, policy, fields, why) => {
    const gateway = await start(policy);
    await expectDenied(gateway, { ...BODY, ...fields }, why);
  });

  it.each<[string, ClientPolicy, object]>([
    ['a tool of the host by its family', { tools: ['web_search'] }, { tools: [SEARCH] }],
    [
      'tools of its own',
      { tools: [] },
      {
        tools: [
          { name: 'mine', input_schema: { type: 'object' } },
          { type: 'bash_20250124', name: 'bash' },
        ],
      },
    ],
    ['as many tokens', { maxTokens: MAX }, {}],
    ['as much effort', { effort: 'medium' }, { output_config: { effort: 'medium' } }],
    [
      'a document in the message',
      { files: false },
      withBlock({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a' } }),
    ],
    ['an MCP server', { mcpServers: ['*.example.com'] }, mcp('https://MCP.example.com/x')],
  ])('is given %s', async (_what, policy, fields) => {
    const gateway = await start(policy);
    expect((await post(gateway, { ...BODY, ...fields })).status).toBe(200);
    expect(gateway.calls('anthropic')).toHaveLength(1);
  });

  it('gets its ceiling where it would otherwise get more unasked', async () => {
    const gateway = await start({ effort: 'low', maxTokens: 100 });
    expect((await post(gateway, { ...BODY, max_tokens: 50 })).status).toBe(200);
    const chat = { model: MODEL, messages: [{ role: 'user', content: 'Hi' }] };
    expect((await post(gateway, chat, { path: '/v1/chat/completions' })).status).toBe(200);
    const [messages, door] = gateway.calls('anthropic').map(({ body }) => JSON.parse(body.toString()) as unknown);
    expect(messages).toMatchObject({ max_tokens: 50, output_config: { effort: 'low' } });
    expect(door).toMatchObject({ max_tokens: 100, output_config: { effort: 'low' } });
  });
});

describe('what lives on one host', () => {
  const params = { model: HAIKU, max_tokens: 10, messages: [{ role: 'user', content: 'Hi {[' }] };
  const batch = (...last: object[]) => ({
    requests: [params, ...last].map((each, index) => ({ custom_id: `c${index}`, params: each })),
  });
  const path = '/v1/messages/batches';
  const startStateful = (policy: ClientPolicy): Promise<TestGateway> =>
    startGateway(setupWith(policy, { config: { stateful: true } }));

  it.each<[string, ClientPolicy, object, RegExp]>([
    ['a model', { models: [HAIKU] }, { ...params, model: MODEL }, /requests\.\*\.params\.model: '.*opus/],
    ['tokens', { maxTokens: 10 }, { ...params, max_tokens: 11 }, /^max_tokens/],
    ['a tool', { tools: [] }, { ...params, tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }, /web_fetch/],
    ['an effort, unasked', { effort: 'low' }, { ...params, model: MODEL }, /none is given, which stands for 'high'/],
  ])('a batch may not have %s in one of its requests', async (_what, policy, last, why) => {
    const gateway = await startStateful(policy);
    expect((await post(gateway, batch(), { path })).status).toBe(200);
    await expectDenied(gateway, batch(last), why, { path });
  });

  it('files are refused, and another host', async () => {
    const noFiles = await startStateful({ files: false });
    expect((await call(noFiles, { method: 'GET', path: '/v1/files' })).status).toBe(403);
    expect((await call(noFiles, { method: 'GET', path })).status).toBe(200);
    const noHost = await startStateful({ hosts: ['bedrock'] });
    await expectDenied(noHost, batch(), "host 'anthropic' is not for client 'web'", { path });
  });
});

function withBlock(block: object): object {
  return { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }, block] }] };
}
