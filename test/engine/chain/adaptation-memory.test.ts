import { AdaptationMemory } from '../../../lambda/engine/chain/adaptation-memory';
import { ANTHROPIC_FACTS } from '../../../lambda/hosts/anthropic/facts';
import { bedrockFacts } from '../../../lambda/hosts/bedrock/facts';
import { foundryFacts } from '../../../lambda/hosts/foundry/facts';
import { HOST_ERRORS } from '../../../lambda/hosts/errors/every-error';
import { vertexFacts } from '../../../lambda/hosts/vertex/facts';
import { requestedBetas } from '../../../lambda/wire/anthropic/request/betas';
import { lessonOf } from '../../../lambda/wire/anthropic/request/lesson';
import type { ErrorFacts } from '../../../lambda/engine/failure/failure';
import type { Host, LessonCall } from '../../../lambda/engine/host';
import type { MessagesBody } from '../../../lambda/wire/anthropic/request/message-request';
import bedrock from '../../fixtures/errors/bedrock.json';
import vertex from '../../fixtures/errors/vertex.json';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const MODEL = 'claude-opus-4-6';

const body: MessagesBody = {
  model: MODEL,
  messages: [{ role: 'user', content: 'Hello' }],
  context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
  output_config: { effort: 'high' },
};

const CONTEXT = 'context-management-2025-06-27';

function call(betas = '', fields: object = {}) {
  return { endpoint: 'messages' as const, headers: { 'anthropic-beta': betas }, body: { ...body, ...fields } };
}

function versioned(version: string): LessonCall {
  return { ...call(), headers: { 'anthropic-version': version } };
}

function recorded({ status, headers, body: text }: { status: number; headers: object; body: string }): ErrorFacts {
  return HOST_ERRORS.readAnswer(status, { ...headers }, new TextEncoder().encode(text));
}

function saying(message: string): ErrorFacts {
  return { source: 'anthropic', type: 'invalid_request_error', code: undefined, message };
}

/** As hosts tell requests apart for which a doubtful lesson holds. */
const alike = ({ headers }: LessonCall): string =>
  [headers['anthropic-version'], ...requestedBetas(headers).sort()].join();

const KINDS = {
  anthropic: ANTHROPIC_FACTS,
  'claude-platform-aws': ANTHROPIC_FACTS,
  foundry: foundryFacts({}),
  bedrock: bedrockFacts({}, false),
  vertex: vertexFacts({ location: 'global' }),
};

const get = (host: string, model: string, now: number, asked: LessonCall = call()) =>
  memory.get({ name: host, alike }, model, asked, now);

/** As a host of that kind takes it. */
function learn(
  name: string,
  kind: keyof typeof KINDS,
  model: string,
  facts: ErrorFacts,
  refused: LessonCall,
  now: number,
) {
  const { lagging } = KINDS[kind];
  const lesson: Host['lessonOf'] = lagging && ((said, sent, known) => lessonOf(lagging, said, sent, known));
  return memory.learn({ name, alike, ...(lesson && { lessonOf: lesson }) }, model, facts, refused, now);
}

let memory: AdaptationMemory;
beforeEach(() => {
  memory = new AdaptationMemory();
});

test('Bedrock names no flag: first those go that are on no list, then all, then the next host is the answer', () => {
  const facts = recorded(bedrock['invalid beta flag']);
  const refused = call('something-new-2027-01-01,interleaved-thinking-2025-05-14,context-management-2025-06-27');
  expect(learn('bedrock', 'bedrock', MODEL, facts, refused, NOW)).toEqual({
    dropBetas: ['something-new-2027-01-01'],
    dropFields: [],
  });
  // Kept for those who ask alike, and for nobody else.
  expect(get('bedrock', MODEL, NOW, refused)?.dropBetas).toEqual(['something-new-2027-01-01']);
  expect(get('bedrock', MODEL, NOW)).toBeUndefined();
  expect(learn('bedrock', 'bedrock', MODEL, facts, refused, NOW)).toEqual({
    dropBetas: ['something-new-2027-01-01', 'interleaved-thinking-2025-05-14', 'context-management-2025-06-27'],
    dropFields: ['context_management'],
  });
});

test('a flag that may be innocent is left out of this request, and of no other', () => {
  const facts = recorded(bedrock['invalid beta flag']);
  const refused = call('something-new-2027-01-01,something-newer-2027-02-02');
  expect(learn('bedrock', 'bedrock', MODEL, facts, refused, NOW)?.dropBetas).toHaveLength(2);
  expect(get('bedrock', MODEL, NOW)).toBeUndefined();
});

test('of several flags the one that the host names goes alone', () => {
  const facts = saying('invalid beta flag: something-new-2027-01-01');
  const refused = call('interleaved-thinking-2025-05-14,something-new-2027-01-01,something-newer-2027-02-02');
  expect(learn('bedrock', 'bedrock', MODEL, facts, refused, NOW)?.dropBetas).toEqual(['something-new-2027-01-01']);
  expect(get('bedrock', MODEL, NOW, refused)?.dropBetas).toEqual(['something-new-2027-01-01']);
});

test('flags in the body are the client’s own: their refusal teaches nothing', () => {
  const refused = call('interleaved-thinking-2025-05-14', { anthropic_beta: ['junk'] });
  expect(learn('bedrock', 'bedrock', MODEL, recorded(bedrock['invalid beta flag']), refused, NOW)).toBeUndefined();
});

test('Vertex names the flag, and only that one goes', () => {
  const refused = call('context-1m-2025-08-07,something-new-2027-01-01');
  expect(learn('vertex', 'vertex', MODEL, recorded(vertex['beta header']), refused, NOW)).toEqual({
    dropBetas: ['context-1m-2025-08-07'],
    dropFields: [],
  });
});

test('a refused field goes together with its flag', () => {
  const refused = call('context-management-2025-06-27,interleaved-thinking-2025-05-14');
  expect(learn('bedrock', 'bedrock', MODEL, recorded(bedrock['context management']), refused, NOW)).toEqual({
    dropBetas: ['context-management-2025-06-27'],
    dropFields: ['context_management'],
  });
});

test('output_config goes while it holds only effort, and stays when it holds the format of the answer', () => {
  const facts = recorded(bedrock['extraneous key']);
  const structured = call('', { output_config: { format: { type: 'json_schema', schema: {} } } });
  expect(learn('bedrock', 'bedrock', MODEL, facts, structured, NOW)).toBeUndefined();
  expect(learn('bedrock', 'bedrock', MODEL, facts, call(), NOW)?.dropFields).toEqual(['output_config']);
});

test.each([
  ['tools.0.custom.eager_input_streaming: Extra inputs are not permitted', 'tools.*.eager_input_streaming'],
  ['system.2.cache_control.ephemeral.scope: Extra inputs are not permitted', 'system.*.cache_control.scope'],
  ['messages.0.content.1.text.cache_control: Extra inputs are not permitted', 'messages.*.content.*.cache_control'],
  ['Malformed input request: #/tools/0: extraneous key [defer_loading] is not permitted', 'tools.*.defer_loading'],
  [
    'messages.0.content.1.tool_result.content.0.text.cache_control.ephemeral.ttl: Extra inputs are not permitted',
    'messages.*.content.*.content.*.cache_control.ttl',
  ],
  [
    'messages.4.content.0.text.cache_control.ephemeral.ttl: Extra inputs are not permitted',
    'messages.*.content.*.cache_control.ttl',
  ],
  ['output_config.effort: Extra inputs are not permitted', 'output_config.effort'],
])('"%s" teaches to leave out %s', (message, field) => {
  expect(learn('bedrock', 'bedrock', MODEL, saying(message), call(), NOW)?.dropFields).toEqual([field]);
});

test.each([
  'tools.0.custom.strict: Extra inputs are not permitted',
  'mcp_servers: Extra inputs are not permitted',
  'thinking.budget: Extra inputs are not permitted',
  'metadata: Extra inputs are not permitted, tools.0.custom.strict: Extra inputs are not permitted',
  'messages.0.cache_control: Extra inputs are not permitted',
  'messages.0.metadata: Extra inputs are not permitted',
  'messages: at least one message is required',
])('"%s" is for another host, not for leaving something out', (message) => {
  expect(learn('bedrock', 'bedrock', MODEL, saying(message), call('effort-2025-11-24'), NOW)).toBeUndefined();
});

test('an account without prompt caching is asked without cache marks', () => {
  expect(learn('bedrock', 'bedrock', MODEL, recorded(bedrock['prompt caching']), call(), NOW)?.dropFields).toEqual([
    'cache_control',
    'system.*.cache_control',
    'tools.*.cache_control',
    'messages.*.content.*.cache_control',
    'messages.*.content.*.content.*.cache_control',
  ]);
});

test('a field that came without the flag it needs is refused by everybody, and teaches nothing', () => {
  const facts = recorded(bedrock['context management']);
  expect(learn('bedrock', 'bedrock', MODEL, facts, call('interleaved-thinking-2025-05-14'), NOW)).toBeUndefined();
  for (const [field, beta] of [
    ['output_config.task_budget', 'task-budgets-2026-03-13'],
    ['speed', 'fast-mode-2026-02-01'],
  ]) {
    const refusal = saying(`${field}: Extra inputs are not permitted`);
    expect(learn('bedrock', 'bedrock', MODEL, refusal, call(), NOW)).toBeUndefined();
    expect(learn('bedrock', 'bedrock', MODEL, refusal, call(beta), NOW)?.dropBetas).toContain(beta);
  }
});

test('what the count of tokens is refused, a message still has', () => {
  const counting = { ...call(), endpoint: 'count_tokens' as const };
  const facts = saying('metadata: Extra inputs are not permitted');
  expect(learn('bedrock', 'bedrock', MODEL, facts, counting, NOW)?.dropFields).toEqual(['metadata']);
  expect(get('bedrock', MODEL, NOW)).toBeUndefined();
  expect(get('bedrock', MODEL, NOW, counting)?.dropFields).toEqual(['metadata']);
});

test.each([
  ['bedrock', 'bedrock-2023-05-31'],
  ['vertex', 'vertex-2023-10-16'],
] as const)('an API version that %s does not know becomes its own, once', (kind, version) => {
  const facts = recorded(bedrock['api version']);
  expect(learn(kind, kind, MODEL, facts, versioned('2026-10-21'), NOW)).toEqual({
    dropBetas: [],
    dropFields: [],
    version,
  });
  expect(learn(kind, kind, MODEL, facts, versioned('2026-10-21'), NOW)).toBeUndefined();
});

test('an API version that a client has invented does not change what the others send', () => {
  const facts = recorded(bedrock['api version']);
  const lesson = learn('bedrock', 'bedrock', MODEL, facts, versioned('2099-01-01'), NOW);
  expect(lesson?.version).toBe('bedrock-2023-05-31');
  expect(get('bedrock', MODEL, NOW)).toBeUndefined();
});

test('lessons add up and are kept for the host and model they came from', () => {
  learn('bedrock', 'bedrock', MODEL, recorded(bedrock['api version']), versioned('2026-10-21'), NOW);
  learn('bedrock', 'bedrock', MODEL, recorded(bedrock['context management']), call(CONTEXT), NOW);
  expect(get('bedrock', MODEL, NOW)).toEqual({
    dropBetas: [CONTEXT],
    dropFields: ['context_management'],
    version: 'bedrock-2023-05-31',
  });
  expect(get('bedrock', 'claude-opus-5-5', NOW)).toBeUndefined();
  expect(get('bedrock-eu', MODEL, NOW)).toBeUndefined();
});

test('a host that has caught up gets the feature back after an hour', () => {
  learn('bedrock', 'bedrock', MODEL, recorded(bedrock['context management']), call(CONTEXT), NOW);
  expect(get('bedrock', MODEL, NOW + HOUR - 1)).toBeDefined();
  expect(get('bedrock', MODEL, NOW + HOUR)).toBeUndefined();
});

test('nothing is ever left out for a host with Anthropic’s own schema', () => {
  const facts = recorded(bedrock['context management']);
  for (const kind of ['anthropic', 'foundry', 'claude-platform-aws'] as const) {
    expect(learn(kind, kind, MODEL, facts, call('effort-2025-11-24'), NOW)).toBeUndefined();
  }
});

test('clients that invent flags push only each other out of the memory', () => {
  const facts = recorded(bedrock['invalid beta flag']);
  const honest = call('something-new-2027-01-01');
  learn('bedrock', 'bedrock', MODEL, facts, honest, NOW);
  for (let i = 0; i < 5000; i++) {
    learn('bedrock', 'bedrock', MODEL, facts, call(`junk-${i}`), NOW);
    expect(get('bedrock', MODEL, NOW, honest)?.dropBetas).toEqual(['something-new-2027-01-01']);
  }
  expect(get('bedrock', MODEL, NOW, call('junk-0'))).toBeUndefined();
});
