import { concat } from '../../../engine/bytes';
import { isObject, type JsonObject } from '../../../engine/json';
import { encodeSse } from '../../sse-events';

/** About what a host sends at once. */
const PIECE = 100;

/** What a host says at its end of how an answer ended, and beside that. Whatever it has said, the last word on it stands. */
const OF_THE_END = ['stop_reason', 'stop_sequence', 'stop_details', 'container'];
const BESIDE_IT = ['context_management'];

const only = (message: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.filter((name) => name in message).map((name) => [name, message[name]]));

/** The stream that a Message came as, or could have: its events in order, texts and inputs in pieces. */
export function messageEvents(message: JsonObject): Uint8Array {
  const { content, usage } = message;
  const blocks = Array.isArray(content) ? content.filter(isObject) : [];
  const started = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: isObject(usage) ? { ...usage, output_tokens: 0 } : usage,
  };
  const events: JsonObject[] = [
    { type: 'message_start', message: started },
    ...blocks.flatMap((block, index) => blockEvents(block, index)),
    { type: 'message_delta', delta: only(message, OF_THE_END), ...only(message, BESIDE_IT), usage },
    { type: 'message_stop' },
  ];
  return concat(events.map((event) => encodeSse(String(event['type']), JSON.stringify(event))));
}

function blockEvents(block: JsonObject, index: number): JsonObject[] {
  const { start, deltas } = PARTS[String(block['type'])]?.(block) ?? { start: block, deltas: [] };
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

interface Parts {
  readonly start: JsonObject;
  readonly deltas: readonly JsonObject[];
}

/** How a block comes in a stream. One that is not here comes whole, in its start. */
const PARTS: Readonly<Record<string, (block: JsonObject) => Parts>> = {
  text: ({ text, citations, ...rest }) => {
    const cited = Array.isArray(citations) ? citations : [];
    return {
      start: { ...rest, text: '', ...(citations !== undefined && { citations: citations && [] }) },
      deltas: [
        ...pieces(text).map((piece) => ({ type: 'text_delta', text: piece })),
        ...cited.map((citation: unknown) => ({ type: 'citations_delta', citation })),
      ],
    };
  },
  thinking: ({ thinking, signature, ...rest }) => ({
    start: { ...rest, thinking: '', signature: '' },
    deltas: [
      ...pieces(thinking).map((piece) => ({ type: 'thinking_delta', thinking: piece })),
      { type: 'signature_delta', signature },
    ],
  }),
  tool_use: ({ input, ...rest }) => ({
    start: { ...rest, input: {} },
    deltas: pieces(JSON.stringify(input)).map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
  }),
};

/** Cut between characters, never within one. */
function pieces(text: unknown): string[] {
  const found: string[] = [];
  const whole = typeof text === 'string' ? text : '';
  for (let at = 0; at < whole.length;) {
    let end = at + PIECE;
    if (isHighSurrogate(whole.charCodeAt(end - 1))) end += 1;
    found.push(whole.slice(at, end));
    at = end;
  }
  return found;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
