import { encodeSse } from '../lambda/wire/sse-events';
import { WORKLOAD_MARK, type Workload } from './workload';

export const MODEL = 'claude-opus-5-5';
export const OTHER_MODEL = 'gpt-5.4-mini';

const TEXT = 'The tide comes in twice a day because the Earth turns under two bulges of water. '.repeat(15);
const USAGE = { input_tokens: 1021, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 301 };
const MESSAGE = { id: 'msg_01BenchBenchBenchBench1', type: 'message', role: 'assistant', model: MODEL };

const event = (data: { readonly type: string; readonly [field: string]: unknown }): Uint8Array =>
  encodeSse(data.type, JSON.stringify(data));

export const deltaEvent = (text: string): Uint8Array =>
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });

export const HEAD = [
  event({
    type: 'message_start',
    message: { ...MESSAGE, content: [], stop_reason: null, stop_sequence: null, usage: { ...USAGE, output_tokens: 1 } },
  }),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
];

export const END = [
  event({ type: 'content_block_stop', index: 0 }),
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: USAGE }),
  event({ type: 'message_stop' }),
];

/** The beginning of an answer, a piece of its text, and its end, as one of the wires has them. */
export interface Wire {
  readonly head: readonly Uint8Array[];
  readonly end: readonly Uint8Array[];
  piece(text: string): Uint8Array;
}

export const MESSAGES_WIRE: Wire = { head: HEAD, end: END, piece: deltaEvent };

const chunk = (fields: object): Uint8Array => {
  const about = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_790_000_000, model: OTHER_MODEL };
  return Buffer.from(`data: ${JSON.stringify({ ...about, ...fields, usage: null })}\n\n`);
};
const choice = (delta: object, finish_reason: string | null = null): Uint8Array =>
  chunk({ choices: [{ index: 0, delta, logprobs: null, finish_reason }] });

export const CHAT_WIRE: Wire = {
  head: [choice({ role: 'assistant', content: '', refusal: null })],
  piece: (content) => choice({ content }),
  end: [choice({}, 'stop'), chunk({ choices: [] }), Buffer.from('data: [DONE]\n\n')],
};

const pieces = (count: number, size: number): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => deltaEvent(TEXT.slice((at * size) % 800).slice(0, size)));

/** Ten events. */
export const SHORT_EVENTS = [...HEAD, ...pieces(5, 240), ...END];
export const SHORT_JSON = Buffer.from(
  JSON.stringify({
    ...MESSAGE,
    content: [{ type: 'text', text: TEXT }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: USAGE,
  }),
);

/** Two hundred events. */
export const BURST_EVENTS = [...HEAD, ...pieces(195, 20), ...END];

/** 64 KB of whole events. */
export const BULK_CHUNK = Buffer.concat(pieces(58, 1000));

/** 4 KB. */
export function requestBody(stream: boolean, workload: Workload = 'short', model = MODEL): Buffer {
  const said = 'Why are there two tides a day, and why do they come about fifty minutes later every day?\n';
  const messages = [
    { role: 'user', content: said.repeat(15) },
    { role: 'assistant', content: [{ type: 'text', text: TEXT }] },
    { role: 'user', content: [{ type: 'text', text: `${WORKLOAD_MARK}${workload} ${said.repeat(13)}` }] },
  ];
  return Buffer.from(JSON.stringify({ model, max_tokens: 1024, ...(stream && { stream }), messages }));
}
