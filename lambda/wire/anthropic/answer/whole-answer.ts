import { MalformedAnswer, type AnswerSource, type Reading } from '../../../engine/answer';
import { concat, readAll } from '../../../engine/bytes';
import { isObject, parseJson, type JsonObject } from '../../../engine/json';
import { withLastEventEnded } from '../../event-bytes';
import { MessageAssembler } from './assemble-message';
import { REFUSAL } from './commit-scan';
import { withStop } from './stream-end';

/** No answer of today's models comes near; what is larger is not an answer. */
export const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** A host that has said all may take this long to close. */
export const CLOSING_MS = 500;

/** An answer that came as JSON: a Message, or a token count. */
export async function readJson(source: AnswerSource): Promise<Reading> {
  const { opened, endpoint } = source;
  const bytes = await readAll(opened.body, MAX_HELD_BYTES);
  const answer = parseObject(bytes);
  if (endpoint === 'count_tokens' ? typeof answer['input_tokens'] !== 'number' : answer['type'] !== 'message') {
    throw new MalformedAnswer('the host answered 200 with something that is not the answer asked for');
  }
  return whole(bytes, answer, source);
}

/** A stream read for a client that did not ask for one: the Message that a direct call would have given. */
export async function readAssembled(source: AnswerSource): Promise<Reading> {
  const assembler = new MessageAssembler();
  const failure = await assemble(source, source.opened.body, assembler);
  return failure ?? whole(utf8.encode(assembler.json()), assembler.message(), source);
}

/** `commit: complete`: the client gets the stream when all of it is here, so that even a cut one is rescued. */
export async function readWholeStream(source: AnswerSource, body = source.opened.body): Promise<Reading> {
  const assembler = new MessageAssembler();
  const chunks: Uint8Array[] = [];
  const failure = await assemble(source, body, assembler, chunks);
  if (failure) return failure;
  const bytes = concat(chunks);
  return whole(assembler.lacksStop ? withStop(bytes) : withLastEventEnded(bytes), assembler.message(), source);
}

async function assemble(
  { watch, idleMs, failureOf, counted }: AnswerSource,
  body: AsyncIterable<Uint8Array>,
  assembler: MessageAssembler,
  chunks?: Uint8Array[],
): Promise<FailedReading | undefined> {
  let size = 0;
  let isIdleWatched = false;
  counted(() => assembler.usage);
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_HELD_BYTES) throw new MalformedAnswer(`the answer is larger than ${MAX_HELD_BYTES} bytes`);
      chunks?.push(chunk);
      assembler.write(chunk);
      if (assembler.error !== undefined)
        return { ok: false, failure: failureOf(assembler.error, assembler.hasContent) };
      if (assembler.hasStopReason) watch.contentArrived(CLOSING_MS);
      else if (isIdleWatched) watch.progress();
      else if (assembler.hasContent) {
        isIdleWatched = true;
        watch.contentArrived(idleMs);
      }
    }
  } catch (error) {
    // What goes wrong after the last event has harmed nothing.
    if (!assembler.hasStopReason) throw error;
  }
  assembler.end();
  if (assembler.error !== undefined) return { ok: false, failure: failureOf(assembler.error, assembler.hasContent) };
  if (!assembler.complete) throw new MalformedAnswer('the stream ended before message_stop');
  return undefined;
}

type FailedReading = Extract<Reading, { ok: false }>;

function whole(body: Uint8Array, answer: JsonObject, { heedsRefusal, counted }: AnswerSource): Reading {
  const { stop_reason: stopReason, content } = answer;
  const usage = isObject(answer['usage']) ? answer['usage'] : undefined;
  counted(() => usage);
  const ended = {
    usage,
    stopReason: typeof stopReason === 'string' ? stopReason : undefined,
    failure: undefined,
    ...(heedsRefusal &&
      stopReason === REFUSAL &&
      Array.isArray(content) &&
      content.length === 0 && { isRefusal: true }),
  };
  return { ok: true, body, ended };
}

const utf8 = new TextEncoder();

function parseObject(bytes: Uint8Array): JsonObject {
  const answer = parseJson(new TextDecoder().decode(bytes));
  if (!isObject(answer)) throw new MalformedAnswer('the host answered 200 with something that is not a JSON object');
  return answer;
}
