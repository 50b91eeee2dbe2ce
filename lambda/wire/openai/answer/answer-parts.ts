import { isObject, textOf, type JsonObject } from '../../../engine/json';

/** A piece of an answer. */
export type AnswerPart =
  | { readonly kind: 'thinking' | 'text' | 'refusal'; readonly text: string }
  | {
      readonly kind: 'call';
      /** Absent at some servers, and at others the same for all calls. */
      readonly index: number | undefined;
      /** Of a call's later pieces mostly empty, as is the name. */
      readonly id: string;
      readonly name: string;
      readonly args: string;
      readonly signature: string | undefined;
    };

/** What a delta, or a whole message, brings: thinking before text before calls. */
export function answerParts(delta: JsonObject): AnswerPart[] {
  const parts: AnswerPart[] = [];
  // Two names of one thing; some servers send both.
  add(parts, 'thinking', textOf(delta['reasoning_content']) || delta['reasoning']);
  addContent(parts, delta['content']);
  add(parts, 'refusal', delta['refusal']);
  const calls: readonly unknown[] = Array.isArray(delta['tool_calls']) ? delta['tool_calls'] : [];
  for (const call of calls) if (isObject(call)) parts.push(callPart(call));
  return parts;
}

function add(parts: AnswerPart[], kind: 'thinking' | 'text' | 'refusal', text: unknown): void {
  if (typeof text === 'string' && text !== '') parts.push({ kind, text });
}

/** Bedrock's GPT-OSS wraps each piece of its thinking so. */
const WRAPPED = /^<reasoning>([^]*?)<\/reasoning>/;

function addContent(parts: AnswerPart[], content: unknown): void {
  if (typeof content === 'string') {
    const wrapped = content.startsWith('<reasoning>') ? WRAPPED.exec(content) : null;
    add(parts, 'thinking', wrapped?.[1]);
    add(parts, 'text', wrapped === null ? content : content.slice(wrapped[0].length));
  } else if (Array.isArray(content)) {
    // Mistral's: chunks of kinds, and thinking is a list of chunks itself.
    for (const chunk of content.filter(isObject)) {
      const thought: readonly unknown[] = Array.isArray(chunk['thinking']) ? chunk['thinking'] : [];
      for (const inner of thought) add(parts, 'thinking', isObject(inner) ? inner['text'] : undefined);
      if (chunk['type'] === 'text') add(parts, 'text', chunk['text']);
    }
  }
}

function callPart(call: JsonObject): AnswerPart {
  const { index, id, function: called, extra_content: extra } = call;
  const { name, arguments: args } = isObject(called) ? called : ({} as JsonObject);
  const google = isObject(extra) && isObject(extra['google']) ? extra['google'] : {};
  return {
    kind: 'call',
    index: typeof index === 'number' ? index : undefined,
    id: textOf(id) ?? '',
    name: textOf(name) ?? '',
    // Some servers give the object itself.
    args: isObject(args) ? JSON.stringify(args) : (textOf(args) ?? ''),
    signature: textOf(google['thought_signature']),
  };
}
