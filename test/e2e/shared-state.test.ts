import { type OverrideEntry, REGION_HOST } from '../../lib/contract';
import { createHealthStore } from '../../lambda/gateway/state/health-store';
import { startHealthTable, type SimulatedTable, type TableFault } from '../../local/health-table/health-table';
import { until } from '../local/hosts/caller';
import { useGateway, type Setup, type TestGateway } from './harness';
import { ENV } from './host-setups';
import { BODY, call, post } from './raw-client';

let table: SimulatedTable;
beforeEach(async () => (table = await startHealthTable('health')));
// Before the gateways end, so that no connection to it is left then.
afterEach(() => table.close());
const start = useGateway();

const SETUP: Setup = { chain: ['anthropic', 'bedrock'] };
const shared = (beside?: TestGateway): Promise<TestGateway> =>
  start({ ...SETUP, table, config: { stateful: true }, ...(beside && { beside }) });

interface Report {
  readonly status: string;
  readonly serving: boolean;
  readonly hosts: readonly {
    readonly name: string;
    readonly serving: boolean;
    readonly override?: { readonly action: string };
  }[];
  readonly shared?: { readonly readAt?: number; readonly told: readonly { readonly host: string }[] };
}
const health = async (gateway: TestGateway): Promise<Report> =>
  (await call(gateway, { method: 'GET', path: '/health' })).json as Report;

/** Waits for a read of the table that began after `before`. */
async function readAfter(gateway: TestGateway, before: number): Promise<void> {
  for (let turn = 0; ((await health(gateway)).shared?.readAt ?? 0) <= before; turn += 1) {
    if (turn > 500) throw new Error('the table is never read');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Lets the time between two reads pass, and the read be made. */
async function refreshed(gateway: TestGateway): Promise<void> {
  const before = (await health(gateway)).shared?.readAt ?? 0;
  gateway.skip(5000);
  await readAfter(gateway, before);
}

const trace = async (gateway: TestGateway): Promise<string> =>
  (await post(gateway, BODY)).headers.get('x-failover-trace') ?? '';

function override(action: OverrideEntry['action'], host: string, seconds: number, percent?: number): Promise<boolean> {
  const store = createHealthStore(table.name, { ...ENV, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint });
  const at = Date.now();
  const entry = { type: 'override', host, action, at, until: at + seconds * 1000, by: 'on-call' } as const;
  return store.write(percent === undefined ? entry : { ...entry, percent });
}

it('one environment’s discovery spares the others, and so does its finding that the host is back', async () => {
  const finder = await shared();
  const other = await shared(finder);
  await finder.host('anthropic').setFault({ kind: 'refused' });
  for (let i = 0; i < 3; i += 1) await post(finder, BODY);
  await until(() => table.asked.includes('PutItem'), 'the outage is written');
  await refreshed(other);
  await finder.host('anthropic').setFault();
  expect(await trace(other)).toBe('anthropic:skipped-open, bedrock:ok');
  expect((await health(other)).shared?.told).toMatchObject([{ host: 'anthropic', state: 'down' }]);

  finder.skip(15_000);
  expect(await trace(finder)).toBe('anthropic:ok');
  await until(() => table.asked.filter((each) => each === 'PutItem').length === 2, 'the return is written');
  await refreshed(other);
  expect((await health(other)).hosts[0]).toMatchObject({ serving: true, models: [{ state: 'ramping', stage: 10 }] });
});

it('an environment that starts knows at once what the others have found', async () => {
  const finder = await shared();
  await finder.host('anthropic').setFault({ kind: 'expired-credential' });
  await post(finder, BODY);
  await until(() => table.asked.includes('PutItem'), 'the cooldown is written');
  const late = await shared(finder);
  await readAfter(late, 0);
  expect(await trace(late)).toBe('anthropic:skipped-credential, bedrock:ok');
});

it.each<TableFault>(['refused', 'hang', 'throttled', 'server-error'])(
  'a table that is down (%s) means local state only: every request is answered',
  async (fault) => {
    await table.setFault(fault);
    const gateway = await shared();
    await gateway.host('anthropic').setFault({ kind: 'refused' });
    for (let i = 0; i < 3; i += 1) expect((await post(gateway, BODY)).status).toBe(200);
    expect(await trace(gateway)).toBe('anthropic:skipped-open, bedrock:ok');
    expect(await health(gateway)).toMatchObject({ status: 'degraded', shared: { told: [] } });
  },
);

it('a drained host gets nothing, and returns by itself', async () => {
  const gateway = await shared();
  await override('drain', 'anthropic', 60);
  await refreshed(gateway);
  expect(await trace(gateway)).toBe('anthropic:skipped-drained, bedrock:ok');
  await gateway.host('bedrock').setFault({ kind: 'refused' });
  expect((await post(gateway, BODY)).status).toBe(529);
  expect(gateway.counts()['anthropic']).toBe(0);
  expect((await health(gateway)).hosts[0]).toMatchObject({ serving: false, override: { action: 'drain' } });
  gateway.skip(60_000);
  expect(await trace(gateway)).toBe('anthropic:ok');
});

it('a chain that is drained as a whole says so, and until when', async () => {
  const gateway = await shared();
  await override('drain', 'anthropic', 300);
  await override('drain', 'bedrock', 600);
  await refreshed(gateway);
  const { status, json, headers } = await post(gateway, BODY);
  expect([status, headers.get('x-should-retry')]).toEqual([529, 'false']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(280);
  expect(json).toMatchObject({
    error: {
      type: 'overloaded_error',
      message: expect.stringMatching(/anthropic: drained by an operator until 20.*; bedr/),
    },
  });
  const batches = await call(gateway, { method: 'GET', path: '/v1/messages/batches' });
  expect(batches).toMatchObject({ status: 529, json: { error: { message: expect.stringContaining('drain') } } });
  expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0 });
});

it('a drill looks like an outage, and ends by itself', async () => {
  const gateway = await shared();
  await override('drill', 'anthropic', 60);
  await refreshed(gateway);
  expect(await trace(gateway)).toBe('anthropic:connection, anthropic:connection, bedrock:ok');
  for (let i = 0; i < 2; i += 1) await post(gateway, BODY);
  expect(await trace(gateway)).toBe('anthropic:skipped-open, bedrock:ok');
  expect(gateway.counts()['anthropic']).toBe(0);
  gateway.skip(60_000);
  expect(await trace(gateway)).toBe('anthropic:ok');
});

it('a weight sends its share of the conversations elsewhere first', async () => {
  const gateway = await shared();
  await override('weight', 'bedrock', 60, 100);
  await refreshed(gateway);
  expect(await trace(gateway)).toBe('bedrock:ok');
});

it('a region that is taken out reports down and serves whoever still comes, until its time is over', async () => {
  const gateway = await shared();
  await override('drill', REGION_HOST, 60);
  await refreshed(gateway);
  expect(await health(gateway)).toMatchObject({ status: 'down', serving: false, taken: { action: 'drill' } });
  expect(await trace(gateway)).toBe('anthropic:ok');
  gateway.skip(60_000);
  expect(await health(gateway)).toMatchObject({ status: 'ok', serving: true });
});

it('a region reports down while its canary finds no host that answers from there', async () => {
  const gateway = await shared();
  const store = createHealthStore(table.name, { ...ENV, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint });
  const at = Date.now();
  const down = { type: 'health', host: REGION_HOST, scope: 'region', reason: 'connection', writer: 'canary' } as const;
  await store.write({ ...down, state: 'down', at, until: at + 180_000 });
  await refreshed(gateway);
  expect(await health(gateway)).toMatchObject({ status: 'down', serving: false });
  await store.write({ ...down, state: 'back', at: at + 60_000, until: at + 60_000 });
  await refreshed(gateway);
  expect(await health(gateway)).toMatchObject({ status: 'ok', serving: true });
});

it('nobody takes a region out for longer than a day, whatever stands in the table', async () => {
  const gateway = await shared();
  await override('drill', REGION_HOST, 7 * 86_400);
  await refreshed(gateway);
  expect(await health(gateway)).toMatchObject({ status: 'ok', serving: true });
});
