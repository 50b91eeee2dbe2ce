import { readAll } from '../../engine/bytes';
import { isObject, parseJson, type JsonObject } from '../../engine/json';
import { errorMessage } from '../../wire/anthropic/error/error-form';
import type { WireAnswer } from '../transport/exchange';

/** How servers say that more tokens were asked for than the model writes, and how many it does. */
const LIMITS: readonly (readonly [words: RegExp, most: (number: number) => number])[] = [
  [/supports at most (\d+) completion tokens/, (number) => number],
  [/exceeds? the model limit of (\d+)/, (number) => number],
  [
    /maxOutputTokens value of \d+ but the supported range is from 1 \(inclusive\) to (\d+) \(exclusive\)/,
    (number) => number - 1,
  ],
  [/valid range of max_tokens is \[1, (\d+)\]/, (number) => number],
];
/** vLLM, where prompt and answer have to fit together: asked for no number, it writes what there is room for. */
const NO_ROOM = /maximum context length is \d+ tokens.*\d (?:output tokens|in the completion)/;
const MAX_ERROR_BYTES = 1024 * 1024;

type Field = 'max_tokens' | 'max_completion_tokens';

/** The request for as many tokens as the refusal of the first allows; undefined where it is about something else. */
function withinLimit(request: JsonObject, field: Field, refusal: string): JsonObject | undefined {
  const { [field]: asked, ...rest } = request;
  if (typeof asked !== 'number') return undefined;
  if (NO_ROOM.test(refusal)) return rest;
  for (const [words, most] of LIMITS) {
    const limit = most(Number(words.exec(refusal)?.[1]));
    if (limit >= 1 && limit < asked) return { ...request, [field]: limit };
  }
  return undefined;
}

/** Asks once more where the server says that it was asked for too many tokens: an answer that ends early is better than none. */
export async function sendWithinLimit(
  request: JsonObject,
  field: Field,
  send: (request: JsonObject) => Promise<WireAnswer>,
): Promise<{ readonly answer: WireAnswer; readonly isLess: boolean }> {
  const answer = await send(request);
  if (answer.status !== 400) return { answer, isLess: false };
  // An error whose body breaks off is still that error.
  const bytes = await readAll(answer.body, MAX_ERROR_BYTES).catch(() => new Uint8Array());
  const less = withinLimit(request, field, messageOf(parseJson(new TextDecoder().decode(bytes))));
  return less === undefined
    ? { answer: { ...answer, body: again(bytes) }, isLess: false }
    : { answer: await send(less), isLess: true };
}

/** Google wraps errors in a list. */
function messageOf(json: unknown): string {
  const error: unknown = Array.isArray(json) ? json[0] : json;
  return isObject(error) ? errorMessage(error) : '';
}

async function* again(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
