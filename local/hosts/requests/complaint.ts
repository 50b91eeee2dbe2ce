import type { HostKind } from '../../../lib/contract';
import { isRecord, type Json } from '../../json';
import { mostTokens, publicName } from './model-facts';
import { messagesComplaint } from './messages-complaint';

interface Asked {
  readonly kind: HostKind;
  readonly model: string;
  readonly version: unknown;
  /** Fields this door carries elsewhere than in the body. */
  readonly foreign?: readonly string[];
  /** The least `max_tokens`: none may be missing then. */
  readonly least?: number;
}

/** What is wrong with the field's value, as a whole sentence. */
type Rule = (value: unknown, body: Json, asked: Asked) => string | undefined;

/** Server tools a kind of host has never heard of. */
const FOREIGN_TOOLS: Partial<Record<HostKind, RegExp>> = {
  bedrock: /^(web_search|web_fetch|code_execution|advisor)_\d+$/,
  vertex: /^(web_search_(?!20250305)|web_fetch_|code_execution_|advisor_)\d+$/,
};
const CHOICES = ['auto', 'any', 'tool', 'none'];
const LEAST_BUDGET = 1024;
const WITHOUT_SAMPLING = '2026-10-21';

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
const wrongTag = (path: string, tag: unknown, tags: string) =>
  `${path}: Input tag '${String(tag)}' found using 'type' does not match any of the expected tags: ${tags}`;

/** Gone with the new API version, at any value. */
const sampling =
  (field: string, rule: (value: unknown) => string | undefined): Rule =>
  (value, _, { version }) =>
    version === WITHOUT_SAMPLING ? `${field}: Extra inputs are not permitted` : rule(value);

const zeroToOne = (field: string) =>
  sampling(field, (value) => {
    if (typeof value !== 'number') return `${field}: Input should be a valid number`;
    return value < 0 || value > 1 ? `${field}: range: 0..1` : undefined;
  });

const toolsRule: Rule = (value, _, { kind }) => {
  if (!Array.isArray(value)) return 'tools: Input should be a valid array';
  const types = value.map((tool: unknown) => String(isRecord(tool) ? tool['type'] : undefined));
  const foreign = types.findIndex((type) => FOREIGN_TOOLS[kind]?.test(type));
  return foreign < 0 ? undefined : wrongTag(`tools.${foreign}`, types[foreign], `'bash_20250124', 'custom'`);
};

const thinkingRule: Rule = (value, body) => {
  if (!isRecord(value)) return 'thinking: Input should be an object';
  if (value['type'] === undefined) return 'thinking.type: Field required';
  if (value['type'] !== 'enabled') return undefined;
  const { budget_tokens: budget } = value;
  if (budget === undefined) return 'thinking.enabled.budget_tokens: Field required';
  if (!Number.isInteger(budget)) return 'thinking.enabled.budget_tokens: Input should be a valid integer';
  if (Number(budget) < LEAST_BUDGET) {
    return `thinking.enabled.budget_tokens: Input should be greater than or equal to ${LEAST_BUDGET}`;
  }
  return Number(body['max_tokens']) <= Number(budget)
    ? '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size'
    : undefined;
};

const outputRule: Rule = (value) => {
  if (!isRecord(value)) return 'output_config: Input does not match the expected shape.';
  const { format } = value;
  if (format === undefined || format === null) return undefined;
  if (!isRecord(format)) return 'output_config.format: Input should be an object';
  if (format['type'] === undefined) return 'output_config.format.type: Field required';
  return format['schema'] === undefined ? 'output_config.format.schema: Field required' : undefined;
};

const tokensRule: Rule = (value, _, { model, least = 0 }) => {
  const most = mostTokens(publicName(model));
  if (!Number.isInteger(value)) return 'max_tokens: Input should be a valid integer';
  if (Number(value) < least) return `max_tokens: must be greater than or equal to ${least}`;
  if (Number(value) <= most) return undefined;
  const limit = `${String(value)} > ${most}, which is the maximum allowed number of output tokens`;
  return `max_tokens: ${limit} for ${publicName(model)}`;
};

const stopsRule: Rule = (value) => {
  if (value === null) return undefined;
  if (!Array.isArray(value)) return 'stop_sequences: Input should be a valid array';
  const wrong = value.findIndex((stop) => typeof stop !== 'string');
  if (wrong >= 0) return `stop_sequences.${wrong}: Input should be a valid string`;
  return value.some((stop) => String(stop).trim() === '')
    ? 'stop_sequences: each stop sequence must contain non-whitespace'
    : undefined;
};

const choiceRule: Rule = (value, { thinking }) => {
  if (!isRecord(value)) return 'tool_choice: Input should be an object';
  if (value['type'] === undefined) return 'tool_choice.type: Field required';
  const forces = value['type'] === 'any' || value['type'] === 'tool';
  if (forces && isRecord(thinking) && thinking['type'] !== 'disabled') {
    return 'Thinking may not be enabled when tool_choice forces tool use.';
  }
  return CHOICES.includes(String(value['type'])) ? undefined : wrongTag('tool_choice', value['type'], quoted(CHOICES));
};

/** In the order in which the API itself looks at them. */
const RULES: readonly (readonly [field: string, rule: Rule])[] = [
  ['tool_choice', choiceRule],
  ['tools', toolsRule],
  ['messages', messagesComplaint],
  [
    'system',
    (value) =>
      typeof value === 'string' || Array.isArray(value) ? undefined : 'system: Input should be a valid array',
  ],
  ['output_config', outputRule],
  ['max_tokens', tokensRule],
  ['thinking', thinkingRule],
  ['stop_sequences', stopsRule],
  ['temperature', zeroToOne('temperature')],
  [
    'top_k',
    sampling('top_k', (value) => (Number.isInteger(value) ? undefined : 'top_k: Input should be a valid integer')),
  ],
  ['top_p', zeroToOne('top_p')],
  ['stream', (value) => (typeof value === 'boolean' ? undefined : 'stream: Input should be a valid boolean')],
];

/** What the model's API has against a request, in its own words: the first thing it finds. */
export function complaint(body: Json, asked: Asked): string | undefined {
  const extra = asked.foreign?.find((field) => body[field] !== undefined);
  if (extra) return `${extra}: Extra inputs are not permitted`;
  for (const [field, rule] of RULES) {
    const value = body[field];
    if (value !== undefined) {
      const wrong = rule(value, body, asked);
      if (wrong) return wrong;
    } else if (field === 'messages' || (field === 'max_tokens' && asked.least !== undefined)) {
      return `${field}: Field required`;
    }
  }
  return undefined;
}
