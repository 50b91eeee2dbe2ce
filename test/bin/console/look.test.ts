import { requestLines } from '../../functions/spend-report/request-lines';
import { askedOf, gatewayInAws, type GatewayInAws } from './gateway-in-aws';
import { NAME, PAGE } from './aws-answers';
import { attemptLines } from './lines-of';

const MINUTE_MS = 60_000;
let gateway: GatewayInAws | undefined;
afterEach(() => gateway?.close());

const at = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 10 * MINUTE_MS;
const span = { from: at - 5 * MINUTE_MS, to: at + 5 * MINUTE_MS };
const wanted = { ...span, gateway: `${NAME} in us-east-1`, limit: 100 };
const RESCUED = {
  requestId: 'gw_2',
  client: 'beta',
  host: 'bedrock-eu',
  isFailover: true,
  attempts: 2,
  trace: 'bedrock-us:overloaded, bedrock-eu:ok',
};
const LINES = [
  ...requestLines(at, { requestId: 'gw_1', host: 'bedrock-us', trace: 'bedrock-us:ok' }, RESCUED, {
    requestId: 'gw_3',
    client: "o'hara",
    outcome: 'exhausted',
    trace: 'bedrock-us:overloaded, bedrock-eu:timeout',
  }),
  ...attemptLines(at, { requestId: 'gw_2', host: 'bedrock-us', outcome: 'overloaded' }),
  ...attemptLines(at, { requestId: 'gw_2', host: 'bedrock-eu', outcome: 'ok', attempt: 2 }),
];

const ids = async (search: object): Promise<string[]> => {
  gateway = await gatewayInAws(LINES);
  const { lines } = await (await gateway.open()).search({ ...wanted, ...search });
  return lines.map(({ requestId }) => requestId);
};

test.each<[object, string[]]>([
  [{}, ['gw_3', 'gw_2', 'gw_1']],
  [{ client: 'beta' }, ['gw_2']],
  [{ client: "o'hara" }, ['gw_3']],
  [{ host: 'bedrock-eu' }, ['gw_3', 'gw_2']],
  [{ host: 'eu' }, []],
  [{ outcome: 'exhausted' }, ['gw_3']],
  [{ isTroubled: true }, ['gw_3', 'gw_2']],
  [{ requestId: 'gw_1' }, ['gw_1']],
  [{ limit: 1 }, ['gw_3']],
  [{ from: at + MINUTE_MS, to: at + 2 * MINUTE_MS }, []],
  [{ client: "nobody' or 1 = 1 or client = '" }, []],
])('the log is searched by %j', async (search, found) => {
  expect(await ids(search)).toEqual(found);
});

test('each look says what it has cost, by the bytes that AWS went through', async () => {
  gateway = await gatewayInAws(LINES);
  const source = await gateway.open();
  const before = source.cost().spentUsd;
  const { costUsd, hasMore } = await source.search({ ...wanted, limit: 2 });
  const bytes = LINES.reduce((sum, { message }) => sum + message.length, 0);
  expect(costUsd).toBeCloseTo((bytes / 1e9) * 0.005, 12);
  expect(source.cost().spentUsd - before).toBeCloseTo(costUsd + 0.01 / 1000, 12);
  expect(hasMore).toBe(true);
});

test('a look that would cost more than 0.25 USD is not made, and says what it would cost', async () => {
  gateway = await gatewayInAws(LINES);
  gateway.account.metrics = { 'IncomingBytes||Sum': 80e9 };
  const source = await gateway.open();
  await expect(source.search(wanted)).rejects.toThrow(
    /about 80 GB of log lines and cost 0.40 USD.*take a shorter time/,
  );
  expect(askedOf(gateway.aws)).not.toContain('logs StartQuery');
});

test('the way of a request that was found is looked for in its own minutes', async () => {
  gateway = await gatewayInAws(LINES);
  const source = await gateway.open();
  await source.search(wanted);
  const journey = await source.journey('gw_2', span);
  expect(journey).toMatchObject({
    request: { requestId: 'gw_2', client: 'beta', host: 'bedrock-eu' },
    steps: [
      { host: 'bedrock-us', outcome: 'overloaded', row: 4, status: 529 },
      { host: 'bedrock-eu', outcome: 'ok' },
    ],
  });
  const bodies = gateway.aws.requests.map(({ body }) => String(body)).filter((body) => body.includes('queryString'));
  const { startTime, endTime } = JSON.parse(bodies.at(-1)!);
  expect(endTime - startTime).toBeLessThanOrEqual(122);
  expect(await source.journey('gw_9', span)).toBeUndefined();
});

test('an hour is told by metrics, with failures by reason, and with alarms and whom they told', async () => {
  gateway = await gatewayInAws(LINES);
  const { account } = gateway;
  account.metrics = {
    'Requests||Sum': 12,
    'Exhausted||Sum': 1,
    'Failovers||Sum': 3,
    'Cost||Sum': 0.25,
    'CacheHitRate||Average': 40,
    'TimeToFirstContent||p50': 300,
    'TimeToFirstContent||p95': 900,
    'HostFailures|bedrock-us|SampleCount': 11,
    'HostFailures|bedrock-us|Sum': 3,
  };
  const AlarmName = `${NAME}/Gateway/Alarms/PrimaryDown`;
  const item = (seconds: number, HistorySummary: string, name = AlarmName) => ({
    AlarmName: name,
    Timestamp: at / 1000 + seconds,
    HistoryItemType: 'StateUpdate',
    HistorySummary,
  });
  account.history = [
    item(0, 'Alarm updated from OK to ALARM'),
    item(1, `Successfully executed action ${PAGE}`),
    item(2, 'Alarm updated from OK to ALARM', 'Another/Alarm'),
    item(120, 'Alarm updated from ALARM to OK'),
  ];
  const source = await gateway.open();
  const { buckets, alarms, extras, costUsd } = await source.series(span, 5 * MINUTE_MS);
  expect(buckets).toHaveLength(2);
  expect(buckets[1]).toMatchObject({
    at,
    requests: 12,
    failed: 1,
    failovers: 3,
    costUsd: 0.25,
    answers: { 'bedrock-us': 8 },
    firstContent: { p50: 300, p95: 900 },
    reasons: { 'bedrock-us:overloaded': 1 },
  });
  expect(extras).toEqual({ 'prompt from the cache, %': [0, 40] });
  expect(alarms).toEqual([
    { id: 'PrimaryDown', tells: 'page', at, until: at + 120_000, toldTo: 'email on-call@example.com' },
  ]);
  expect(costUsd).toBeGreaterThan(0);
});

test('what is finer than a minute is told by the lines themselves', async () => {
  gateway = await gatewayInAws(LINES);
  const { buckets } = await (await gateway.open()).series({ from: at, to: at + 2000 }, 1000);
  expect(buckets.map(({ requests, failed }) => [requests, failed])).toEqual([
    [3, 1],
    [0, 0],
  ]);
});

test('where reasons would cost too much, failures are told by their hosts', async () => {
  gateway = await gatewayInAws(LINES);
  gateway.account.metrics = { 'IncomingBytes||Sum': 20e9, 'HostFailures|bedrock-us|Sum': 3 };
  const { buckets } = await (await gateway.open()).series(span, 5 * MINUTE_MS);
  expect(buckets[1]?.reasons).toEqual({ 'bedrock-us:failed': 3 });
});
