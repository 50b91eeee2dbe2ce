import { RESPONSE_HEADERS } from '../../../lib/contract';
import type { Answer } from '../../engine/answer';
import { concat } from '../../engine/bytes';
import type { Plan } from '../../engine/chain/plan';
import { isObject, parseJson, type JsonObject } from '../../engine/json';
import { isLossy } from '../../wire/canonical-json';
import { messageEvents } from '../../wire/anthropic/answer/message-events';
import { mayKeepMessage, MOST_ANSWER_BYTES } from './cacheable';

/** The name that stands where other answers have their host's. */
export const CACHE_HOST = 'cache';

/** A complete answer, to be given again. */
export interface KeptAnswer {
  /** The body of a call without streaming. */
  readonly json: Uint8Array;
  readonly message: JsonObject;
  /** When it was whole, by the clock of whoever kept it. */
  readonly at: number;
  readonly dropped: readonly string[];
  readonly adapted: boolean;
}

export type Circumstances = Pick<KeptAnswer, 'at' | 'dropped' | 'adapted'>;

/** Undefined for what may not be kept, or is none. */
export function keptAnswer(json: Uint8Array, circumstances: Circumstances): KeptAnswer | undefined {
  if (json.length > MOST_ANSWER_BYTES) return undefined;
  const message = parseJson(new TextDecoder().decode(json));
  if (!isObject(message) || !mayKeepMessage(message)) return undefined;
  // As a stream it would come with what parsing has made of it.
  if (isLossy(json, message)) return undefined;
  return { json, message, ...circumstances };
}

/** As the client has asked for it: whole, or as the stream that it could have come as. `staleSeconds`: how old it is, where it is too old. */
export function answerAgain(
  kept: KeptAnswer,
  { model, stream }: Pick<Plan, 'model' | 'stream'>,
  staleSeconds?: string,
): Answer {
  const { json, message, dropped, adapted } = kept;
  const { usage, stop_reason: stopReason } = message;
  return {
    host: CACHE_HOST,
    model,
    key: undefined,
    status: 200,
    headers: {},
    body: stream ? concat([label(staleSeconds), messageEvents(message)]) : json,
    dropped,
    adapted,
    firstContentMs: undefined,
    ended: {
      usage: isObject(usage) ? usage : undefined,
      stopReason: typeof stopReason === 'string' ? stopReason : undefined,
      failure: undefined,
    },
    discard: () => undefined,
  };
}

/** A comment, which is no event: behind pings it is too late for a header. */
const label = (staleSeconds: string | undefined): Uint8Array =>
  new TextEncoder().encode(staleSeconds === undefined ? '' : `: ${RESPONSE_HEADERS.stale}: ${staleSeconds}\n\n`);
