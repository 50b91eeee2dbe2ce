import type { ConsoleOptions, OpenConsole } from '../../../console/server/start-console';
import type { Source } from '../../../console/source';
import { journeyOf } from '../../../console/view/journey';
import { AT, attemptLine, requestLine } from '../view/given';
import { fakeSource, openFake } from './given';

let open: OpenConsole;
afterEach(() => open.close());

async function start(sources: readonly Source[], own: Partial<ConsoleOptions> = {}) {
  open = await openFake(sources, own);
  const headers = { authorization: `Bearer ${open.token}`, 'content-type': 'application/json' };
  const call = async (path: string, body?: object) => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const answer = await fetch(`${open.origin}/api/${path}`, { headers, ...init });
    const isJson = answer.headers.get('content-type') === 'application/json';
    return { status: answer.status, body: (await (isJson ? answer.json() : answer.text())) as unknown };
  };
  return call;
}
const SPAN = `gateway=Claude&from=${AT - 60_000}&to=${AT + 60_000}`;
const drain = { gateway: 'Claude', act: { act: 'drain', host: 'anthropic', minutes: 60 } };

test('each gateway is looked at, and one that cannot be hides no other', async () => {
  const broken = fakeSource({ gateway: 'Other', now: () => Promise.reject(new Error('AccessDenied')) });
  const call = await start([fakeSource(), broken]);
  expect((await call('now')).body).toMatchObject([
    { gateway: 'Claude', headline: { level: 'well' }, cost: { hourUsd: 0.02 } },
    { gateway: 'Other', problem: 'AccessDenied' },
  ]);
});

test('acts are shown to whoever looks, and done only where the console was started to act', async () => {
  const source = fakeSource();
  const call = await start([source]);
  expect(await call('preview', drain)).toMatchObject({ status: 200, body: { does: 'something', isAudited: true } });
  expect(await call('perform', drain)).toMatchObject({
    status: 403,
    body: { problem: expect.stringContaining('--operate') },
  });
  expect(source.acts).toEqual([]);
});

test('an operator’s act is done as it was asked for; one that the gateway refuses is not', async () => {
  const source = fakeSource();
  const call = await start([source], { canOperate: true });
  expect(await call('perform', drain)).toEqual({ status: 200, body: { done: 'done' } });
  const rotate = { gateway: 'Claude', act: { act: 'rotate-key', client: 'support' } };
  expect(await call('perform', rotate)).toMatchObject({ status: 403, body: { problem: 'not here' } });
  expect(source.acts).toEqual([drain.act]);
});

test.each([
  [{ act: 'drain', host: 'anthropic', minutes: 0 }],
  [{ act: 'drain', host: 'anthropic', minutes: 1e6 }],
  [{ act: 'weight', host: 'anthropic', percent: 120, minutes: 5 }],
  [{ act: 'explode' }],
  ['drain'],
])('an act that makes no sense is refused: %j', async (act) => {
  const source = fakeSource();
  const call = await start([source], { canOperate: true });
  expect((await call('perform', { gateway: 'Claude', act })).status).toBe(400);
  expect(source.acts).toEqual([]);
});

test('requests are searched as the page asks, in numbers and not in words', async () => {
  const asked: unknown[] = [];
  const call = await start([
    fakeSource({
      search: async (search) => {
        asked.push(search);
        return { lines: [], hasMore: false, costUsd: 0 };
      },
    }),
  ]);
  await call(`requests?${SPAN}&host=anthropic&isTroubled=true&limit=50&client=`);
  expect(asked).toEqual([
    { gateway: 'Claude', from: AT - 60_000, to: AT + 60_000, host: 'anthropic', isTroubled: true, limit: 50 },
  ]);
});

test.each([
  `requests?gateway=Nobody&from=1&to=2`,
  `requests?gateway=Claude&from=2&to=1`,
  `requests?gateway=Claude&from=x&to=1`,
  `requests?${SPAN}&limit=1000000`,
  `series?${SPAN}&everyMs=1`,
  `series?gateway=Claude&from=0&to=${AT}&everyMs=86400000`,
])('a question that makes no sense is refused, with what would be right: %s', async (path) => {
  const { status, body } = await (await start([fakeSource()]))(path);
  expect([status, body]).toEqual([400, { problem: expect.stringMatching(/: /) }]);
});

test('a request opens with what the classification table has said', async () => {
  const call = await start([fakeSource()]);
  const { body } = await call(`journey?${SPAN}&requestId=gw_1`);
  expect(body).toMatchObject({
    steps: [{ outcome: 'overloaded', ruling: expect.stringMatching(/^row 4: .*fault/) }, { outcome: 'ok' }],
  });
  expect((await call(`journey?${SPAN}&requestId=gw_2`)).status).toBe(404);
});

test('a row that returns to its client is not shown of a call after which another host was asked', async () => {
  const line = requestLine({ host: 'bedrock', trace: 'anthropic:timeout, bedrock:ok' });
  const attempts = [
    attemptLine({ outcome: 'timeout', row: 2 }),
    attemptLine({ attempt: 2, host: 'bedrock', outcome: 'ok' }),
  ];
  const call = await start([fakeSource({ journey: async () => journeyOf(line, attempts) })]);
  expect((await call(`journey?${SPAN}&requestId=gw_1`)).body).toMatchObject({
    steps: [{ ruling: 'row 2: next' }, {}],
  });
});

test('a report comes as a file of HTML', async () => {
  const { status, body } = await (await start([fakeSource()]))(`report?${SPAN}`);
  expect([status, body]).toEqual([200, expect.stringContaining('<h1>Incident of Claude</h1>')]);
});

test('what a gateway cannot answer is said', async () => {
  const call = await start([fakeSource({ setUp: () => Promise.reject(new Error('no right to do so')) })]);
  expect(await call('set-up?gateway=Claude')).toEqual({ status: 502, body: { problem: 'no right to do so' } });
});

test('without simulated hosts there are no switches', async () => {
  const call = await start([fakeSource()]);
  expect((await call('faults')).status).toBe(404);
  expect((await call('faults', { action: 'fault', values: {} })).status).toBe(404);
});
