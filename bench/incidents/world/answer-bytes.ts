import type { HostKind } from '../../../lib/contract';
import { answer } from '../../../local/hosts/answers/answers';
import { sse } from '../../../local/hosts/answers/framing';
import { messageEvents } from '../../../local/hosts/answers/message-events';
import { MODEL } from './traffic';

/** A streamed answer in four pieces, as Anthropic, Bedrock's Messages door and Vertex put it on the wire. */
export interface AnswerBytes {
  /** `message_start`, with the count of the prompt. */
  opening(inputTokens: number): Uint8Array;
  /** The first content. */
  readonly first: Uint8Array;
  readonly middle: Uint8Array;
  /** The rest, with the count of the answer. */
  ending(outputTokens: number): Uint8Array;
}

const PROMPT = { model: MODEL, max_tokens: 4096, messages: [{ role: 'user', content: 'x' }] };

export function answerBytes(kind: HostKind): AnswerBytes {
  const { message } = answer(PROMPT, kind, MODEL);
  const events = messageEvents(message, 3);
  const text = (from: number, to?: number): string =>
    events
      .slice(from, to)
      .map((event) => sse.event(event))
      .join('');
  const contentAt = events.findIndex(({ type }) => type === 'content_block_delta');
  const opening = text(0, contentAt);
  const ending = text(contentAt + 2);
  return {
    opening: (tokens) => Buffer.from(opening.replace(/"input_tokens":\d+/, `"input_tokens":${tokens}`)),
    first: Buffer.from(text(contentAt, contentAt + 1)),
    middle: Buffer.from(text(contentAt + 1, contentAt + 2)),
    ending: (tokens) => Buffer.from(ending.replace(/"output_tokens":\d+/, `"output_tokens":${tokens}`)),
  };
}
