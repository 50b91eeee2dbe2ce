import type { BodyFields } from '../../engine/host';
import { isObject } from '../../engine/json';
import { referenceInWords } from '../../wire/anthropic/request/tool-reference';

/** The request with words for the tools that were found by the client; the same object where none were. */
export function referencesInWords(body: BodyFields): BodyFields {
  const messages = changed(body['messages'], (message) => inContent(message, (block) => inContent(block, inWords)));
  return messages === body['messages'] ? body : { ...body, messages };
}

const inWords: Change = (block) =>
  block['type'] === 'tool_reference' ? { type: 'text', text: referenceInWords(block) } : block;

type Fields = Readonly<Record<string, unknown>>;
type Change = (value: Fields) => Fields;

function inContent(value: Fields, change: Change): Fields {
  const content = changed(value['content'], change);
  return content === value['content'] ? value : { ...value, content };
}

function changed(list: unknown, change: Change): unknown {
  if (!Array.isArray(list)) return list;
  const all = list.map((each: unknown) => (isObject(each) ? change(each) : each));
  return all.some((each, index) => each !== list[index]) ? all : list;
}
