import { isRecord, records, type Json } from '../../json';
import { scriptedTurn, type ScriptPart } from './script';

/** What of a request decides the simulated answer. */
export interface Prompt {
  /** Text of the last user message. */
  readonly text: string;
  readonly answersTool: boolean;
  readonly thinks: boolean;
  readonly citable: Json | undefined;
  readonly clientTool: Json | undefined;
  /** `tool_choice` leaves no room for prose. */
  readonly mustCall: boolean;
  /** Of `output_config.format`. */
  readonly schema: Json | undefined;
  readonly searches: boolean;
  readonly maxTokens: number;
  /** `sim:bytes=…`, `sim:events=…` and `sim:delay=…` in the text. */
  readonly wants: { readonly bytes?: number; readonly events?: number; readonly delay?: number };
  /** `sim:refused-by=…`: Anthropic's id of the model that refuses before it says anything. */
  readonly refusedBy: string | undefined;
  readonly script: readonly ScriptPart[] | undefined;
}

const MOST = { bytes: 100_000_000, events: 100_000, delay: 60_000 } as const;
type Want = keyof typeof MOST;

function wants(text: string): Prompt['wants'] {
  const found = [...text.matchAll(/\bsim:(bytes|events|delay)=(\d+)\b/g)];
  return Object.fromEntries(found.map(([, name, value]) => [name, Math.min(Number(value), MOST[name as Want])]));
}

export function readPrompt(body: Json): Prompt {
  const last = records(body['messages']).findLast(({ role }) => role === 'user');
  const blocks =
    typeof last?.['content'] === 'string' ? [{ type: 'text', text: last['content'] }] : records(last?.['content']);
  const text = blocks
    .map((block) => (typeof block['text'] === 'string' ? block['text'] : ''))
    .join('\n')
    .trim();
  const tools = records(body['tools']);
  const choice = isRecord(body['tool_choice']) ? body['tool_choice'] : {};
  const own = choice['type'] === 'none' ? [] : tools.filter(({ type }) => type === undefined || type === 'custom');
  const thinking = isRecord(body['thinking']) ? body['thinking']['type'] : undefined;
  return {
    text,
    answersTool: blocks.some(({ type }) => type === 'tool_result'),
    thinks: thinking === 'enabled' || thinking === 'adaptive',
    citable: records(last?.['content']).find(
      ({ type, citations }) => type === 'document' && isRecord(citations) && citations['enabled'] === true,
    ),
    clientTool: own.find(({ name }) => name === choice['name']) ?? own[0],
    mustCall: choice['type'] === 'any' || choice['type'] === 'tool',
    schema: schemaOf(body),
    searches: tools.some(({ type }) => String(type).startsWith('web_search_')),
    maxTokens: typeof body['max_tokens'] === 'number' ? body['max_tokens'] : Infinity,
    wants: wants(text),
    refusedBy: /\bsim:refused-by=([\w.-]+)/.exec(text)?.[1],
    script: scriptedTurn(body),
  };
}

function schemaOf({ output_config: config }: Json): Json | undefined {
  const format = isRecord(config) && isRecord(config['format']) ? config['format'] : {};
  return format['type'] === 'json_schema' && isRecord(format['schema']) ? format['schema'] : undefined;
}

/** Four characters a token, over every string in the value. */
export function estimateTokens(value: unknown): number {
  return Math.ceil(countCharacters(value) / 4);
}

function countCharacters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, child) => sum + countCharacters(child), 0);
}
