import type { BodyFields } from '../../engine/host';
import { isObject } from '../../engine/json';
import { dropField } from '../drop-field';
import { FIRST_PARTY_FIELDS } from '../host-traits';

/** What servers of this wire that are not Claude's may refuse, and an answer does without. What it does not is a feature. */
const LEFT_OUT: readonly string[] = [
  ...FIRST_PARTY_FIELDS,
  'context_management',
  'output_config',
  'cache_control',
  'system.*.cache_control',
  'tools.*.cache_control',
  'messages.*.content.*.cache_control',
  'messages.*.content.*.content.*.cache_control',
  'tools.*.eager_input_streaming',
  'tools.*.allowed_callers',
  'tools.*.input_examples',
  'tools.*.strict',
  'fallback_credit_token',
];

const THINKING: ReadonlySet<unknown> = new Set(['thinking', 'redacted_thinking']);

/** The request without what only Claude's own hosts understand; the names of what is gone. */
export function plainBody(body: BodyFields): { readonly fields: BodyFields; readonly dropped: readonly string[] } {
  const { thinking } = body;
  // Which of its newer forms a server knows, nobody can tell; the first is known to all that think.
  const isCommon = !isObject(thinking) || thinking['type'] === 'enabled';
  const dropped: string[] = [];
  let fields = body;
  for (const field of isCommon ? LEFT_OUT : ['thinking', ...LEFT_OUT]) {
    const without = dropField(fields, field);
    if (without !== fields) dropped.push(field);
    fields = without;
  }
  const unsigned = withoutThoughts(fields);
  return unsigned === fields ? { fields, dropped } : { fields: unsigned, dropped: [...dropped, 'messages.thinking'] };
}

/** Of another model's thinking no server can make anything: it is signed, or sealed, for its own. */
function withoutThoughts(body: BodyFields): BodyFields {
  const { messages } = body;
  if (!Array.isArray(messages)) return body;
  const kept = messages.map((message: unknown) => {
    if (!isObject(message) || !Array.isArray(message['content'])) return message;
    const content = message['content'].filter((block: unknown) => !isObject(block) || !THINKING.has(block['type']));
    return content.length === message['content'].length ? message : { ...message, content };
  });
  if (kept.every((message, index) => message === messages[index])) return body;
  return { ...body, messages: kept.filter((message) => !isObject(message) || !isEmpty(message['content'])) };
}

const isEmpty = (content: unknown): boolean => Array.isArray(content) && content.length === 0;
