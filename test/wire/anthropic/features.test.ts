import fc from 'fast-check';
import { ANTHROPIC_FACTS } from '../../../lambda/hosts/anthropic/facts';
import { bedrockFacts } from '../../../lambda/hosts/bedrock/facts';
import { foundryFacts } from '../../../lambda/hosts/foundry/facts';
import { lacks } from '../../../lambda/hosts/host-facts';
import { vertexFacts } from '../../../lambda/hosts/vertex/facts';
import { requiredFeatures } from '../../../lambda/wire/anthropic/request/features';
import type { MessagesBody } from '../../../lambda/wire/anthropic/request/message-request';

const plain: MessagesBody = {
  model: 'claude-opus-5-5',
  max_tokens: 10,
  messages: [{ role: 'user', content: 'Hello' }],
};

function features(fields: object, headers: Record<string, string> = {}): readonly string[] {
  return requiredFeatures({ ...plain, ...fields }, headers);
}

const inMessage = (...content: object[]) => ({ messages: [{ role: 'user', content }] });

test('an ordinary conversation with tools, images and documents in it can go anywhere', () => {
  const messages = [
    { role: 'user', content: 'Read the files' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'read', input: {} }] },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: '…' }] },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: '…' } },
      ],
    },
  ];
  const tools = [
    { name: 'read', input_schema: { type: 'object' } },
    { type: 'custom', name: 'write', input_schema: { type: 'object' } },
    { type: 'bash_20250124', name: 'bash' },
    { type: 'memory_20250818', name: 'memory' },
  ];
  expect(
    features({ messages, tools, system: [{ type: 'text', text: '…', cache_control: { type: 'ephemeral' } }] }),
  ).toEqual([]);
});

test.each<[string, object]>([
  ['web_search', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
  ['web_search_dynamic', { tools: [{ type: 'web_search_20260209', name: 'web_search' }] }],
  ['web_fetch', { tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }],
  ['code_execution', { tools: [{ type: 'code_execution_20250825', name: 'code_execution' }] }],
  ['tool_search', { tools: [{ type: 'tool_search_tool_regex_20251119', name: 'tool_search_tool_regex' }] }],
  ['tool_search_bm25', { tools: [{ type: 'tool_search_tool_bm25_20251119', name: 'tool_search_tool_bm25' }] }],
  ['mcp_servers', { mcp_servers: [{ type: 'url', url: 'https://mcp.example.com', name: 'x' }] }],
  ['mcp_servers', { tools: [{ type: 'mcp_toolset', mcp_server_name: 'x' }] }],
  ['computer_toolset', { tools: [{ type: 'computer_toolset_20260801' }] }],
  ['browser_toolset', { tools: [{ type: 'browser_toolset_20260801' }] }],
  ['advisor', { tools: [{ type: 'advisor_20260301', name: 'advisor' }] }],
  ['structured_outputs', { tools: [{ name: 'a', strict: true, input_schema: { type: 'object' } }] }],
  ['structured_outputs', { output_config: { format: { type: 'json_schema', schema: {} } } }],
  ['structured_outputs', { output_format: { type: 'json_schema', schema: {} } }],
  ['container', { container: 'container_01' }],
  ['thread', { thread: { id: 'thread_01' } }],
  ['user_profile', { user_profile_id: 'uprof_01' }],
  ['billing_policy', { billing_policy: { type: 'billing_policy', bill_to: 'user_profile' } }],
  ['fallback_credit', { fallback_credit_token: 'fct_01' }],
  ['inference_geo=us', { inference_geo: 'us' }],
  ['url_source', inMessage({ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } })],
  ['file_id', inMessage({ type: 'document', source: { type: 'file', file_id: 'file_01' } })],
  ['container', inMessage({ type: 'container_upload', file_id: 'file_01' })],
  ['web_search', inMessage({ type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] })],
  ['code_execution', inMessage({ type: 'bash_code_execution_tool_result', tool_use_id: 'srvtoolu_1', content: {} })],
  ['tool_reference', inMessage({ type: 'tool_result', content: [{ type: 'tool_reference', tool_name: 'x' }] })],
  ['mcp_servers', inMessage({ type: 'mcp_tool_use', id: 'mcptoolu_1', name: 'x', server_name: 'x', input: {} })],
  ['server_side_fallback_history', inMessage({ type: 'fallback', from: {}, to: {} })],
  [
    'mid_conversation_system',
    {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'system', content: 'b' },
      ],
    },
  ],
])('%s is required by %j', (feature, fields) => {
  expect(features(fields)).toEqual([feature]);
});

test('skills need a container besides', () => {
  expect(features({ container: { skills: [{ type: 'anthropic', skill_id: 'pdf' }] } })).toEqual([
    'container',
    'skills',
  ]);
});

test('a URL image inside a tool result or a document is found too', () => {
  const image = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } };
  expect(features(inMessage({ type: 'tool_result', tool_use_id: 'toolu_1', content: [image] }))).toEqual([
    'url_source',
  ]);
  expect(features(inMessage({ type: 'document', source: { type: 'content', content: [image] } }))).toEqual([
    'url_source',
  ]);
});

test('a user profile is also required when only the header names it', () => {
  expect(features({}, { 'anthropic-user-profile-id': 'uprof_01' })).toEqual(['user_profile']);
});

test.each([
  { tools: [{ name: 'a', strict: false }] },
  { output_config: { effort: 'high', format: null } },
  { container: null, thread: null, mcp_servers: [], inference_geo: null },
  { inference_geo: 'global' },
  { billing_policy: { type: 'billing_policy', bill_to: 'self' } },
])('nothing is required by %j', (fields) => {
  expect(features(fields)).toEqual([]);
});

test('any JSON whatsoever is looked at without failing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue()),
      fc.dictionary(fc.constantFrom('tools', 'container', 'output_config'), fc.jsonValue()),
      (messages, rest) => {
        expect(Array.isArray(requiredFeatures({ ...rest, model: 'm', messages } as MessagesBody, {}))).toBe(true);
      },
    ),
  );
});

test('a message nested absurdly deep does not overflow the stack', () => {
  const content: unknown = JSON.parse(`${'[{"type":"tool_result","content":'.repeat(50_000)}[]${'}]'.repeat(50_000)}`);
  expect(features({ messages: [{ role: 'user', content }] })).toEqual([]);
});

const BEDROCK = bedrockFacts({}, false);
const VERTEX = vertexFacts({ location: 'global' });

test('api.anthropic.com lacks nothing', () => {
  for (const feature of ['web_search_dynamic', 'thread', 'file_id', 'inference_geo=us'])
    expect(lacks(ANTHROPIC_FACTS, feature)).toBe(false);
});

test('Vertex has the basic web search and no other', () => {
  expect(lacks(VERTEX, 'web_search')).toBe(false);
  expect(lacks(VERTEX, 'web_search_dynamic')).toBe(true);
  expect(lacks(BEDROCK, 'web_search')).toBe(true);
});

test('structured outputs work with older models on Bedrock and not with newer ones', () => {
  expect(lacks(bedrockFacts({}, true), 'structured_outputs')).toBe(false);
  expect(lacks(BEDROCK, 'structured_outputs')).toBe(true);
});

test('a Foundry deployment on Azure has no server tools', () => {
  expect(lacks(foundryFacts({ hosting: 'azure' }), 'web_search')).toBe(true);
  expect(lacks(foundryFacts({}), 'web_search')).toBe(false);
});

test('a request that must stay in a geography goes only to a cloud host that stays there', () => {
  expect(lacks(bedrockFacts({ profile: 'us' }, false), 'inference_geo=us')).toBe(false);
  expect(lacks(bedrockFacts({ profile: 'eu' }, false), 'inference_geo=us')).toBe(true);
  expect(lacks(VERTEX, 'inference_geo=us')).toBe(true);
});

test('a feature nobody has heard of keeps no host from trying', () => {
  expect(lacks(BEDROCK, 'toString')).toBe(false);
});

test('top-level cache_control is left out only for older models on Bedrock', () => {
  expect(bedrockFacts({}, true).leavesOut).toContain('cache_control');
  for (const facts of [BEDROCK, VERTEX, foundryFacts({})]) expect(facts.leavesOut).not.toContain('cache_control');
});

test('nothing is ever left out for api.anthropic.com', () => {
  expect(ANTHROPIC_FACTS.leavesOut).toEqual([]);
});
