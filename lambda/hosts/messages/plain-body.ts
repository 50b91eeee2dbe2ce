import type { NamedFeature } from '../../../lib/contract/features';
import type { BodyFields } from '../../engine/host';
import { isObject } from '../../engine/json';
import { dropField } from '../drop-field';
import { FIRST_PARTY_FIELDS } from '../host-traits';
import { instructionsFirst } from './instructions-first';
import { referencesInWords } from './references-in-words';

/** What servers of this wire that are not Claude's may refuse, and an answer does without. What it does not is a feature. */
const LEFT_OUT: readonly string[] = [
  ...FIRST_PARTY_FIELDS,
  'context_management',
  'cache_control',
  'system.*.cache_control',
  'tools.*.cache_control',
  'messages.*.content.*.cache_control',
  'messages.*.content.*.content.*.cache_control',
  'tools.*.eager_input_streaming',
  'tools.*.allowed_callers',
  'tools.*.input_examples',
  'fallback_credit_token',
];

/** Left out where the server lacks what they ask for. */
const BY_FEATURE: readonly (readonly [field: string, feature: NamedFeature])[] = [
  ['output_config.format', 'structured_outputs'],
  ['tools.*.strict', 'structured_outputs'],
  ['tools.*.defer_loading', 'tool_search'],
];

const THINKING: ReadonlySet<unknown> = new Set(['thinking', 'redacted_thinking']);

export interface PlainBody {
  readonly fields: BodyFields;
  /** The names of what is gone, or is no longer where it was. */
  readonly dropped: readonly string[];
}

/** The request without what only Claude's own hosts understand, and without what this server lacks. */
export function plainBody(body: BodyFields, lacks: readonly string[]): PlainBody {
  const { thinking, output_config: output } = body;
  // Which of its newer forms a server knows, nobody can tell; the first is known to all that think.
  const isCommon = !isObject(thinking) || thinking['type'] === 'enabled';
  const dropped: string[] = [];
  let fields = body;
  const leftOut = [
    ...(isCommon ? [] : ['thinking']),
    ...LEFT_OUT,
    // Of the answer only its form is known elsewhere.
    ...(isObject(output) ? Object.keys(output).filter((name) => name !== 'format') : []).map(
      (name) => `output_config.${name}`,
    ),
    ...BY_FEATURE.filter(([, feature]) => lacks.includes(feature)).map(([field]) => field),
  ];
  for (const field of leftOut) {
    const without = dropField(fields, field);
    if (without !== fields) dropped.push(field);
    fields = without;
  }
  const unsigned = withoutThoughts(fields);
  if (unsigned !== fields) dropped.push('messages.thinking');
  const ordered = lacks.includes('mid_conversation_system') ? instructionsFirst(unsigned) : unsigned;
  if (ordered !== unsigned) dropped.push('messages.system');
  return { fields: lacks.includes('tool_reference') ? referencesInWords(ordered) : ordered, dropped };
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
