import { isObject, parseJson } from '../../../engine/json';
import type { BodyFields } from '../../../engine/host';

/** What users and tools say in a request: of every turn, for its client may have written any of them anew. */
export function inputTexts(body: BodyFields): string[] {
  const messages: unknown = body['messages'];
  const users = list(messages).filter((message) => isObject(message) && message['role'] !== 'assistant');
  return users.flatMap((message) => (isObject(message) ? textsOf(message['content']) : []));
}

/** What a model says in an answer, whole or as the events of a stream. */
export function outputText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const whole = parseJson(text);
  if (isObject(whole)) return textsOf(whole['content']).join('\n');
  return text
    .split('\n')
    .map((line) => (line.startsWith('data: ') ? parseJson(line.slice('data: '.length)) : undefined))
    .map((event) => (isObject(event) && isObject(event['delta']) ? event['delta']['text'] : undefined))
    .filter((delta) => typeof delta === 'string')
    .join('');
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  return list(content).flatMap((block) => {
    if (!isObject(block)) return [];
    const { text, source, content: inner } = block;
    const data = isObject(source) && source['type'] === 'text' ? source['data'] : undefined;
    const parts = isObject(source) ? textsOf(source['content']) : [];
    return [text, data].filter((each) => typeof each === 'string').concat(parts, textsOf(inner));
  });
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
