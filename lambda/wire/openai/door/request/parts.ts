import { isObject, type JsonObject } from '../../../../engine/json';
import { refuse } from './refuse';

const DATA_URL = /^data:([^;,]+)(?:;[^;,]+)*;base64,/;

type ToBlock = (part: JsonObject, path: string) => JsonObject;

/** What becomes of the parts of a wire, by their types. */
export type PartTable = Readonly<Record<string, ToBlock>>;

const CHATS: PartTable = {
  text: ({ text }, path) => textBlock(text, `${path}.text`),
  refusal: ({ refusal }, path) => textBlock(refusal, `${path}.refusal`),
  image_url: ({ image_url: image }, path) =>
    imageBlock(isObject(image) ? image['url'] : undefined, `${path}.image_url.url`),
  file: ({ file }, path) => documentBlock(file, `${path}.file`),
};

/** The content of a message as blocks; without the empty texts, which Claude's hosts refuse. */
export function toBlocks(content: unknown, path: string, table = CHATS): readonly JsonObject[] {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  if (!Array.isArray(content)) return refuse(path, 'it must be a string or an array of parts');
  return content
    .map((part: unknown, index) => toBlock(part, `${path}[${index}]`, table))
    .filter(({ type, text }) => type !== 'text' || text !== '');
}

function toBlock(part: unknown, path: string, table: PartTable): JsonObject {
  const type = isObject(part) ? part['type'] : undefined;
  if (!isObject(part) || typeof type !== 'string' || !Object.hasOwn(table, type)) {
    return refuse(`${path}.type`, `it must be one of ${Object.keys(table).join(', ')}; Claude takes no other part`);
  }
  return table[type]!(part, path);
}

export function textBlock(text: unknown, path: string): JsonObject {
  return typeof text === 'string' ? { type: 'text', text } : refuse(path, 'it must be a string');
}

export function imageBlock(url: unknown, path: string): JsonObject {
  if (typeof url !== 'string') return refuse(path, 'it must be a string');
  if (/^https?:\/\//.test(url)) return { type: 'image', source: { type: 'url', url } };
  return {
    type: 'image',
    source: base64Source(url) ?? refuse(path, 'it must be an https URL or a data URL in base64'),
  };
}

export function documentBlock(file: unknown, path: string): JsonObject {
  const { file_id: id, file_data: data, filename: title } = isObject(file) ? file : {};
  const named = typeof title === 'string' && title !== '' && { title };
  if (typeof id === 'string') return { type: 'document', source: { type: 'file', file_id: id }, ...named };
  const source = typeof data === 'string' ? base64Source(data) : undefined;
  if (source) return { type: 'document', source, ...named };
  return refuse(path, 'it must have a file_id, or file_data as a data URL in base64');
}

function base64Source(url: string): JsonObject | undefined {
  const [start, mediaType] = DATA_URL.exec(url) ?? [];
  return start === undefined ? undefined : { type: 'base64', media_type: mediaType, data: url.slice(start.length) };
}
