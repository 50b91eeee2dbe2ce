import { createServer } from 'node:http';
import { createHealthStore } from '../../../lambda/gateway/state/health-store';
import { createLocalSource } from '../../../local/console/local-source';
import { LineStore } from '../../../local/console/line-store';
import { startHealthTable } from '../../../local/health-table/health-table';
import { openServer } from '../../../local/loopback/open-server';
import type { Source } from '../../../console/source';

const HOSTS = [
  {
    name: 'anthropic',
    kind: 'anthropic',
    serving: false,
    models: [{ model: 'm', state: 'open', reason: 'overloaded', until: 2e12 }],
  },
  { name: 'bedrock', kind: 'bedrock', serving: true, models: [] },
];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const printed = (message: string, own: object): string =>
  JSON.stringify({ level: 'INFO', message, timestamp: new Date().toISOString(), requestId: 'gw_1', ...own });
const rescued = printed('request', {
  endpoint: 'messages',
  model: 'm',
  stream: false,
  outcome: 'answered',
  host: 'bedrock',
  isFailover: true,
  attempts: 2,
  trace: 'anthropic:overloaded, bedrock:ok',
  durationMs: 200,
});
const failed = printed('attempt', {
  attempt: 1,
  host: 'anthropic',
  model: 'm',
  outcome: 'overloaded',
  row: 3,
  status: 529,
  elapsedMs: 50,
});

async function given(told: object = { status: 'degraded' }) {
  const gateway = await openServer(
    createServer((_, response) => response.writeHead(200).end(JSON.stringify({ ...told, hosts: HOSTS }))),
  );
  const table = await startHealthTable('health');
  closing.push(gateway.close, table.close);
  const store = createHealthStore('health', {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  });
  const lines = new LineStore();
  const config = {
    hosts: HOSTS.map(({ name }) => ({ kind: 'anthropic' as const, name, keys: [] })),
    models: ['m'],
    routes: [],
    clients: [{ name: 'you', keySha256: 'a'.repeat(64) }],
  };
  const source: Source = createLocalSource({ name: 'demo', url: gateway.url, key: 'secret-key', config, store, lines });
  return { source, store, lines };
}
const span = () => ({ from: Date.now() - 60_000, to: Date.now() + 1000 });

test('hosts are as the gateway reports them, with what its log says of them', async () => {
  const { source, lines } = await given();
  [failed, rescued].forEach((line) => lines.take(line));
  const { links, traffic } = await source.now();
  expect(links).toMatchObject([
    { host: 'anthropic', models: [{ state: 'open' }], share: 0, failures: { overloaded: 1 } },
    { host: 'bedrock', share: 1, failures: {} },
  ]);
  expect(traffic).toMatchObject({ requests: 1, failed: 0, failovers: 1 });
});

test('a request is found, opens as its calls, and counts in its step of time', async () => {
  const { source, lines } = await given();
  [failed, rescued].forEach((line) => lines.take(line));
  const found = await source.search({ ...span(), gateway: 'demo', isTroubled: true, limit: 10 });
  expect(found.lines.map(({ requestId }) => requestId)).toEqual(['gw_1']);
  const journey = await source.journey('gw_1', span());
  expect(journey?.steps.map(({ host, outcome }) => [host, outcome])).toEqual([
    ['anthropic', 'overloaded'],
    ['bedrock', 'ok'],
  ]);
  const { buckets } = await source.series(span(), 61_000);
  expect(buckets).toMatchObject([{ requests: 1, failovers: 1 }]);
});

test.each([
  [
    { act: 'drain', host: 'anthropic', minutes: 5 },
    { host: 'anthropic', action: 'drain' },
  ],
  [
    { act: 'drill', host: 'anthropic', minutes: 5 },
    { host: 'anthropic', action: 'drill' },
  ],
  [
    { act: 'weight', host: 'bedrock', percent: 70, minutes: 5 },
    { host: 'bedrock', action: 'weight', percent: 70 },
  ],
  [
    { act: 'region-out', minutes: 5 },
    { host: '(region)', action: 'drain' },
  ],
] as const)('%j is told to the table that every router reads, for as long as it said', async (act, entry) => {
  const { source, store } = await given();
  const { until, refusal } = await source.preview(act);
  expect(refusal).toBeUndefined();
  await source.perform(act);
  const [written] = await store.read();
  expect(written).toMatchObject({ type: 'override', ...entry });
  expect(Math.abs((written as { until: number }).until - until!)).toBeLessThan(5000);
});

test('taken back, nothing is left in the table', async () => {
  const { source, store } = await given();
  await source.perform({ act: 'drain', host: 'anthropic', minutes: 5 });
  await source.perform({ act: 'undrain', host: 'anthropic' });
  expect(await store.read()).toEqual([]);
});

test('what there is not is refused with the reason', async () => {
  const { source } = await given();
  const limit = { act: 'spend-limit', scope: 'team:a', period: 'daily', usd: 5 } as const;
  expect((await source.preview(limit)).refusal).toMatch(/counts no spend/);
  expect((await source.preview({ act: 'rotate-key', client: 'a' })).refusal).toMatch(/none to rotate/);
});

test('a host that there is not is none to act on', async () => {
  const { source } = await given();
  const { refusal } = await source.preview({ act: 'drain', host: 'bedrok', minutes: 5 });
  expect(refusal).toBe('There is no host bedrok; the hosts are anthropic, bedrock.');
});

test('that the region was taken out is seen, and until when', async () => {
  const { source } = await given({ status: 'down', taken: { action: 'drain', until: 2e12, at: 1e12 } });
  expect(await source.now()).toMatchObject({ outUntil: 2e12 });
});

test('the set-up names what rests, and no key and no digest', async () => {
  const { source } = await given();
  const setUp = await source.setUp();
  expect(setUp.findings).toMatchObject([{ status: 'problem', detail: 'rests for m: overloaded' }, { status: 'ok' }]);
  expect(setUp.clients).toEqual(['you']);
  expect(JSON.stringify([setUp, await source.now()])).not.toMatch(/secret-key|aaaa/);
});
