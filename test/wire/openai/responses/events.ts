import type { JsonObject } from '../../../../lambda/engine/json';
import type { CalledTools } from '../../../../lambda/wire/openai/responses/tool-kinds';
import { ResponseWriter } from '../../../../lambda/wire/openai/responses/answer/response-writer';

export const CREATED = 1_790_000_000;
const USAGE = { input_tokens: 10, cache_read_input_tokens: 5, cache_creation_input_tokens: 2, output_tokens: 1 };

const open = (content_block: object): JsonObject => ({ type: 'content_block_start', index: 0, content_block });
const delta = (fields: object): JsonObject => ({ type: 'content_block_delta', index: 0, delta: fields });
const stop: JsonObject = { type: 'content_block_stop', index: 0 };

export const start: JsonObject = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'claude-opus-5-5', usage: USAGE },
};
export const end = (stop_reason: string, details: object = {}): JsonObject[] => [
  {
    type: 'message_delta',
    delta: { stop_reason, ...details },
    usage: { output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } },
  },
  { type: 'message_stop' },
];
export const text = (...parts: string[]): JsonObject[] => [
  open({ type: 'text', text: '' }),
  ...parts.map((part) => delta({ type: 'text_delta', text: part })),
  stop,
];
export const thinking = (signature: string, ...parts: string[]): JsonObject[] => [
  open({ type: 'thinking', thinking: '', signature: '' }),
  ...parts.map((part) => delta({ type: 'thinking_delta', thinking: part })),
  delta({ type: 'signature_delta', signature }),
  stop,
];
export const call = (name: string, ...parts: string[]): JsonObject[] => [
  open({ type: 'tool_use', id: `toolu_${name}`, name, input: {} }),
  ...parts.map((partial_json) => delta({ type: 'input_json_delta', partial_json })),
  stop,
];

/** The events that come of those of a Message. */
export function written(
  events: readonly JsonObject[],
  tools: CalledTools = new Map(),
  body: JsonObject = {},
): JsonObject[] {
  const writer = new ResponseWriter({ body: { model: 'claude-opus-5-5', ...body }, tools }, CREATED);
  const lines = events
    .map((event) => writer.write(event))
    .join('')
    .split('\n\n')
    .filter((line) => line.startsWith('event'));
  return lines.map((line) => {
    const [, type, data] = /^event: (.*)\ndata: (.*)$/.exec(line)!;
    const event = JSON.parse(data!) as JsonObject;
    expect(event['type']).toBe(type);
    return event;
  });
}

export const outputOf = (events: readonly JsonObject[]): JsonObject[] =>
  (events.at(-1)?.['response'] as { output: JsonObject[] }).output;
