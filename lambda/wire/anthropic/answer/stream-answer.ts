import { MalformedAnswer, type AnswerSource, type Ending, type Reading } from '../../../engine/answer';
import { concat } from '../../../engine/bytes';
import type { Failure } from '../../../engine/failure/failure';
import { SILENT } from '../../../engine/time/silence';
import { lastEventEnd, withLastEventEnded } from '../../event-bytes';
import { CommitScan } from './commit-scan';
import { PING } from './ping';
import { inputUsage, StreamTail, withStop } from './stream-end';
import { MAX_HELD_BYTES } from './whole-answer';

const SHORT_BYTES = 1024;

/** Holds the stream back until its first content event: up to there another host can still answer instead. */
export async function holdToFirstContent(source: AnswerSource): Promise<Reading> {
  const { opened, watch, idleMs } = source;
  const chunks = opened.body[Symbol.asyncIterator]();
  const scan = new CommitScan();
  const held: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = await chunks.next();
    if (next.done) {
      const last = scan.end();
      if (last === 'hold') throw new MalformedAnswer('the stream ended before any content');
      return { ok: false, failure: source.failureOf(last.error) };
    }
    held.push(next.value);
    size += next.value.length;
    if (size > MAX_HELD_BYTES) throw new MalformedAnswer(`no content within ${MAX_HELD_BYTES} bytes`);
    const seen = scan.push(next.value);
    if (typeof seen === 'object') return { ok: false, failure: source.failureOf(seen.error) };
    if (seen !== 'hold') watch.contentArrived(idleMs);
    if (seen === 'commit') break;
  }
  let settle: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => (settle = resolve));
  return {
    ok: true,
    flowing: true,
    ended,
    body: passThrough(concat(held), chunks, source, settle),
  };
}

/** The committed stream: bytes untouched, in whole events only, so that a death can be told in a well-formed way. */
async function* passThrough(
  held: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
  { watch, silence, thrown, lastWords }: AnswerSource,
  settle: (ending: Ending) => void,
): AsyncGenerator<Uint8Array> {
  const tail = new StreamTail();
  let torn: Uint8Array[] = [];
  let pending = held;
  let ending: Ending = { usage: undefined, stopReason: undefined, died: true };
  let failure: Failure = { kind: 'malformed', message: 'the stream ended before message_stop' };
  try {
    for (;;) {
      const end = lastEventEnd(pending);
      if (end > 0) {
        const ready = torn.length > 0 ? concat([...torn, pending.subarray(0, end)]) : pending.subarray(0, end);
        torn = [];
        tail.push(ready);
        // While the client is slow the host is not silent.
        watch.rest();
        yield ready;
        watch.progress();
      }
      if (end < pending.length) torn.push(pending.subarray(end));
      const pulled = chunks.next().catch((error: unknown) => {
        failure = thrown(error);
      });
      let next = await silence.until(pulled);
      for (; next === SILENT; next = await silence.until(pulled)) {
        // Not every host's wire has pings. Inside an event there is no room for one.
        if (torn.length === 0) yield PING;
      }
      if (next === undefined || next.done) break;
      pending = next.value;
      // The line end that completes an event may come alone; a long piece finds its own.
      if (torn.length > 0 && pending.length < SHORT_BYTES) pending = concat(torn.splice(0).concat(pending));
      watch.progress();
    }
    // A connection that breaks after the last event has harmed nothing.
    const last = concat(torn);
    tail.push(last);
    const end = tail.finish();
    ending = {
      usage: { ...inputUsage([held]), ...end.usage },
      stopReason: end.stopReason,
      died: !end.complete && !end.lacksStop,
    };
    if (end.complete) {
      if (last.length > 0) yield withLastEventEnded(last);
    } else if (end.lacksStop) yield withStop(last);
    else if (end.error === undefined) yield lastWords(failure);
  } finally {
    silence.end();
    watch.dispose();
    settle(ending);
  }
}
