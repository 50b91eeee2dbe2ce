import type { ChatCompletionContentPart } from 'openai/resources/chat/completions';
import { isObject, textOf, type JsonObject } from '../../../engine/json';
import { referenceInWords } from '../../anthropic/request/tool-reference';

type Parts = ChatCompletionContentPart[];

/** How each kind of block is written here; those that are not have no place, see cannot-carry.ts. */
const BLOCKS: ReadonlyMap<unknown, (block: JsonObject, dropped: Set<string>) => Parts> = new Map([
  ['text', ({ text }: JsonObject): Parts => textPart(textOf(text) ?? '')],
  ['image', image],
  ['document', document],
  ['search_result', searchResult],
  ['tool_reference', (block: JsonObject): Parts => textPart(referenceInWords(block))],
]);

export function chatParts(content: unknown, dropped: Set<string>): Parts {
  if (typeof content === 'string') return textPart(content);
  return listOf(content).flatMap((block) => {
    if (block['cache_control'] != null) dropped.add('cache_control');
    return BLOCKS.get(block['type'])?.(block, dropped) ?? [];
  });
}

export const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Text alone goes as text, which every server takes. */
export function contentOf(parts: Parts, between = '\n\n'): string | Parts {
  return parts.every(isText) ? parts.map(({ text }) => text).join(between) : parts;
}

export function isText(part: ChatCompletionContentPart): part is Extract<typeof part, { type: 'text' }> {
  return part.type === 'text';
}

/** Empty ones are refused. */
function textPart(text: string): Parts {
  return text === '' ? [] : [{ type: 'text', text }];
}

function image({ source }: JsonObject): Parts {
  const from = isObject(source) ? source : {};
  const url = from['type'] === 'url' ? textOf(from['url']) : dataUrl(from);
  return url === undefined ? [] : [{ type: 'image_url', image_url: { url } }];
}

function document({ source, title, context }: JsonObject, dropped: Set<string>): Parts {
  const from = isObject(source) ? source : {};
  const name = textOf(title);
  const about = textPart([name, textOf(context)].filter((line) => line !== undefined).join('\n'));
  if (from['type'] === 'text') return [...about, ...textPart(textOf(from['data']) ?? '')];
  if (from['type'] === 'content') return [...about, ...chatParts(from['content'], dropped)];
  const file_data = dataUrl(from);
  return file_data === undefined
    ? []
    : [...about, { type: 'file', file: { filename: name ?? 'document.pdf', file_data } }];
}

function searchResult({ title, source, content }: JsonObject, dropped: Set<string>): Parts {
  const about = [title, source].map(textOf).filter((line) => line !== undefined);
  return [...textPart(about.join('\n')), ...chatParts(content, dropped)];
}

function dataUrl({ media_type: type, data }: JsonObject): string | undefined {
  return typeof type === 'string' && typeof data === 'string' ? `data:${type};base64,${data}` : undefined;
}
