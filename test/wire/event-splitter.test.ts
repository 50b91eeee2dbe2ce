import fc from 'fast-check';
import { concat } from '../../lambda/engine/bytes';
import { EventSplitter } from '../../lambda/wire/event-splitter';
import { firstEventEnd, lastEventEnd } from '../../lambda/wire/event-bytes';
import { answer, answers, bytes, rewrites, splits } from '../fixtures/answers/read-answers';

const decoded = (part: Uint8Array): string => new TextDecoder().decode(part);

function split(chunks: readonly Uint8Array[]) {
  const splitter = new EventSplitter();
  const ready = chunks.flatMap((chunk) => splitter.push(chunk));
  return { ready, rest: splitter.rest(), splitter };
}

const LF_REWRITES = Object.keys(rewrites).filter((name) => name !== 'with CR');

test.each(LF_REWRITES)('a stream %s loses no byte, and is given out in whole events, however it is split', (name) => {
  const streams = answers.map(({ sse }) => bytes(rewrites[name]?.(sse) ?? ''));
  const anySplit = fc.constantFrom(...streams).chain((whole) => fc.tuple(fc.constant(whole), splits(whole)));
  fc.assert(
    fc.property(anySplit, ([whole, chunks]) => {
      const { ready, rest } = split(chunks);
      expect(decoded(concat([...ready, rest]))).toBe(decoded(whole));
      expect(ready.every((part) => part.length > 0 && lastEventEnd(part) === part.length)).toBe(true);
      expect(decoded(rest)).toBe('');
    }),
    { numRuns: 60 },
  );
});

test.each(LF_REWRITES)('of a stream %s no event waits for bytes behind its blank line', (name) => {
  const whole = bytes(rewrites[name]?.(answer('text').sse) ?? '');
  const ends = Array.from(whole, (_, at) => lastEventEnd(whole.subarray(0, at + 1)));
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 40 }), (sizes) => {
      const splitter = new EventSplitter();
      let given = 0;
      const late: number[] = [];
      for (let at = 0, turn = 0; at < whole.length; turn += 1) {
        // Some pieces are empty.
        const end = Math.min(whole.length, at + sizes[turn % sizes.length]! + (turn % 7 === 0 ? 1 : 0));
        given += concat(splitter.push(whole.subarray(at, end))).length;
        at = end;
        if (at > 0 && (given !== ends[at - 1] || splitter.isBetweenEvents !== (given === at))) late.push(at);
      }
      expect(late).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test.each(LF_REWRITES)('the events of a stream %s, each on its own, are the stream', (name) => {
  const whole = bytes(rewrites[name]?.(answer('text').sse) ?? '');
  const parts: Uint8Array[] = [];
  for (let start = 0; start < whole.length; start += parts.at(-1)!.length) {
    parts.push(whole.subarray(start, firstEventEnd(whole, start)));
  }
  expect(decoded(concat(parts))).toBe(decoded(whole));
  for (const part of parts) expect(decoded(part)).toMatch(/^[^]*[^\r\n]\r?\n\r?\n$/);
  expect(parts.length).toBe(decoded(whole).split(/\r?\n\r?\n/).length - 1);
});

test('an event is bounded, in whatever pieces it comes', () => {
  const piece = new Uint8Array(1024 * 1024).fill(0x61);
  const splitter = new EventSplitter();
  let pushed = 0;
  const push = (): void => {
    for (; pushed < 40; pushed += 1) splitter.push(piece);
  };
  expect(push).toThrow('an event of the stream is larger than 33554432 bytes');
  expect(pushed).toBe(32);
});

test('the bound is of one event, not of the stream', () => {
  const event = concat([bytes('data: '), new Uint8Array(4 * 1024 * 1024).fill(0x61), bytes('\n\n')]);
  const splitter = new EventSplitter();
  let given = 0;
  for (let turn = 0; turn < 10; turn += 1) {
    given += concat([...splitter.push(event.subarray(0, -1)), ...splitter.push(event.subarray(-1))]).length;
  }
  expect(given).toBe(10 * event.length);
});

test('of a chunk behind a torn event only what completes that one is copied', () => {
  const event = bytes('data: {}\n\n');
  const chunk = concat([event.subarray(5), event, event, event.subarray(0, 3)]);
  const splitter = new EventSplitter();
  expect(splitter.push(event.subarray(0, 5))).toEqual([]);
  const [torn, rest] = splitter.push(chunk);
  expect(torn).toEqual(event);
  expect(rest).toEqual(concat([event, event]));
  expect(rest?.buffer).toBe(chunk.buffer);
});
