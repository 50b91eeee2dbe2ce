import { readAll } from '../../engine/bytes';
import { isObject, parseJson } from '../../engine/json';
import { MAX_HELD_BYTES } from '../../wire/anthropic/answer/whole-answer';
import { eventJson, SseDecoder } from '../../wire/sse-events';
import type { WireAnswer } from '../transport/exchange';
import { counted, marked, stopped } from './repaired-parts';
import { StreamRepair } from './stream-repair';

/** The answer with what clients need of it: counters, which SDKs add up unasked, and thinking that Claude is never to be shown. */
export function repaired(answer: WireAnswer): WireAnswer {
  const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
  return { ...answer, body: isStream ? repairedStream(answer.body) : repairedMessage(answer.body) };
}

async function* repairedMessage(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = await readAll(body, MAX_HELD_BYTES);
  const message = parseJson(new TextDecoder().decode(bytes));
  if (!isObject(message) || !Array.isArray(message['content'])) return yield bytes;
  const content = message['content'].map(marked);
  yield Buffer.from(JSON.stringify({ ...message, ...stopped(message), content, usage: counted(message['usage']) }));
}

async function* repairedStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new SseDecoder();
  const repair = new StreamRepair();
  for await (const chunk of body) yield Buffer.concat(decoder.push(chunk).flatMap((event) => repair.of(event)));
  // An event without its empty line may be one that was cut: only what can be read is passed on.
  yield Buffer.concat(
    decoder
      .end()
      .filter((event) => isObject(eventJson(event)))
      .flatMap((event) => repair.of(event)),
  );
}
