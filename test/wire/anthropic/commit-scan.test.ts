import fc from 'fast-check';
import { CommitScan, type CommitVerdict } from '../../../lambda/wire/anthropic/answer/commit-scan';
import { answer, answers, bytes, rewrites, splits } from '../../fixtures/answers/read-answers';

/** What the router sees: the verdicts that are not `hold`, up to the one that ends the scan. */
function verdicts(chunks: readonly Uint8Array[]): CommitVerdict[] {
  const scan = new CommitScan();
  const seen: CommitVerdict[] = [];
  for (const chunk of chunks) {
    const verdict = scan.push(chunk);
    if (verdict !== 'hold') seen.push(verdict);
    if (verdict === 'commit' || typeof verdict === 'object') break;
  }
  return seen;
}

const last = (chunks: readonly Uint8Array[]): CommitVerdict => verdicts(chunks).at(-1) ?? 'hold';

/** The events of an answer, each as the bytes of its own chunk. */
const eventsOf = (name: string): Uint8Array[] =>
  answer(name)
    .sse.split(/(?<=\n\n)/)
    .map(bytes);

const OVERLOADED = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';
const errorEvent = bytes(`event: error\ndata: ${OVERLOADED}\n\n`);

test('message_start, ping and the start of a text block do not commit, the first delta does', () => {
  const scan = new CommitScan();
  const seen = eventsOf('text')
    .slice(0, 4)
    .map((chunk) => scan.push(chunk));
  expect(seen).toEqual(['hold', 'hold', 'hold', 'commit']);
});

test('a model that begins to think is alive, once, but has not answered', () => {
  const scan = new CommitScan();
  const [start, thinking, ping, delta] = eventsOf('thinking');
  expect([start, thinking, thinking, ping, delta].map((chunk) => scan.push(chunk ?? new Uint8Array()))).toEqual([
    'hold',
    'live',
    'hold',
    'hold',
    'commit',
  ]);
});

test('a redacted thought commits with its end, since it has no deltas', () => {
  expect(verdicts(eventsOf('redacted-thinking'))).toEqual(['live', 'commit']);
});

test.each(['content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'])('%s commits', (type) => {
  expect(last([bytes(`event: ${type}\ndata: {"type":"${type}"}\n\n`)])).toBe('commit');
  expect(last([bytes(`data: {"type":"${type}"}\n\n`)])).toBe('commit');
});

test('an answer without any content commits when it is over', () => {
  const [start] = eventsOf('text');
  expect(last([start ?? new Uint8Array(), bytes('event: message_delta\ndata: {"type":"message_delta"}\n\n')])).toBe(
    'commit',
  );
});

test('an error before the first content is the verdict, with the JSON it carried', () => {
  const [start, block] = eventsOf('text');
  expect(last([start ?? errorEvent, block ?? errorEvent, errorEvent])).toEqual({ error: JSON.parse(OVERLOADED) });
});

test('an error event without a name is one, and one without JSON gives its text', () => {
  expect(last([bytes(`data: ${OVERLOADED}\n\n`)])).toEqual({ error: JSON.parse(OVERLOADED) });
  expect(last([bytes('event: error\ndata: upstream gone\n\n')])).toEqual({ error: 'upstream gone' });
});

test('within one chunk the order decides between content and error', () => {
  const delta = 'event: content_block_delta\ndata: {"type":"content_block_delta"}\n\n';
  const error = `event: error\ndata: ${OVERLOADED}\n\n`;
  expect(last([bytes(delta + error)])).toBe('commit');
  expect(last([bytes(error + delta)])).toEqual({ error: JSON.parse(OVERLOADED) });
});

test('a model that writes about events in its answer does not move the commit point', () => {
  const message = { type: 'message_start', note: 'event: message_stop\ndata: {}\n\nevent: error' };
  expect(last([bytes(`event: message_start\ndata: ${JSON.stringify(message)}\n\n`)])).toBe('hold');
});

test('an error that was not followed by its empty line is found when the stream ends', () => {
  const scan = new CommitScan();
  expect(scan.push(bytes(`event: error\ndata: ${OVERLOADED}`))).toBe('hold');
  expect(scan.end()).toEqual({ error: JSON.parse(OVERLOADED) });
});

test('content that was cut off when the stream ended is not content', () => {
  const scan = new CommitScan();
  scan.push(bytes('event: content_block_delta\ndata: {"type":"content_bl'));
  expect(scan.end()).toBe('hold');
});

test.each(answers.map(({ name }) => name))('the verdict on %s is the same under any split and spelling', (name) => {
  for (const rewrite of Object.values(rewrites)) {
    const whole = bytes(rewrite(answer(name).sse));
    fc.assert(
      fc.property(splits(whole), (chunks) => {
        const seen = verdicts(chunks);
        expect(seen.at(-1)).toBe('commit');
        expect(seen.length).toBeLessThanOrEqual(2);
        if (seen.length === 2) expect(seen[0]).toBe('live');
      }),
      { numRuns: 10 },
    );
  }
});

test('the commit point is the end of the first content event, to the byte', () => {
  const whole = eventsOf('tool-use').slice(0, 4);
  const scan = new CommitScan();
  const bytewise = whole.flatMap((chunk) => Array.from(chunk, (byte) => scan.push(Uint8Array.of(byte))));
  expect(bytewise.indexOf('commit')).toBe(bytewise.length - 1);
});

test('an error after any number of held events is found under any split', () => {
  const held = eventsOf('thinking').slice(0, 3);
  const whole = new Uint8Array([...held.flatMap((chunk) => [...chunk]), ...errorEvent]);
  fc.assert(
    fc.property(splits(whole), (chunks) => {
      expect(last(chunks)).toEqual({ error: JSON.parse(OVERLOADED) });
    }),
  );
});

test('a long error arrives whole', () => {
  const error = { type: 'error', error: { type: 'api_error', message: 'no '.repeat(5000) } };
  expect(last([bytes(`event: error\ndata: ${JSON.stringify(error)}\n\n`)])).toEqual({ error });
});

test('content far into one long chunk is found', () => {
  const results = JSON.stringify({
    type: 'content_block_start',
    content_block: { type: 'web_search_tool_result', content: 'x'.repeat(50_000) },
  });
  expect(last([bytes(`event: content_block_start\ndata: ${results}\n\nevent: content_block_stop\ndata: {}\n\n`)])).toBe(
    'commit',
  );
});
