import { until } from '../../local/hosts/caller';
import { BODY, expectCompleteStream, post, STREAMED, textOf } from '../raw-client';
import { useCache } from './caching';

const start = useCache();
const status = ({ headers }: { headers: Headers }) => headers.get('x-failover-cache');
const SLOW = { deltaDelayMs: 30 };

test('equal requests that come at once make one call, whole or as streams', async () => {
  const gateway = await start({}, SLOW);
  const answered = await Promise.all([BODY, STREAMED, BODY, STREAMED, BODY].map((body) => post(gateway, body)));
  expect(gateway.counts()).toEqual({ anthropic: 1 });
  expect(answered.map(status).sort()).toEqual(['hit', 'hit', 'hit', 'hit', 'miss']);
  expect(new Set(answered.map(textOf)).size).toBe(1);
  for (const each of answered.filter(({ events }) => events.length > 0)) expectCompleteStream(each);
});

test('requests of two clients, and such as bypass or refresh, are calls of their own', async () => {
  const gateway = await start({}, SLOW);
  const wishes = ['bypass', 'refresh', 'bypass'];
  await Promise.all([
    post(gateway, BODY),
    ...wishes.map((cache) => post(gateway, BODY, { headers: { 'x-failover-cache': cache } })),
  ]);
  expect(gateway.counts()).toEqual({ anthropic: 4 });
});

test.each([
  ['a message', BODY],
  ['a stream', STREAMED],
])('one who leaves %s takes nothing from those who wait for it', async (_, body) => {
  const gateway = await start({}, { deltaDelayMs: 100 });
  const leaving = new AbortController();
  const first = post(gateway, body, { signal: leaving.signal }).catch(() => undefined);
  await until(() => gateway.counts()['anthropic'] === 1, 'the host is asked');
  const others = [post(gateway, BODY), post(gateway, STREAMED)];
  await until(() => gateway.asked() === 3, 'all have asked');
  await new Promise((resolve) => setTimeout(resolve, 100));
  leaving.abort();
  await first;
  for (const other of await Promise.all(others)) expect([other.status, status(other)]).toEqual([200, 'hit']);
  expect(gateway.counts()).toEqual({ anthropic: 1 });
});

test('when the last one leaves, the host’s work is stopped', async () => {
  const gateway = await start({}, { deltaDelayMs: 400 });
  const leaving = new AbortController();
  const all = [BODY, STREAMED].map((body) => post(gateway, body, { signal: leaving.signal }).catch(() => undefined));
  await until(() => gateway.counts()['anthropic'] === 1, 'the host is asked');
  await until(() => gateway.asked() === 2, 'both have asked');
  leaving.abort();
  await Promise.all(all);
  await until(() => gateway.host('anthropic').requests[0]?.aborted === true, 'the host sees them leave');
  expect(gateway.counts()).toEqual({ anthropic: 1 });
});

test('one whose call fails leaves the others to ask for themselves', async () => {
  const gateway = await start({}, { route: { budget: { firstContentMs: 500, headersMs: 500 } } });
  await gateway.host('anthropic').setFault({ kind: 'prompt-too-long' });
  const answered = await Promise.all([post(gateway, BODY), post(gateway, BODY), post(gateway, STREAMED)]);
  for (const { json } of answered) expect(json).toMatchObject({ error: { type: 'invalid_request_error' } });
  expect(gateway.counts()).toEqual({ anthropic: 3 });
});

test('an answer that may not be kept is not shared', async () => {
  const gateway = await start({}, SLOW);
  const short = { ...BODY, max_tokens: 1 };
  const answered = await Promise.all([post(gateway, short), post(gateway, short)]);
  expect(answered.map(status)).toEqual(['miss', 'miss']);
  expect(gateway.counts()).toEqual({ anthropic: 2 });
});
