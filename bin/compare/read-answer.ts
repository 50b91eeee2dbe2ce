import { readAll } from '../../lambda/engine/bytes';
import type { GatewayResponse } from '../../lambda/engine/gateway';
import { isObject, type JsonObject, parseJson } from '../../lambda/engine/json';
import { MessageAssembler } from '../../lambda/wire/anthropic/answer/assemble-message';
import { SseDecoder, type SseEvent } from '../../lambda/wire/sse-events';
import type { GivenAnswer } from './answer';

type Read = Pick<GivenAnswer, 'content' | 'stopReason' | 'usage' | 'firstContentMs' | 'wholeMs'>;

const MAX_ERROR_BYTES = 64 * 1024;

/** Reads a 200 to its end. Throws where it is no stream of a Message. */
export async function readMessage(
  { body }: GatewayResponse,
  elapsed: () => number,
): Promise<Read | { readonly error: string }> {
  const decoder = new SseDecoder();
  const assembler = new MessageAssembler();
  let firstContentMs: number | undefined;
  const take = (events: readonly SseEvent[]): void => {
    for (const event of events) assembler.push(event);
    if (assembler.hasContent) firstContentMs ??= elapsed();
  };
  for await (const chunk of body instanceof Uint8Array ? [body] : body) take(decoder.push(chunk));
  take(decoder.end());
  if (assembler.error !== undefined) return { error: `${errorOf(assembler.error)}, inside the stream` };
  const { content, stop_reason: stopReason, usage } = assembler.message();
  const wholeMs = elapsed();
  return {
    content: Array.isArray(content) ? content.filter(isObject) : [],
    stopReason: String(stopReason),
    usage: isObject(usage) ? usage : {},
    firstContentMs: firstContentMs ?? wholeMs,
    wholeMs,
  };
}

/** What a client is told of an error: the gateway has taken out what is its operator's. */
export async function readError({ body }: GatewayResponse): Promise<string> {
  const bytes = body instanceof Uint8Array ? body : await readAll(body, MAX_ERROR_BYTES).catch(() => new Uint8Array());
  return errorOf(parseJson(new TextDecoder().decode(bytes)));
}

function errorOf(json: unknown): string {
  const error: JsonObject = isObject(json) && isObject(json['error']) ? json['error'] : {};
  return [error['type'], error['message']].filter((part) => typeof part === 'string').join(': ') || 'error';
}
