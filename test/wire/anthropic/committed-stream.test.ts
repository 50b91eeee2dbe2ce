import { setImmediate } from 'node:timers/promises';
import { HostError } from '../../../lambda/engine/host';
import { encodeSse } from '../../../lambda/wire/sse-events';
import { answer, bytes } from '../../fixtures/answers/read-answers';
import { attemptAt, committed, readToEnd } from './committed';

const { sse } = answer('text');
/** After the first of its deltas. */
const [BEGINNING = '', REST = ''] = [
  sse.slice(0, sse.indexOf('\n\n', sse.indexOf('content_block_delta')) + 2),
  sse.slice(sse.indexOf('\n\n', sse.indexOf('content_block_delta')) + 2),
];
const event = (type: string, data: object): string =>
  new TextDecoder().decode(encodeSse(type, JSON.stringify({ type, ...data })));
const ERROR =
  /^event: error\ndata: \{"type":"error","error":\{"type":"[a-z_]+","message":"[^"]+"\},"request_id":"gw_1"\}\n\n$/;

const received = (...parts: readonly string[]) => readToEnd(attemptAt(parts.map(bytes)));

test.each([
  ['cut off', 'event: content_block_delta\ndata: {"type":"content_block_de\n\n'],
  ['of another wire', 'data: [DONE]\n\n'],
  ['that is text', 'event: content_block_delta\ndata: upstream connect error\n\n'],
  [
    'with a raw line end in its text',
    'data: {"type":"content_block_delta","index":0,\ndata: "delta":{"text":"a\ndata: b"}}\n\n',
  ],
  [
    'whose number no parser reads',
    'data: {"type":"content_block_delta","index":01,"delta":{"type":"text_delta","text":"a"}}\n\n',
  ],
])('an event %s ends the stream in an error, behind what was good', async (_, nonsense) => {
  for (const parts of [[BEGINNING, nonsense, REST], [BEGINNING + nonsense + REST]]) {
    const { text, ending } = await received(...parts);
    expect(text.slice(0, BEGINNING.length)).toBe(BEGINNING);
    expect(text.slice(BEGINNING.length)).toMatch(ERROR);
    expect(ending.failure).toEqual({ kind: 'malformed', message: 'an event of the stream is not JSON' });
  }
});

test('what the host sent never stands in the failure: it may be the answer', async () => {
  const { text, ending } = await received(BEGINNING, 'data: {"secret of the prompt\n\n');
  expect(JSON.stringify(ending.failure) + text.slice(BEGINNING.length)).not.toContain('secret');
});

test('events that nobody knows pass, as long as they are JSON', async () => {
  const news = `: a comment\n\n${event('content_block_gossip', { index: 0 })}${event('ping', {})}data: {"no":"type"}\n\n`;
  const { text, ending } = await received(BEGINNING + news, REST);
  expect(text).toBe(BEGINNING + news + REST);
  expect(ending.failure).toBeUndefined();
});

test('what Vertex writes for itself reaches no client, and all around it does', async () => {
  const own = 'event: vertex_event\ndata: {"usage_metadata":{"traffic_type":"ON_DEMAND"}}\n\n';
  for (const parts of [[BEGINNING + own + REST], [BEGINNING, own, REST], [BEGINNING + own, own + REST]])
    expect(await received(...parts)).toMatchObject({ text: sse, ending: { failure: undefined } });
});

test('the host’s error goes out in our envelope, and what it sends after that does not', async () => {
  const error = event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } });
  const { text, ending } = await received(BEGINNING + error + REST);
  expect(text.slice(BEGINNING.length)).toMatch(ERROR);
  expect(ending.failure).toMatchObject({ kind: 'stream', status: 529 });
});

test('an event without an end is given up at its limit, and read in linear time', async () => {
  const piece = new Uint8Array(1024 * 1024).fill(0x61);
  let sent = 0;
  function* endless() {
    yield bytes(`${BEGINNING}data: {"type":"content_block_delta","text":"`);
    for (; sent < 100; sent += 1) yield piece;
  }
  const { text, ending } = await readToEnd(attemptAt(endless()));
  expect(sent).toBeLessThan(34);
  expect(text.slice(BEGINNING.length)).toMatch(ERROR);
  expect(ending.failure).toMatchObject({ kind: 'malformed', message: expect.stringContaining('larger than') });
});

test('a delta of many megabytes passes', async () => {
  const text = 'x'.repeat(20_000_000);
  const large = event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
  const { ending, text: passed } = await received(BEGINNING, large, REST);
  expect(ending.failure).toBeUndefined();
  expect(passed).toHaveLength(sse.length + large.length);
});

describe('a host that keeps its connection after message_stop', () => {
  /** `say`: what it sends every 200 ms of the attempt's own time. */
  function keeping(say: string) {
    const attempt = attemptAt([]);
    async function* body() {
      yield bytes(sse);
      for (;;) {
        await new Promise<void>((resolve, reject) => {
          const { signal } = attempt.watch;
          const timer = attempt.clock.timer(200, resolve);
          const give = (): void => {
            timer.cancel();
            reject(new HostError('connection', 'aborted'));
          };
          if (signal.aborted) give();
          signal.addEventListener('abort', give, { once: true });
        });
        if (say !== '') yield bytes(say);
      }
    }
    return { ...attempt, source: { ...attempt.source, opened: { ...attempt.source.opened, body: body() } } };
  }

  test.each([
    ['silent', ''],
    ['pinging', 'event: ping\ndata: {"type": "ping"}\n\n'],
  ])('and is %s keeps the client for half a second at most', async (_, say) => {
    const attempt = keeping(say);
    const { body, ended } = await committed(attempt);
    const chunks: string[] = [];
    let isOver = false;
    const reading = (async () => {
      for await (const chunk of body) chunks.push(new TextDecoder().decode(chunk));
      isOver = true;
    })();
    for (let passed = 0; passed < 500; passed += 100) {
      await setImmediate();
      expect(isOver).toBe(false);
      attempt.clock.advance(100);
    }
    await setImmediate();
    expect(isOver).toBe(true);
    await reading;
    expect(chunks.join('')).toBe(sse);
    expect(await ended).toMatchObject({ failure: undefined, stopReason: 'end_turn' });
    expect(attempt.watch.signal.aborted).toBe(true);
    expect(attempt.clock.pending).toBe(0);
  });
});

test('a stall after the commit point is told in an error event, and is a timeout', async () => {
  const attempt = attemptAt([]);
  async function* body() {
    yield bytes(BEGINNING);
    await new Promise((_resolve, reject) => {
      attempt.watch.signal.addEventListener('abort', () => reject(new HostError('connection', 'aborted')));
    });
  }
  const source = { ...attempt.source, opened: { ...attempt.source.opened, body: body() } };
  const reading = readToEnd({ source });
  for (let step = 0; step < 12; step += 1) {
    await setImmediate();
    attempt.clock.advance(100);
  }
  const { text, ending } = await reading;
  expect(text.slice(0, BEGINNING.length)).toBe(BEGINNING);
  expect(text.slice(BEGINNING.length).replaceAll('event: ping\ndata: {"type":"ping"}\n\n', '')).toMatch(ERROR);
  expect(ending.failure).toEqual({ kind: 'timeout', timer: 'idle' });
});

test('a client that stops reading leaves no whole answer behind, and the connection is released', async () => {
  const attempt = attemptAt([bytes(BEGINNING), bytes(REST)]);
  const { body, ended } = await committed(attempt);
  for await (const _ of body) break;
  expect((await ended).failure).toBeDefined();
  expect(attempt.watch.signal.aborted).toBe(true);
});
