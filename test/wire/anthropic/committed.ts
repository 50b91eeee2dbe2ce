import { concat } from '../../../lambda/engine/bytes';
import type { Ending } from '../../../lambda/engine/answer';
import { AttemptSignal } from '../../../lambda/engine/time/attempt-signal';
import { Deadline } from '../../../lambda/engine/time/deadline';
import { Silence } from '../../../lambda/engine/time/silence';
import { holdToFirstContent } from '../../../lambda/wire/anthropic/answer/stream-answer';
import { SseDecoder, type SseEvent } from '../../../lambda/wire/sse-events';
import { VirtualClock } from '../../engine/virtual-clock';
import { answerSource } from './answer-source';

/** An attempt whose host sends these chunks and then ends, or dies of `death`. */
export function attemptAt(chunks: Iterable<Uint8Array>, death?: Error) {
  const clock = new VirtualClock();
  const watch = new AttemptSignal(clock, new AbortController().signal, new Deadline(clock, 60_000));
  async function* body() {
    yield* chunks;
    if (death) throw death;
  }
  const opened = { status: 200, headers: {}, body: body(), dropped: [] };
  return { clock, watch, source: { ...answerSource(opened, watch, new Silence(clock, 400)), idleMs: 1000 } };
}

export type Attempt = ReturnType<typeof attemptAt>;

/** The stream that belongs to the client from here on. */
export async function committed({ source }: Pick<Attempt, 'source'>) {
  const reading = await holdToFirstContent(source);
  if (!reading.ok || reading.body instanceof Uint8Array) throw new Error('expected a stream');
  return { body: reading.body, ended: reading.ended };
}

export interface Received {
  readonly chunks: readonly Uint8Array[];
  readonly text: string;
  readonly ending: Ending;
}

export async function readToEnd(attempt: Pick<Attempt, 'source'>): Promise<Received> {
  const { body, ended } = await committed(attempt);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return { chunks, text: new TextDecoder().decode(concat(chunks)), ending: await ended };
}

/** Every event in the bytes, and what an end without a blank line still holds. */
export function eventsOf(bytes: Uint8Array): SseEvent[] {
  const decoder = new SseDecoder();
  return [...decoder.push(bytes), ...decoder.end()];
}
