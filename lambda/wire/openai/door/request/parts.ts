import { isObject, type JsonObject } from '../../../../engine/json';
import { refuse } from './refuse';

const DATA_URL = /^data:([^;,]+)(?:;[^;,]+)*;base64,/;

type ToBlock = (part: JsonObject, path: string) => JsonObject;

const TO_BLOCK: Readonly<Record<string, ToBlock>> = {
  text: ({ text }, path) => textBlock(text, `${path}.text`),
  refusal: ({ refusal }, path) => textBlock(refusal, `${path}.refusal`),
  image_url: ({ image_url: image }, path) => ({ type: 'image', source: imageSource(image, `${path}.image_url`) }),
  file: ({ file }, path) => documentBlock(file, `${path}.file`),
};

/** The content of a message as blocks; without the empty texts, which Claude's hosts refuse. */
export function toBlocks(content: unknown, path: string): readonly JsonObject[] {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  if (!Array.isArray(content)) return refuse(path, 'it must be a string or an array of parts');
  return content
    .map((part: unknown, index) => toBlock(part, `${path}[${index}]`))
    .filter(({ type, text }) => type !== 'text' || text !== '');
}

function toBlock(part: unknown, path: string): JsonObject {
  const type = isObject(part) ? part['type'] : undefined;
  if (!isObject(part) || typeof type !== 'string' || !Object.hasOwn(TO_BLOCK, type)) {
    return refuse(`${path}.type`, `it must be one of ${Object.keys(TO_BLOCK).join(', ')}; Claude takes no other part`);
  }
  return TO_BLOCK[type]!(part, path);
}

function textBlock(text: unknown, path: string): JsonObject {
  return typeof text === 'string' ? { type: 'text', text } : refuse(path, 'it must be a string');
}

function imageSource(image: unknown, path: string): JsonObject {
  const url = isObject(image) ? image['url'] : undefined;
  if (typeof url !== 'string') return refuse(`${path}.url`, 'it must be a string');
  if (/^https?:\/\//.test(url)) return { type: 'url', url };
  return base64Source(url) ?? refuse(`${path}.url`, 'it must be an https URL or a data URL in base64');
}

function documentBlock(file: unknown, path: string): JsonObject {
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
