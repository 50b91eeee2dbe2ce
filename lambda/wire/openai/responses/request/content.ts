import type { JsonObject } from '../../../../engine/json';
import { documentBlock, imageBlock, type PartTable, textBlock, toBlocks } from '../../door/request/parts';

const text = ({ text: value }: JsonObject, path: string): JsonObject => textBlock(value, `${path}.text`);

const PARTS: PartTable = {
  input_text: text,
  output_text: text,
  text,
  summary_text: text,
  refusal: ({ refusal }, path) => textBlock(refusal, `${path}.refusal`),
  input_image: ({ image_url: url, file_id: id }, path) =>
    typeof id === 'string'
      ? { type: 'image', source: { type: 'file', file_id: id } }
      : imageBlock(url, `${path}.image_url`),
  input_file: ({ file_url: url, ...file }, path) =>
    typeof url === 'string' ? { type: 'document', source: { type: 'url', url } } : documentBlock(file, path),
};

/** The content of a message or of a tool's result as blocks. */
export const blocksOf = (content: unknown, path: string): readonly JsonObject[] => toBlocks(content, path, PARTS);
