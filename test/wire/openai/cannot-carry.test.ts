import type { JsonObject } from '../../../lambda/engine/json';
import { cannotCarry } from '../../../lambda/wire/openai/to-chat-request';
import { ALL, BARE } from './chat-traits';

const HELLO = { role: 'user', content: 'Hello' };
const body = (fields: JsonObject): JsonObject => ({
  model: 'claude-sonnet-5-5',
  max_tokens: 100,
  messages: [HELLO],
  ...fields,
});
const shows = (block: object): JsonObject => body({ messages: [{ role: 'user', content: [block] }] });
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
const pdf = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' } };
const TOOL = { name: 'save', input_schema: { type: 'object' } };
const FORMAT = { format: { type: 'json_schema', schema: { type: 'object' } } };

describe('a request that another model could answer without its point', () => {
  test.each([
    ['web search', body({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }), 'web_search'],
    [
      'code execution',
      body({ tools: [{ type: 'code_execution_20250825', name: 'code_execution' }] }),
      'code_execution',
    ],
    ['an MCP server', body({ mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }] }), 'mcp_servers'],
    ['a container', body({ container: 'container_1' }), 'container'],
    ['a file of Anthropic’s', shows({ type: 'document', source: { type: 'file', file_id: 'file_1' } }), 'file_id'],
    ['a tool that Claude knows by heart', body({ tools: [{ type: 'bash_20250124', name: 'bash' }] }), 'anthropic_tool'],
    ['citations', shows({ ...pdf, citations: { enabled: true } }), 'citations'],
    [
      'a document to be fetched',
      shows({ type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } }),
      'url_source',
    ],
    ['an answer to go on with', body({ messages: [HELLO, { role: 'assistant', content: '{' }] }), 'prefill'],
    ['a block that is newer than we are', shows({ type: 'hologram' }), 'unknown_block'],
    ['a long name', body({ tools: [{ ...TOOL, name: `mcp__${'a'.repeat(60)}` }] }), 'long_tool_name'],
  ])('%s: is not carried by any server', (_name, request, word) => {
    expect(cannotCarry(request, ALL)).toBe(word);
  });

  test.each([
    ['an image', shows(image), 'images'],
    ['a PDF', shows(pdf), 'pdf'],
    ['an image of a result', shows({ type: 'tool_result', tool_use_id: 'a', content: [image] }), 'images'],
    ['an image of a document', shows({ type: 'document', source: { type: 'content', content: [image] } }), 'images'],
    ['a forced tool', body({ tools: [TOOL], tool_choice: { type: 'tool', name: 'save' } }), 'forced_tool'],
    ['any tool', body({ tools: [TOOL], tool_choice: { type: 'any' } }), 'forced_tool'],
    ['an answer of a form', body({ output_config: FORMAT }), 'structured_outputs'],
    ['an answer of a form, as it was asked for before', body({ output_format: FORMAT.format }), 'structured_outputs'],
  ])('%s: is carried by a server that has it, and by no other', (_name, request, word) => {
    expect(cannotCarry(request, ALL)).toBeUndefined();
    expect(cannotCarry(request, BARE)).toBe(word);
  });
});

test('an agent’s usual request goes anywhere', () => {
  const request = body({
    system: [{ type: 'text', text: 'You are an agent.', cache_control: { type: 'ephemeral' } }],
    thinking: { type: 'adaptive' },
    output_config: { effort: 'high' },
    metadata: { user_id: 'u' },
    tools: [{ ...TOOL, strict: true }],
    messages: [
      HELLO,
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: 'Eq' },
          { type: 'tool_use', id: 'toolu_1', name: 'save', input: {} },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' }] },
      { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'tool_reference', tool_name: 'x' }] }] },
    ],
  });
  expect(cannotCarry(request, BARE)).toBeUndefined();
});
