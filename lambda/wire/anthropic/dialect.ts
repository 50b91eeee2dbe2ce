import { MalformedAnswer, type AnswerSource, type Reading } from '../../engine/answer';
import type { Dialect } from '../../engine/dialect';
import { encodeSse } from '../sse-events';
import { PING } from './answer/ping';
import { holdToFirstContent } from './answer/stream-answer';
import { readAssembled, readJson, readWholeStream } from './answer/whole-answer';
import { anthropicError, failureResponse } from './error/envelope';
import { parseMessagesBody } from './request/message-request';

/** Claude Code sends the same again without such messages when a 400 says so in these words. */
const PLEAS: Readonly<Record<string, string>> = {
  mid_conversation_system: "role 'system' is not supported in messages",
};

/** Anthropic's Messages API, as clients speak it to us. */
export const ANTHROPIC_DIALECT: Dialect = {
  parse: parseMessagesBody,
  answer,
  error: anthropicError,
  failure: failureResponse,
  errorEvent: ({ body }) => encodeSse('error', new TextDecoder().decode(body)),
  plea: (feature) => PLEAS[feature],
  ping: PING,
};

async function answer(source: AnswerSource): Promise<Reading> {
  const isStream = source.opened.headers['content-type']?.startsWith('text/event-stream') === true;
  if (!isStream) {
    if (source.stream) throw new MalformedAnswer('the host answered a streaming request without a stream');
    return readJson(source);
  }
  if (!source.stream) return readAssembled(source);
  return source.holdsWhole ? readWholeStream(source) : holdToFirstContent(source);
}
