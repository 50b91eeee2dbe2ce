import { anthropic } from '../../../local/hosts/faults/error-spec';
import { ERROR_TABLE } from '../../../local/hosts/faults/error-table';
import { invalid } from '../../../local/hosts/wires/wire';
import type { Attack, Hostility, ScriptedRefusal } from '../incident';
import type { HostName } from '../world/chain';
import { MODEL, textOf, type Turn } from '../world/traffic';

/** What concerns the clouds only shows where one of them comes first. */
const CLOUDS_FIRST: readonly HostName[] = ['bedrock-a', 'bedrock-b', 'vertex', 'anthropic'];

const BETA = 'context-management-2025-06-27';
const EDITS = { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } };
const WITH_BETA: Attack = { headers: { 'anthropic-beta': BETA }, fields: EDITS };
const EXTRA = 'Extra inputs are not permitted';

/** The host has this to say of every body in which that stands. */
const refusing =
  (text: string, message: string, unless?: (headers: Readonly<Record<string, string>>) => boolean): ScriptedRefusal =>
  ({ body, headers }, kind) =>
    textOf(body).includes(text) && !unless?.(headers) ? invalid(kind, message) : undefined;

const question = ({ number }: Turn): string => `turn ${number}.`;
const cached = { cache_control: { type: 'ephemeral', ttl: '1h' } };
const asking = (...content: readonly object[]): Attack => ({ fields: { messages: [{ role: 'user', content }] } });

const DEPTH = 100_000;
const nested = '['.repeat(DEPTH) + ']'.repeat(DEPTH);

/** Each kind of thing that lives on one host, and what is said of one that is not there. */
const GONE = [
  'File not found: file_011',
  'Skill skill_011 not found',
  'Container container_011 not found',
  'Thread thread_011 not found',
];

export const HOSTILE_CLIENTS: readonly Hostility[] = [
  {
    id: 'short-budgets',
    title: '`x-failover-budget` of 5 and of 900 ms',
    attack: ({ number }) => ({ headers: { 'x-failover-budget': number % 100 < 50 ? '900' : '5' } }),
  },
  { id: 'leaves', title: 'goes away after half a second', attack: () => ({ leavesAfterMs: 500 }) },
  {
    id: 'deep-body',
    title: 'a body nested 100,000 deep',
    chain: CLOUDS_FIRST,
    attack: (turn) => ({
      body: Buffer.from(
        `{"model":"${MODEL}","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"${question(turn)}"}],"x":${nested}}`,
      ),
    }),
  },
  {
    id: 'not-latin-1',
    title: 'a header value outside Latin-1',
    attack: () => ({ headers: { 'anthropic-beta': '再見' } }),
  },
  {
    id: 'field-without-beta',
    title: 'a field without the beta it needs',
    chain: CLOUDS_FIRST,
    attack: () => ({ fields: EDITS }),
    others: () => WITH_BETA,
    refusal: refusing('"context_management"', `context_management: ${EXTRA}`, (headers) =>
      (headers['anthropic-beta'] ?? '').includes(BETA),
    ),
  },
  {
    id: 'beta-in-body',
    title: 'betas in the body',
    chain: CLOUDS_FIRST,
    attack: () => ({ ...WITH_BETA, fields: { anthropic_beta: ['made-up-2026-01-01'] } }),
    others: () => WITH_BETA,
    refusal: refusing('"anthropic_beta"', `anthropic_beta: ${EXTRA}`),
  },
  {
    id: 'refused-beta',
    title: 'betas that hosts refuse, each time another',
    chain: CLOUDS_FIRST,
    attack: ({ number }) => ({ headers: { 'anthropic-beta': `${BETA},made-up-${number}` } }),
    others: () => WITH_BETA,
    refusal: ({ headers }, kind) =>
      headers['anthropic-beta']?.includes('made-up') ? ERROR_TABLE['invalid-beta'][kind] : undefined,
  },
  {
    id: 'count-tokens',
    title: 'a field that counting tokens refuses',
    chain: ['vertex', 'bedrock-a', 'bedrock-b', 'anthropic'],
    attack: () => ({ ...WITH_BETA, path: '/v1/messages/count_tokens' }),
    others: () => WITH_BETA,
    refusal: ({ path }, kind) => (path.includes('count') ? invalid(kind, `context_management: ${EXTRA}`) : undefined),
  },
  {
    id: 'nested-ttl',
    title: '`cache_control.ttl` inside a `tool_result`',
    chain: CLOUDS_FIRST,
    attack: (turn) =>
      asking({
        type: 'tool_result',
        tool_use_id: 'toolu_1',
        content: [{ type: 'text', text: question(turn), ...cached }],
      }),
    others: (turn) => asking({ type: 'text', text: question(turn), ...cached }),
    refusal: refusing(
      '"tool_result"',
      `messages.0.content.0.tool_result.content.0.text.cache_control.ttl: ${EXTRA}`,
      () => false,
    ),
  },
  {
    id: 'own-404',
    title: '404 of its own file, skill, container, thread',
    attack: ({ number }) => ({ fields: { container: { id: 'container_011', gone: GONE[number % GONE.length] } } }),
    refusal: ({ body }) => {
      const text = textOf(body);
      const gone = GONE.find((message) => text.includes(message));
      return gone === undefined ? undefined : anthropic(404, 'not_found_error', gone);
    },
  },
  {
    id: 'bad-requests',
    title: 'the same bad request again and again',
    chain: CLOUDS_FIRST,
    attack: () => ({ fields: { thinking: { type: 'changed' } } }),
    refusal: refusing(
      '"changed"',
      'messages.1.content.0: `thinking` blocks in the latest assistant message cannot be modified',
    ),
  },
  {
    id: 'file-paths',
    title: 'paths that lead out of `/v1/files`',
    attack: () => ({ method: 'GET', path: '/v1/files/%2e%2e/organizations/api_keys' }),
    refusal: ({ path }) => (path.startsWith('/v1/files') ? anthropic(404, 'not_found_error', 'Not found') : undefined),
  },
];
