import { MalformedAnswer, type AnswerSource, type Ending, type Reading, type Usage } from '../../../engine/answer';
import { concat } from '../../../engine/bytes';
import { CommittedStream } from './committed-stream';
import { SseDecoder } from '../../sse-events';
import { CommitScan } from './commit-scan';
import { StreamWatch } from './stream-watch';
import { MAX_HELD_BYTES, readWholeStream } from './whole-answer';

/** Holds the stream back until its first content event: up to there another host can still answer instead. */
export async function holdToFirstContent(source: AnswerSource): Promise<Reading> {
  const { opened, watch, idleMs, mayCommit } = source;
  const chunks = opened.body[Symbol.asyncIterator]();
  const scan = new CommitScan();
  const held: Uint8Array[] = [];
  let size = 0;
  source.counted(() => usageIn(held));
  for (;;) {
    const next = await chunks.next();
    if (next.done) {
      const last = scan.end();
      if (last === 'hold') throw new MalformedAnswer('the stream ended before any content');
      return { ok: false, failure: source.failureOf(last.error, false) };
    }
    held.push(next.value);
    size += next.value.length;
    if (size > MAX_HELD_BYTES) throw new MalformedAnswer(`no content within ${MAX_HELD_BYTES} bytes`);
    const seen = scan.push(next.value);
    if (typeof seen === 'object') return { ok: false, failure: source.failureOf(seen.error, false) };
    if (seen !== 'hold') watch.contentArrived(idleMs);
    if (seen === 'commit') break;
  }
  // A host whose streams keep breaking off has to show a whole one first.
  if (!mayCommit() || (source.heedsRefusal && scan.isRefusal)) return readWholeStream(source, again(held, chunks));
  let resolve: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((settle) => (resolve = settle));
  return { ok: true, ended, body: new CommittedStream(source, chunks, (ending) => resolve(ending)).read(concat(held)) };
}

/** Of `message_start`, which comes before everything else. */
function usageIn(held: readonly Uint8Array[]): Usage | undefined {
  const watch = new StreamWatch();
  for (const event of new SseDecoder().push(concat(held))) watch.see(event);
  return watch.usage;
}

async function* again(
  held: readonly Uint8Array[],
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* held;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}
