import { advice, asked, atMost, type WallCase } from './wall-case';

const TO_BEDROCK = ['anthropic', 'bedrock-invoke'] as const;
const TO_VERTEX = ['anthropic', 'vertex'] as const;
const FROM_BEDROCK = ['bedrock-invoke', 'anthropic'] as const;
const DOWN = { kind: 'overloaded' } as const;

const KNOWN_BETA = 'interleaved-thinking-2025-05-14';
const NEW_BETA = 'not-invented-yet-2031-01-01';
const CONTEXT_BETA = 'context-management-2025-06-27';
const CONTEXT = { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } };
const asks = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const SAYS = { type: 'text', text: 'sim:events=60' } as const;
const CACHED = { ...SAYS, cache_control: { type: 'ephemeral' } } as const;
const SIGNATURE = 'c2ltdWxhdGVkIHNpZ25hdHVyZQ==';
const toolHistory = (id: string) => ({
  messages: [
    { role: 'user', content: 'Look it up.' },
    { role: 'assistant', content: [{ type: 'tool_use', id, name: 'look_up', input: { city: 'Oslo' } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'Rain.' }, SAYS] },
  ],
});
const THOUGHT = {
  messages: [
    { role: 'user', content: 'Think.' },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'A thought.', signature: SIGNATURE },
        { type: 'text', text: 'Done.' },
      ],
    },
    { role: 'user', content: [SAYS] },
  ],
};
const TOOL_SCHEMA = { type: 'object', properties: {} };

/** What users of other gateways have met when a request made for Anthropic went to a cloud. */
export const TRANSLATION_CASES: readonly WallCase[] = [
  {
    id: 'bedrock-rejects-beta',
    source: 'anthropics/claude-code#49370, #49648, #56595, #82549; BerriAI/litellm#19875, #19877',
    fault: 'Bedrock answers 400, invalid beta flag',
    chain: ['bedrock-invoke'],
    faults: [{ kind: 'invalid-beta', beta: NEW_BETA }],
    ask: { headers: { 'anthropic-beta': `${KNOWN_BETA},${NEW_BETA}` } },
    checks: [atMost(0, 2), advice({ check: 'names-dropped', field: NEW_BETA })],
  },
  {
    id: 'vertex-rejects-beta',
    source: 'BerriAI/litellm#14293, #19984, #6370, #17755; anthropics/claude-code#12429',
    fault: 'Vertex answers 400, unexpected value for anthropic-beta',
    chain: ['vertex'],
    faults: [{ kind: 'invalid-beta', beta: NEW_BETA }],
    ask: { headers: { 'anthropic-beta': `${KNOWN_BETA},${NEW_BETA}` } },
    checks: [atMost(0, 2), advice({ check: 'names-dropped', field: NEW_BETA })],
  },
  {
    id: 'vertex-rejects-beta-while-counting',
    source: 'BerriAI/litellm#14293, #19984, #6370, #17755',
    fault: 'the same while tokens are counted',
    chain: ['vertex'],
    faults: [{ kind: 'invalid-beta', beta: NEW_BETA }],
    ask: { path: '/v1/messages/count_tokens', headers: { 'anthropic-beta': NEW_BETA } },
    checks: [atMost(0, 2)],
  },
  {
    id: 'betas-in-vertex-header',
    source: 'BerriAI/litellm#22321, #15299',
    fault: 'Anthropic is down: Vertex gets the betas as a header',
    chain: TO_VERTEX,
    faults: [DOWN],
    ask: { headers: { 'anthropic-beta': CONTEXT_BETA }, body: CONTEXT },
    checks: [{ check: 'sent', host: 1, betas: [CONTEXT_BETA], lacks: ['anthropic_beta'], has: ['context_management'] }],
  },
  {
    id: 'betas-in-bedrock-body',
    source: 'BerriAI/litellm#22321, #15299',
    fault: 'Anthropic is down: Bedrock gets the betas in the body',
    chain: TO_BEDROCK,
    faults: [DOWN],
    ask: { headers: { 'anthropic-beta': CONTEXT_BETA }, body: CONTEXT },
    checks: [{ check: 'sent', host: 1, betas: [CONTEXT_BETA], has: ['anthropic_beta', 'context_management'] }],
  },
  {
    id: 'beta-and-field-go-together',
    source: 'Wei-Shaw/sub2api#2726',
    fault: 'Bedrock rejects the beta of a field: the field goes too',
    chain: ['bedrock-invoke'],
    faults: [{ kind: 'invalid-beta', beta: CONTEXT_BETA }],
    ask: { headers: { 'anthropic-beta': CONTEXT_BETA }, body: CONTEXT },
    checks: [atMost(0, 2), { check: 'sent', host: 0, betas: [], lacks: ['context_management'] }],
  },
  {
    id: 'extra-inputs',
    source: 'anthropics/claude-code#49548, #51700, #14135; opencode#34694; BerriAI/litellm#27532',
    fault: 'Bedrock answers 400, context_management: extra inputs',
    chain: ['bedrock-invoke'],
    faults: [{ kind: 'unknown-field', field: 'context_management' }],
    ask: { headers: { 'anthropic-beta': CONTEXT_BETA }, body: CONTEXT },
    checks: [atMost(0, 2), advice({ check: 'names-dropped', field: 'context_management' })],
  },
  {
    id: 'cache-ttl-rejected',
    source: 'BerriAI/litellm#15880; maximhq/bifrost#4378; loreai#938',
    fault: 'Bedrock answers 400, cache_control.ttl: extra inputs',
    chain: ['bedrock-invoke'],
    faults: [{ kind: 'unknown-field', field: 'messages.*.content.*.cache_control.ttl' }],
    ask: { body: asks([{ ...SAYS, cache_control: { type: 'ephemeral', ttl: '1h' } }]) },
    checks: [
      atMost(0, 2),
      {
        check: 'sent',
        host: 0,
        has: ['messages.*.content.*.cache_control'],
        lacks: ['messages.*.content.*.cache_control.ttl'],
      },
    ],
  },
  {
    id: 'cache-ttl-survives',
    source: 'BerriAI/litellm#15880; maximhq/bifrost#4378; loreai#938; strands sdk-typescript#1089',
    fault: 'Anthropic is down: TTLs reach Bedrock in the order the client gave them; scope never does',
    chain: TO_BEDROCK,
    faults: [DOWN],
    ask: {
      body: {
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h', scope: 'global' } }],
        ...asks([CACHED]),
      },
    },
    checks: [
      {
        check: 'sent',
        host: 1,
        has: ['system.*.cache_control.ttl', 'messages.*.content.*.cache_control'],
        lacks: ['system.*.cache_control.scope'],
      },
    ],
  },
  {
    id: 'no-prompt-caching',
    source: 'BerriAI/litellm#7218; hermes-agent#70216',
    fault: 'Bedrock has no access to explicit prompt caching',
    chain: ['bedrock-invoke'],
    faults: [{ kind: 'no-prompt-caching' }],
    ask: { body: asks([CACHED]) },
    checks: [atMost(0, 2), { check: 'sent', host: 0, lacks: ['messages.*.content.*.cache_control'] }],
  },
  {
    id: 'structured-output',
    source: 'PostHog/posthog#71713',
    fault: 'Anthropic is down and Bedrock rejects output_config.format: it is skipped, not sent less',
    chain: ['anthropic', 'bedrock-invoke', 'anthropic'],
    faults: [DOWN],
    ask: { body: { output_config: { format: { type: 'json_schema', schema: TOOL_SCHEMA } } } },
    checks: [asked(1, 0), { check: 'sent', host: 2, has: ['output_config.format'] }],
  },
  {
    id: 'server-tool-in-history',
    source: 'PostHog/posthog#71713',
    fault: 'Anthropic is down, and Bedrock rejects the web search in the history: the next one is asked',
    chain: ['anthropic', 'bedrock-invoke', 'anthropic'],
    faults: [DOWN, { kind: 'unknown-field', field: 'messages.1.content.1' }],
    ask: {
      body: {
        messages: [
          { role: 'user', content: 'Search.' },
          {
            role: 'assistant',
            content: [
              { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'x' } },
              { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
            ],
          },
          { role: 'user', content: [SAYS] },
        ],
      },
    },
    checks: [advice(asked(1, 0)), { check: 'same-messages', host: 2 }],
  },
  {
    id: 'server-tool-without-a-host',
    source: 'anthropic-sdk-python#948; hebo-platform#451; BerriAI/litellm#36477, #28083, #35968',
    fault: 'a web search, and no host but Bedrock: an error that names the tool, never an answer without it',
    chain: ['bedrock-invoke'],
    faults: [],
    ask: { body: { tools: [{ type: 'web_search_20250305', name: 'web_search' }] } },
    ideal: 'error',
    checks: [{ check: 'status', is: 400 }, { check: 'untouched' }, atMost(0, 1)],
  },
  {
    id: 'tool-history-without-tools',
    source: 'BerriAI/litellm#40735, #31400; timothy#282',
    fault: 'Anthropic is down: Bedrock takes a history of tools without a list of tools',
    chain: TO_BEDROCK,
    faults: [DOWN],
    ask: { body: toolHistory('toolu_01Wall') },
    checks: [
      { check: 'sent', host: 1, path: '/invoke-with-response-stream$', lacks: ['tools'] },
      { check: 'same-messages', host: 1 },
    ],
  },
  {
    id: 'tool-ids-of-another-host',
    source: 'maximhq/bifrost#5097; BerriAI/litellm#28825; forgecode#2837',
    fault: 'Bedrock is down: Anthropic takes the ids that Bedrock gave',
    chain: FROM_BEDROCK,
    faults: [DOWN],
    ask: { body: toolHistory('toolu_bdrk_01Wall') },
    checks: [{ check: 'same-messages', host: 1 }],
  },
  {
    id: 'signature-goes-intact',
    source: 'can1357/oh-my-pi#10486, #333; quotio#218; mnfst#2337; pi#2063',
    fault: 'Anthropic is down: a thinking block’s signature reaches Bedrock as it is',
    chain: TO_BEDROCK,
    faults: [DOWN],
    ask: { body: THOUGHT },
    checks: [{ check: 'same-messages', host: 1 }],
  },
  {
    id: 'signature-rejected',
    source: 'can1357/oh-my-pi#10486, #333; quotio#218; mnfst#2337; pi#2063',
    fault: 'Bedrock rejects a thinking block’s signature: the client gets an answer all the same',
    chain: FROM_BEDROCK,
    faults: [{ kind: 'foreign-signature' }],
    ask: { body: THOUGHT },
    checks: [atMost(0, 2)],
  },
  {
    id: 'url-image',
    source: 'BerriAI/litellm#18430; vercel/ai#5523',
    fault: 'an image by URL, which Vertex does not fetch: it is skipped',
    chain: ['vertex', 'anthropic'],
    faults: [],
    ask: { body: asks([{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }, SAYS]) },
    checks: [asked(0, 0), { check: 'same-messages', host: 1 }],
  },
  {
    id: 'bedrock-needs-a-profile',
    source: 'cline#12926; neurolink#1380; suna#6897',
    fault: 'Anthropic is down: Bedrock is asked for an inference profile, not for a bare model',
    chain: TO_BEDROCK,
    faults: [DOWN],
    checks: [{ check: 'sent', host: 1, path: '^/model/[a-z-]+\\.anthropic\\.claude-' }],
  },
  {
    id: 'vertex-needs-its-version',
    source: 'clawvisor#156',
    fault: 'Anthropic is down: Vertex gets its version in the body, and no model',
    chain: TO_VERTEX,
    faults: [DOWN],
    checks: [{ check: 'sent', host: 1, has: ['anthropic_version'], lacks: ['model'] }],
  },
  {
    id: 'model-not-enabled',
    source: 'PostHog/posthog#71189; anthropics/claude-code#66594',
    fault: 'Bedrock has the model, but this account may not use it; five requests',
    chain: FROM_BEDROCK,
    faults: [{ kind: 'model-not-enabled' }],
    script: { kind: 'sequence', count: 5, everyS: 1 },
    checks: [{ check: 'served-during-outage' }, { check: 'rarely-asked-at-last', host: 0 }],
  },
  {
    id: 'dropped-is-visible',
    source: 'BerriAI/litellm#27039, #27074',
    fault: 'Anthropic is down and Bedrock has no service_tier: the client can see that it went',
    chain: TO_BEDROCK,
    faults: [DOWN],
    ask: { body: { service_tier: 'auto' } },
    checks: [{ check: 'names-dropped', field: 'service_tier' }],
  },
  {
    id: 'who-served',
    source: 'BerriAI/litellm#25503',
    fault: 'Anthropic is down: the answer names the model that was asked for, and the host that gave it',
    chain: TO_BEDROCK,
    faults: [DOWN],
    checks: [{ check: 'asked-model' }, { check: 'served-by', host: 1 }],
  },
];
